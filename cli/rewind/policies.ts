import type { PoseHistory, RewindPolicy, Shot } from "../../mod.ts";
import { asUsage } from "../as_usage.ts";

/** Policies of the command line; undefined when none was named. @throws {CommandError} */
export async function readPolicies(
  texts: readonly string[] | undefined,
): Promise<readonly RewindPolicy[] | undefined> {
  if (texts === undefined) return undefined;
  const { parseRewindPolicy } = await import("../../mod.ts");
  return asUsage(() => [...new Set(texts)].map((text) => parseRewindPolicy(text)));
}

/** Policies that are tried when none is named. */
export interface DefaultPolicies {
  readonly policies: readonly RewindPolicy[];
  /** What some shots have a number for, and others not, so that it was left out. */
  readonly notes: readonly string[];
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

/** Rules of QuakeWorld servers. */
const QUAKEWORLD_RULES = ["none", "ping", "ping-13", "acked", "ms:100"];

/** What is tried when no policy is named: every rule whose numbers all shots have. */
export async function defaultPolicies(
  shots: readonly Shot[],
  isQuakeWorld: boolean,
  history: PoseHistory,
): Promise<DefaultPolicies> {
  const { frameIntervalMs, parseRewindPolicy } = await import("../../mod.ts");
  const countOf = (need: string) =>
    shots.filter(({ numbers }) => need.split("|").some((name) => numbers.has(name))).length;
  const hasAll = (need: string) => shots.length > 0 && countOf(need) === shots.length;
  // A rule that counts in frame intervals needs one.
  const isStill = !(frameIntervalMs(history) > 0);
  const rules = (isQuakeWorld ? QUAKEWORLD_RULES : rulesFor(hasAll))
    .filter((text) => !(isStill && text === "source"));
  const needs = [...new Set(RULES.flatMap(([, names]) => names))];
  const notes = isQuakeWorld ? [] : needs.filter((need) => countOf(need) > 0 && !hasAll(need))
    .map((need) => {
      const name = need.split("|")[0]!;
      const without = shots.length - countOf(need);
      return `${without} of ${shots.length} shots have no ${name}, so rules of it were not tried; ` +
        `name one with --policy, and leave those shots out with --skip-bad`;
    });
  return { policies: rules.map((text) => parseRewindPolicy(text)), notes };
}

function rulesFor(has: (need: string) => boolean): string[] {
  const texts = RULES.filter(([, needs]) => needs.every(has)).map(([text]) => text);
  // Half of the ping is the mistake of who has no interpolation delay.
  const left = has("interp") ? texts.filter((text) => text !== "ping/2") : texts;
  return left.length === 1 ? [...left, "ms:50", "ms:100"] : left;
}
