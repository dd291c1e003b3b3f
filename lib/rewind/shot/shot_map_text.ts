import { wordRemedy } from "../../core/names/nearest_word.ts";
import { vectorIn } from "./event_values.ts";
import { GAME_PROFILES } from "./game_profiles.ts";
import { LIVE_SHOTS } from "./live_shots.ts";
import { parsePairs } from "./pairs.ts";
import type { ShotMap, ShotValue } from "./shot_map.ts";
import { shotMapFlaw } from "./shot_map_flaw.ts";

/** Keys of a shot map with the numbers of values that each takes. */
const VALUES: { readonly [key in keyof ShotMap]-?: readonly number[] } = {
  shooter: [1],
  from: [3],
  to: [3],
  direction: [3],
  angles: [2],
  range: [1],
  verdict: [1],
  ping: [1],
  interp: [1],
  delay: [1],
  stamp: [1, 3],
  tick: [1],
  stampMs: [1],
  frame: [1],
  time: [1],
  between: [1],
  eye: [3, 4],
  reach: [1],
  radius: [1],
};

/** Keys that may name one value with three numbers. */
const VECTORS: ReadonlySet<string> = new Set(["from", "to", "direction", "eye"]);

const KEYS = Object.keys(VALUES).join(", ");

/** Keys of a shot map. */
export const SHOT_KEYS: ReadonlySet<string> = new Set(Object.keys(VALUES));

/**
 * Reads a shot map: `live` for the events of a server with hindcast inside, the name of a game, as
 * `quakeworld`, or `key=value` pairs joined by commas, where a key that takes several values is
 * followed by all of them, or, for a point or a direction, by the name of a value that holds all
 * three: a list, a text such as `(6, 1, -3)`, or an object with `x`, `y` and `z`.
 *
 * @param text such as `shooter=shooter,from=sx,sy,sz,to=ex,ey,ez,verdict=hit,ping=ping`
 * @throws {SyntaxError} naming the pair that was not understood
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { GAME_PROFILES, parseShotMap } from "@hindcast/hindcast/rewind";
 *
 * const map = parseShotMap("shooter=who,from=sx,sy,sz,to=ex,ey,ez,verdict=hit");
 * assert.deepEqual(map.from, ["sx", "sy", "sz"]);
 * assert.equal(parseShotMap("quakeworld"), GAME_PROFILES.get("quakeworld")!.shots);
 * ```
 */
export function parseShotMap(text: string): ShotMap {
  if (text === "live") return LIVE_SHOTS;
  const profile = GAME_PROFILES.get(text);
  if (profile !== undefined) return profile.shots;
  const refuse = (why: string): never => {
    throw new SyntaxError(`Cannot read shot map ${JSON.stringify(text)}: ${why}`);
  };
  if (!text.includes("=")) {
    const maps = wordRemedy(text, ["live", ...GAME_PROFILES.keys()], "maps with a name");
    refuse(`it is no map with a name; ${maps}; or say key=VALUE,... with the keys ${KEYS}`);
  }
  const pairs = parsePairs(text);
  const map: Record<string, ShotValue | readonly ShotValue[]> = {};
  for (const [key, values] of pairs) {
    if (!Object.hasOwn(VALUES, key)) {
      refuse(`there is no ${key}; ${wordRemedy(key, Object.keys(VALUES), "keys")}`);
    }
    const counts = VALUES[key as keyof ShotMap];
    const read = values.map(numberOrName);
    const [first] = read;
    if (VECTORS.has(key) && read.length === 1 && typeof first === "string") {
      map[key] = vectorIn(first);
      continue;
    }
    if (!counts.includes(values.length)) {
      const more = VECTORS.has(key) ? ", or the name of a value that has three" : "";
      refuse(`${key} has ${values.length} values, it takes ${counts.join(" or ")}${more}`);
    }
    map[key] = read.length === 1 ? read[0]! : read;
  }
  const flaw = shotMapFlaw(map as unknown as ShotMap);
  return flaw === undefined ? map as unknown as ShotMap : refuse(flaw);
}

function numberOrName(text: string): ShotValue {
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}
