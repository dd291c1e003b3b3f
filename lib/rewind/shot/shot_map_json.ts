import * as v from "valibot";
import { issueText } from "../json/json_issue.ts";
import { vectorIn } from "./event_values.ts";
import type { ShotMap } from "./shot_map.ts";
import { shotMapFlaw } from "./shot_map_flaw.ts";

const value = v.union([v.string(), v.pipe(v.number(), v.finite())]);
const vector = v.tuple([value, value, value]);
const point = v.union([vector, v.pipe(v.string(), v.transform(vectorIn))]);
const mapSchema = v.strictObject({
  shooter: value,
  from: point,
  to: v.optional(point),
  direction: v.optional(point),
  angles: v.optional(v.tuple([value, value])),
  range: v.optional(value),
  verdict: v.optional(value),
  ping: v.optional(value),
  interp: v.optional(value),
  delay: v.optional(value),
  stamp: v.optional(v.union([value, vector])),
  tick: v.optional(value),
  stampMs: v.optional(value),
  frame: v.optional(value),
  time: v.optional(value),
  between: v.optional(value),
  eye: v.optional(v.union([point, v.tuple([value, value, value, value])])),
  reach: v.optional(value),
  radius: v.optional(value),
});

/**
 * Shot map from a JSON value with the keys of {@linkcode ShotMap}.
 *
 * @throws {TypeError} naming the path and what was expected there
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readShotMap } from "@hindcast/hindcast/rewind";
 *
 * const from = ["eye.x", "eye.y", "eye.z"];
 * const map = readShotMap({ shooter: "who", from, angles: ["pitch", "yaw"], range: 2000 });
 * assert.equal(map.range, 2000);
 * ```
 */
export function readShotMap(json: unknown): ShotMap {
  const result = v.safeParse(mapSchema, json);
  if (!result.success) {
    throw new TypeError(`Cannot read shot map${issueText(mapSchema, json, result.issues)}`);
  }
  const flaw = shotMapFlaw(result.output);
  if (flaw !== undefined) throw new TypeError(`Cannot read shot map: ${flaw}`);
  return result.output;
}
