import { assertInteger } from "../../core/bytes/assert_integer.ts";
import { RING_SIZE_MAX } from "../../core/time/ring.ts";
import { parseRewindPolicy } from "../policy/policy_text.ts";
import type { RewindPolicy } from "../policy/policy.ts";
import type { HitModel } from "../shape/hit_model.ts";
import { readHitModel } from "../shape/hit_model_json.ts";
import { hitModelValue } from "../shape/hit_model_value.ts";
import type { TeleportSpec } from "../past/given_teleports.ts";
import { parseTeleportSpec, teleportText } from "../past/teleport_text.ts";
import { assertTeleportUnits, type RewindOptions } from "./live_rewind.ts";

/** How a running server rewinds, for its recording. */
export interface RewindFactsOptions extends RewindOptions {
  /** Policy that the server rewinds by; left out where it is none that has a text. */
  readonly policy?: RewindPolicy;
  /** Size of the server's ring in frames; left out where it holds all that is recorded. */
  readonly ringFrames?: number;
}

/** How the server of a recording rewound. */
export interface RewindFacts {
  /** What could be hit. */
  readonly model: HitModel;
  /** Policy that it rewound by. */
  readonly policy: RewindPolicy | undefined;
  /** Size of its ring in frames. */
  readonly ringFrames: number | undefined;
  /** Which steps were teleports. */
  readonly teleport: TeleportSpec | undefined;
}

/**
 * How a server rewinds, as texts for `RecordingOptions.rewind`: `hindcast rewind` then needs no
 * option to judge the file's shots as the server did.
 *
 * @throws {TypeError} for what no text can say: a model or a policy of one's own making, teleports
 *   by event or pace
 * @throws {RangeError} for a ring of no size
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import {
 *   parseHitModel,
 *   parseRewindPolicy,
 *   readRewindFacts,
 *   rewindFacts,
 * } from "@hindcast/hindcast/rewind";
 *
 * const facts = rewindFacts({
 *   model: parseHitModel(["player=sphere:16"], "dead=0"),
 *   policy: parseRewindPolicy("rtt+interp"),
 *   ringFrames: 64,
 * });
 * assert.deepEqual([facts.policy, facts.ringFrames, facts.teleport], ["rtt+interp", "64", "none"]);
 * assert.equal(readRewindFacts(new Map(Object.entries(facts)))?.model.kinds[0].kind, "player");
 * ```
 */
export function rewindFacts(options: RewindFactsOptions): Record<string, string> {
  const { policy, ringFrames } = options;
  if (ringFrames !== undefined) assertInteger("ringFrames", ringFrames, 1, RING_SIZE_MAX);
  assertTeleportUnits(options.teleportUnits);
  const facts: Record<string, string> = {
    model: modelText(options.model),
    ...(policy === undefined ? {} : { policy: policyText(policy) }),
    ...(ringFrames === undefined ? {} : { ringFrames: String(ringFrames) }),
    teleport: teleportText(teleportOf(options)),
  };
  return facts;
}

/**
 * How the server of a recording rewound, from the reader's `rewind`.
 *
 * @returns undefined when the recording does not say
 * @throws {SyntaxError} when it says what cannot be read, naming the fact
 */
export function readRewindFacts(facts: ReadonlyMap<string, string>): RewindFacts | undefined {
  const model = facts.get("model");
  if (model === undefined) return undefined;
  const read = <T>(name: string, parse: (text: string) => T): T | undefined => {
    const text = facts.get(name);
    if (text === undefined) return undefined;
    try {
      return parse(text);
    } catch (error) {
      throw new SyntaxError(
        `Cannot read how the server rewound, ${name}: ${(error as Error).message}`,
      );
    }
  };
  return {
    model: read("model", (text) => readHitModel(JSON.parse(text)))!,
    policy: read("policy", parseRewindPolicy),
    ringFrames: read("ringFrames", (text) => {
      if (/^[1-9]\d*$/.test(text) && Number(text) <= RING_SIZE_MAX) return Number(text);
      throw new RangeError(`${JSON.stringify(text)} is no number of frames`);
    }),
    teleport: read("teleport", parseTeleportSpec),
  };
}

function modelText(model: HitModel): string {
  const names = model.kinds.map(({ kind }) => kind);
  if (new Set(names).size < names.length) {
    throw new TypeError(`Cannot record the hit model: a kind stands in it twice (${names})`);
  }
  const text = JSON.stringify(hitModelValue(model));
  readHitModel(JSON.parse(text));
  return text;
}

function policyText({ name }: RewindPolicy): string {
  try {
    parseRewindPolicy(name);
  } catch {
    throw new TypeError(
      name === undefined
        ? "Cannot record the policy: it is none; parseRewindPolicy makes one"
        : `Cannot record policy ${JSON.stringify(name)}: no text makes it; leave it out`,
    );
  }
  return name;
}

function teleportOf({ model, teleport, teleportUnits }: RewindOptions): TeleportSpec {
  if (teleportUnits !== undefined) return { by: "units", units: teleportUnits };
  if (teleport === undefined) return { by: "units", units: Infinity };
  if (teleport.by === "units" || teleport.by === "speed") {
    parseTeleportSpec(teleportText(teleport));
    return teleport;
  }
  if (teleport.by === "field" && model.teleportField !== undefined) {
    return { by: "field", field: model.teleportField };
  }
  throw new TypeError(
    `Cannot record which steps are teleports: the rule by ${teleport.by} has no text; ` +
      `a rule by units, by speed, or by the model's teleportField has one`,
  );
}
