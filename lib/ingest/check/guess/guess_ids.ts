import { ID_LIKE, ID_NAMES, KIND_NAMES, ROW_ID_NAMES } from "./key_names.ts";
import type { SampledLine, Scalars } from "./line_sample.ts";
import { rowsByFrame } from "./sampled_rows.ts";
import { best, DEPTH_MAX, keysOf, nameScore, plain } from "./scored_keys.ts";

/** Share of rows that have to have an id, of its values that have to be right, of frames it tells. */
const SHARE = 0.9;
/** The same share where the name says that it is an id. */
const NAMED_SHARE = 0.4;
/** Rows from which on ids have to come again. */
const ROWS_MIN = 8;
/** Ids that are tried by their names alone. */
const NAMED_MAX = 2;

/**
 * Keys of ids, the likeliest first: one that tells the rows of a frame apart and comes again in the
 * next one, and those whose names say that they are ids, though many rows lack them or share them.
 */
export function guessIdKeys(
  sample: readonly SampledLine[],
  frameKey: string,
  taken: readonly string[],
): string[] {
  const told = guessIdKey(sample, frameKey, taken);
  const others = namedKeys(rowsByFrame(sample, frameKey), taken).filter((key) => key !== told)
    .slice(0, NAMED_MAX);
  if (told === undefined) return others;
  // What only its values tell comes after what is named an id and nothing else.
  const before = isIdName(told) ? [] : others.filter(isOwnIdName);
  return [...before, told, ...others.filter((key) => !before.includes(key))];
}

/** True for a name that ids have. */
export function isIdName(key: string): boolean {
  return isOwnIdName(key) || ID_LIKE.test(plain(key));
}

/** True for a name that the id of a row has, and hardly another one. */
export function isOwnIdName(key: string): boolean {
  return ID_NAMES.test(plain(key)) || ROW_ID_NAMES.test(plain(key));
}

/** True when most rows have a key, as lines or in lists of theirs. */
export function haveKey(sample: readonly SampledLine[], frameKey: string, key: string): boolean {
  const rows = rowsByFrame(sample, frameKey).flat();
  return rows.filter((row) => row.has(key)).length >= Math.max(1, rows.length / 2);
}

/** A key that tells the rows of a frame apart, and comes again in the next one. */
export function guessIdKey(
  sample: readonly SampledLine[],
  frameKey: string,
  taken: readonly string[],
): string | undefined {
  const frames = rowsByFrame(sample, frameKey);
  const rows = frames.flat();
  if (rows.length === 0) return undefined;
  return best(keysOf(rows, taken), (key) => {
    const values = rows.map((row) => row.get(key)).filter((value) => value !== undefined);
    if (values.length < Math.min(rows.length * SHARE, rows.length - 1)) return 0;
    if (values.filter(isId).length < values.length * SHARE) return 0;
    const unique = frames.filter((frame) => {
      const ids = frame.flatMap((row) => row.get(key) ?? []);
      return new Set(ids.map(String)).size === ids.length;
    });
    const uniqueMin = frames.length > 2
      ? Math.min(frames.length * SHARE, frames.length - 1)
      : frames.length;
    const score = Math.max(
      nameScore(key, ID_NAMES, ID_LIKE),
      ROW_ID_NAMES.test(plain(key)) ? 1 : 0,
    );
    if (unique.length < uniqueMin) {
      // Less than one that tells them apart by itself.
      return score > 0 && kindTelling(frames, key, [key]) !== undefined ? score - 0.4 : 0;
    }
    const distinct = new Set(values.map(String)).size;
    const rowsMax = longest(frames);
    if (isNew(values.length, distinct, rowsMax)) return 0;
    // What tells apart the rows of a frame, and is much the same in all frames.
    const isText = typeof values[0] === "string";
    const tells = rowsMax > 1 && distinct <= 2 * rowsMax && frames.length > 1 &&
      (isText || values.length >= ROWS_MIN);
    return score > 0 ? score : tells ? (isText ? 0.5 : 0.4) : 0;
  });
}

/** Keys that most rows have under the name of an id, those first that tell most rows apart. */
function namedKeys(
  frames: readonly (readonly Scalars[])[],
  taken: readonly string[],
): string[] {
  const rows = frames.flat();
  const scored = keysOf(rows, taken).map((key) => {
    const score = ROW_ID_NAMES.test(plain(key)) ? 2 : nameScore(key, ID_NAMES, ID_LIKE);
    if (score === 0 || key.split(".").length > DEPTH_MAX) return { key, score: 0 };
    const idsOf = (frame: readonly Scalars[]) =>
      frame.flatMap((row) => row.get(key) ?? []).filter(isId).map(String);
    const ids = frames.map(idsOf);
    const count = ids.flat().length;
    const distinct = new Set(ids.flat()).size;
    const told = ids.reduce((sum, frame) => sum + new Set(frame).size, 0);
    const isOften = count >= rows.length * NAMED_SHARE && told >= count * NAMED_SHARE;
    const isLikely = isOften && !isNew(count, distinct, longest(frames));
    return { key, score: isLikely ? score + told / count : 0 };
  });
  return scored.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score)
    .map(({ key }) => key);
}

function longest(frames: readonly (readonly Scalars[])[]): number {
  return frames.reduce((most, frame) => Math.max(most, frame.length), 0);
}

/** True for values that hardly come again, though there are more than a frame or two of them. */
function isNew(count: number, distinct: number, rowsMax: number): boolean {
  return count >= ROWS_MIN && distinct > count / 2 && distinct > rowsMax * 1.5;
}

function isId(value: string | number | boolean | undefined): boolean {
  return typeof value === "string" || Number.isInteger(value);
}

/** A key by whose few texts each entity has one. */
export function guessKindKey(
  sample: readonly SampledLine[],
  frameKey: string,
  idKey: string,
  taken: readonly string[],
): string | undefined {
  const rows = rowsByFrame(sample, frameKey).flat().filter((row) => row.has(idKey));
  return best(keysOf(rows, taken), (key) => {
    if (!KIND_NAMES.test(plain(key))) return 0;
    const kinds = new Map<string, unknown>();
    for (const row of rows) {
      const kind = row.get(key);
      const id = String(row.get(idKey));
      if (typeof kind !== "string" || (kinds.has(id) && kinds.get(id) !== kind)) return 0;
      kinds.set(id, kind);
    }
    return 1;
  });
}

/** A key by whose texts an id that several have in a frame is another one in each kind. */
export function guessTellingKind(
  sample: readonly SampledLine[],
  frameKey: string,
  idKey: string,
  taken: readonly string[],
): string | undefined {
  return kindTelling(rowsByFrame(sample, frameKey), idKey, taken);
}

function kindTelling(
  frames: readonly (readonly Scalars[])[],
  idKey: string,
  taken: readonly string[],
): string | undefined {
  return keysOf(frames.flat(), taken).filter((key) => KIND_NAMES.test(plain(key)))
    .find((key) => {
      const told = frames.reduce((sum, frame) => {
        const ids = frame.map((row) => JSON.stringify([row.get(key), row.get(idKey)]));
        return sum + new Set(ids).size;
      }, 0);
      return told >= frames.flat().length * SHARE;
    });
}
