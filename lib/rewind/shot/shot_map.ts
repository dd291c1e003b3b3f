import * as v from "valibot";

/** A field of the event by name (dots descend), or a number that holds for every shot. */
export type ShotValue = string | number;

/** Three of them. */
export type ShotVector = readonly [x: ShotValue, y: ShotValue, z: ShotValue];

/** Where an event keeps what a shot needs. */
export interface ShotMap {
  /** Entity that shot. */
  readonly shooter: ShotValue;
  /** Start of the ray. */
  readonly from: ShotVector;
  /** End of the ray; either this, or `angles` and `range`. */
  readonly to?: ShotVector;
  /** Pitch and yaw in degrees, by Quake's convention (pitch positive downwards). */
  readonly angles?: readonly [pitch: ShotValue, yaw: ShotValue];
  /** Length of a ray that is given by angles, in units. */
  readonly range?: ShotValue;
  /** What the game decided: an entity; -1, null, false or "miss" for a miss; true for some hit. */
  readonly verdict?: ShotValue;
  /** Round-trip time in milliseconds. */
  readonly ping?: ShotValue;
  /** Interpolation delay in milliseconds. */
  readonly interp?: ShotValue;
  /** Interpolation delay in frames. */
  readonly delay?: ShotValue;
  /**
   * Frame that the client drew; or the two frames and the fraction that it drew between, as three
   * values or as one value of the event with `src`, `dst` and `fraction`.
   */
  readonly stamp?: ShotValue | ShotVector;
  /** Frame (tick) of the client's command, which is not the frame that he saw. */
  readonly tick?: ShotValue;
  /** Server time of what the client drew, in milliseconds. */
  readonly stampMs?: ShotValue;
  /** Frame of the decision; default the event's frame. */
  readonly frame?: ShotValue;
  /** Time of the decision in milliseconds; default the event's time, else the frame's. */
  readonly time?: ShotValue;
  /** Start of the ray relative to the shooter's position; a fourth value goes forward along the ray. */
  readonly eye?:
    | ShotVector
    | readonly [x: ShotValue, y: ShotValue, z: ShotValue, forward: ShotValue];
  /** Units by which the ray goes on behind its end. */
  readonly reach?: ShotValue;
  /** Radius of the sphere that is swept along the ray. */
  readonly radius?: ShotValue;
}

/**
 * Lightning-gun shots of QuakeWorld server recordings (`lg_shot`): the ray as the world stopped it,
 * tested 4 units further against rewound players, from 16 units above the shooter's origin.
 */
export const QUAKEWORLD_SHOTS: ShotMap = {
  shooter: "shooter",
  from: ["sx", "sy", "sz"],
  to: ["ex", "ey", "ez"],
  verdict: "hit",
  ping: "ping",
  eye: [0, 0, 16],
  reach: 4,
};

/** Keys of a shot map with the numbers of values that each takes. */
const VALUES: { readonly [key in keyof ShotMap]-?: readonly number[] } = {
  shooter: [1],
  from: [3],
  to: [3],
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
  eye: [3, 4],
  reach: [1],
  radius: [1],
};

/** Keys of a shot map. */
export const SHOT_KEYS: ReadonlySet<string> = new Set(Object.keys(VALUES));

const value = v.union([v.string(), v.pipe(v.number(), v.finite())]);
const vector = v.tuple([value, value, value]);
const mapSchema = v.strictObject({
  shooter: value,
  from: vector,
  to: v.optional(vector),
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
  eye: v.optional(v.union([vector, v.tuple([value, value, value, value])])),
  reach: v.optional(value),
  radius: v.optional(value),
});

/**
 * Reads a shot map: `quakeworld`, or `key=value` pairs joined by commas, where a key that takes
 * several values is followed by all of them.
 *
 * @param text such as `shooter=shooter,from=sx,sy,sz,to=ex,ey,ez,verdict=hit,ping=ping`
 * @throws {SyntaxError} naming the pair that was not understood
 */
export function parseShotMap(text: string): ShotMap {
  if (text === "quakeworld") return QUAKEWORLD_SHOTS;
  const pairs = parsePairs(text);
  const refuse = (why: string): never => {
    throw new SyntaxError(`Cannot read shot map ${JSON.stringify(text)}: ${why}`);
  };
  const map: Record<string, ShotValue | ShotValue[]> = {};
  for (const [key, values] of pairs) {
    if (!Object.hasOwn(VALUES, key)) {
      refuse(`there is no ${key}; keys are ${Object.keys(VALUES).join(", ")}`);
    }
    const counts = VALUES[key as keyof ShotMap];
    if (!counts.includes(values.length)) {
      refuse(`${key} has ${values.length} values, it takes ${counts.join(" or ")}`);
    }
    const read = values.map(numberOrName);
    map[key] = read.length === 1 ? read[0]! : read;
  }
  const flaw = mapFlaw(map as unknown as ShotMap);
  return flaw === undefined ? map as unknown as ShotMap : refuse(flaw);
}

/**
 * Shot map from a JSON value with the keys of {@linkcode ShotMap}.
 *
 * @throws {TypeError} naming the path and what was expected there
 */
export function readShotMap(json: unknown): ShotMap {
  const result = v.safeParse(mapSchema, json);
  if (!result.success) {
    const issue = result.issues[0];
    const path = v.getDotPath(issue);
    throw new TypeError(
      `Cannot read shot map${path === null ? "" : ` at ${path}`}: ${issue.message}`,
    );
  }
  const flaw = mapFlaw(result.output);
  if (flaw !== undefined) throw new TypeError(`Cannot read shot map: ${flaw}`);
  return result.output;
}

/** Splits `key=a,b,c,key=d` into keys and values. @throws {SyntaxError} without a first key */
export function parsePairs(text: string): Map<string, string[]> {
  const pairs = new Map<string, string[]>();
  let values: string[] | undefined;
  for (const part of text.split(",")) {
    const equals = part.indexOf("=");
    const word = part.slice(equals + 1).trim();
    if (equals >= 0) {
      const key = part.slice(0, equals).trim();
      if (pairs.has(key)) throw new SyntaxError(`${JSON.stringify(text)} gives ${key} twice`);
      values = [];
      pairs.set(key, values);
    }
    if (values === undefined || word === "") {
      throw new SyntaxError(`${JSON.stringify(text)} is not of the form key=value,key=value`);
    }
    values.push(word);
  }
  return pairs;
}

function mapFlaw(map: ShotMap): string | undefined {
  if (map.shooter === undefined) return "it lacks shooter";
  if (map.from === undefined) return "it lacks from";
  if (map.to !== undefined) return undefined;
  if (map.angles === undefined) return "it lacks to, or angles and range";
  return map.range === undefined ? "it has angles and lacks range" : undefined;
}

function numberOrName(text: string): ShotValue {
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}
