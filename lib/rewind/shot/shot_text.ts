import type { StateEvent } from "../../core/state/state.ts";
import { parsePairs } from "./pairs.ts";
import type { Shot } from "./shot.ts";
import { shotMapFlaw } from "./shot_map_flaw.ts";
import { SHOT_KEYS } from "./shot_map_text.ts";
import type { ShotMap } from "./shot_map.ts";
import type { ShotWorld } from "./event_entity.ts";
import { readShots, type ReadShotsOptions } from "./shot_reader.ts";

/** Keys whose value is an entity's id, which no number need spell. */
const IDS = new Set(["shooter", "verdict"]);

const VECTORS = new Set(["from", "to", "direction"]);

/**
 * Reads one shot from text: `frame=682,shooter=2,from=..,to=..` with the keys of
 * {@linkcode ShotMap}; any other key is a number for policies.
 *
 * @throws {SyntaxError} when the text is not of that form
 * @throws {ShotError} when the shot cannot be judged
 */
export function parseShot(
  text: string,
  world: ShotWorld,
  options: ReadShotsOptions = {},
): Shot {
  const data: Record<string, unknown> = {};
  const map: Record<string, unknown> = {};
  for (const [key, values] of parsePairs(text)) {
    values.forEach((word, i) => {
      data[`${key}${i}`] = IDS.has(key) ? wordOf(word) : numberOr(word);
    });
    if (VECTORS.has(key) && values.length !== 3) {
      throw new SyntaxError(`Cannot read shot: ${key}=${values.join(",")} is not X,Y,Z`);
    }
    const names = values.map((_, i) => `${key}${i}`);
    if (SHOT_KEYS.has(key)) map[key] = names.length === 1 ? names[0] : names;
    else data[key] = data[`${key}0`];
  }
  const shotMap = map as unknown as ShotMap;
  const flaw = shotMapFlaw(shotMap);
  if (flaw !== undefined) {
    throw new SyntaxError(`Cannot read shot ${JSON.stringify(text)}: ${flaw}`);
  }
  const event: StateEvent = { frame: undefined, timeMs: undefined, name: "shot", data };
  // Who writes a shot has its frames from what hindcast prints, not from the game's counter.
  const own = { ...options, counter: undefined, skipBad: false };
  return readShots([event], shotMap, world, own).shots[0]!;
}

/** The value that a word of an id stands for. */
function wordOf(word: string): string | boolean | null {
  if (word === "true") return true;
  return word === "false" || word === "null" ? null : word;
}

function numberOr(word: string): number | string {
  const number = Number(word);
  return word === "NaN" || Number.isFinite(number) ? number : word;
}
