import { missingNumber, shotNumbers } from "./shot_numbers.ts";
import { frameIntervalMs } from "../past/frame_time.ts";
import type { RewindPolicy } from "./policy.ts";
import { parseRewindPolicy } from "./policy_text.ts";
import type { PoseSource } from "../shape/pose.ts";
import type { Shot } from "../shot/shot.ts";

/** Policies that are tried when none is named. */
export interface DefaultPolicies {
  /** The policies. */
  readonly policies: readonly RewindPolicy[];
  /** Numbers that only some shots have, so that no rule of them is tried; `shots` lack it. */
  readonly lacking: readonly { readonly number: string; readonly shots: number }[];
}

/** Rules of the default, and the numbers that a shot needs for each. */
const RULES: readonly [text: string, needs: readonly string[]][] = [
  ["none", []],
  ["ping", ["ping"]],
  ["ping/2", ["ping"]],
  ["rtt+interp", ["ping", "interp"]],
  ["half-rtt+interp", ["ping", "interp"]],
  ["source", ["ping"]],
  ["frames:delay", ["delay"]],
  ["unity", ["delay"]],
  ["stamped", ["stamp|stampMs|stamp.src"]],
];

/**
 * What is tried when no policy is named: every rule whose numbers all shots have.
 *
 * @param texts rules of a known game, which take the place of those
 * @param server policy that the server is known to rewind by, which comes first
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import {
 *   defaultPolicies,
 *   parseHitModel,
 *   PoseHistory,
 *   rayBetween,
 * } from "@hindcast/hindcast/rewind";
 *
 * const model = parseHitModel(["player=sphere:16"]);
 * const source = new PoseHistory(model);
 * for (let frame = 0; frame < 20; frame++) {
 *   const fields = { x: 100, y: frame * 10, z: 0 };
 *   source.addFrame({ frame, timeMs: frame * 20, entities: [{ id: 2, kind: "player", fields }] });
 * }
 * const shot = {
 *   ...{ index: 0, frame: 10, timeMs: 200, shooter: 1, verdict: 2 },
 *   ray: rayBetween([0, 50, 0], [200, 50, 0]),
 *   numbers: new Map([["ping", 100]]),
 * };
 * const { policies } = defaultPolicies(source, [shot]);
 * assert.deepEqual(policies.map(({ name }) => name), ["none", "ping", "ping/2", "source"]);
 * ```
 */
export function defaultPolicies(
  source: PoseSource,
  shots: readonly Shot[],
  texts?: readonly string[],
  server?: RewindPolicy,
): DefaultPolicies {
  const countOf = (need: string) =>
    shots.filter(({ numbers }) => need.split("|").some((name) => numbers.has(name))).length;
  const hasAll = (need: string) => shots.length > 0 && countOf(need) === shots.length;
  // A rule that counts in frame intervals needs one.
  const isStill = shots.some(({ numbers }) =>
    !((numbers.get("interval") ?? frameIntervalMs(source)) > 0)
  );
  const rules = (texts ?? rulesFor(hasAll)).filter((text) => !(isStill && text === "source"));
  const needs = texts === undefined ? [...new Set(RULES.flatMap(([, names]) => names))] : [];
  const policies = rules.map((text) => parseRewindPolicy(text));
  const lacking = needs.filter((need) => countOf(need) > 0 && !hasAll(need))
    .map((need) => ({ number: need.split("|")[0]!, shots: shots.length - countOf(need) }));
  if (server === undefined) return { policies, lacking };
  const missing = shots.map((shot) => missingNumber(server, shotNumbers(source, shot)))
    .filter((names) => names !== undefined);
  if (missing.length > 0) {
    const number = missing[0]!.split("|")[0]!;
    const others = lacking.filter((need) => need.number !== number);
    return { policies, lacking: [{ number, shots: missing.length }, ...others] };
  }
  return { policies: [server, ...policies.filter(({ name }) => name !== server.name)], lacking };
}

function rulesFor(has: (need: string) => boolean): string[] {
  const texts = RULES.filter(([, needs]) => needs.every(has)).map(([text]) => text);
  // Half of the ping is the mistake of who has no interpolation delay.
  const left = has("interp") ? texts.filter((text) => text !== "ping/2") : texts;
  return left.length === 1 ? [...left, "ms:50", "ms:100"] : left;
}
