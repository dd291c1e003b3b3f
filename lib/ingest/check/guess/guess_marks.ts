import { EVENT_NAMES, GENERATION_NAMES, GONE_NAMES } from "./key_names.ts";
import type { SampledLine, Scalars } from "./line_sample.ts";
import { entityRows } from "./sampled_rows.ts";
import { best, DEPTH_MAX, keysOf, nameScore, ownKeys, plain, valuesOf } from "./scored_keys.ts";

/** Share of events that have to have a key of theirs. */
const NAMED_SHARE = 0.9;

/** A key that lines without an id have, and lines with one have not. */
export function guessEventKey(
  sample: readonly SampledLine[],
  idKey: string,
  taken: readonly string[],
): string | undefined {
  const others = sample.filter(({ own, lists }) =>
    !own.has(idKey) && lists.size === 0 &&
    ![...own.keys()].some((key) => key.split(".").length > DEPTH_MAX)
  );
  if (others.length === 0 || others.length === sample.length) return undefined;
  const states = sample.filter((line) => !others.includes(line));
  return best(ownKeys(others, taken), (key) => {
    const names = valuesOf(others, key);
    const isOfAll = names.length === others.length &&
      names.every((name) => typeof name === "string" && name !== "");
    if (!isOfAll || states.some(({ own }) => own.has(key))) return 0;
    return nameScore(key, EVENT_NAMES, /event|type|kind|name/);
  });
}

/** The key of the names of events, of which all lines have one, and that no state has. */
export function guessNameKey(
  events: readonly SampledLine[],
  states: readonly SampledLine[],
): string | undefined {
  return best(ownKeys(events, []), (key) => {
    const names = valuesOf(events, key);
    const isOfAll = names.length >= events.length * NAMED_SHARE &&
      names.every((name) => typeof name === "string" && name !== "");
    if (!isOfAll || states.some(({ own }) => own.has(key))) return 0;
    return nameScore(key, EVENT_NAMES, /event|type|kind|name|^(?:cmd|op|what|topic|signal)$/);
  });
}

/** A key with the name of events, which some rows have beside those of their entities. */
export function guessRareEventKey(
  sample: readonly SampledLine[],
  taken: readonly string[],
): string | undefined {
  return best(ownKeys(sample, taken), (key) => {
    const names = valuesOf(sample, key);
    const isRare = names.length < sample.length / 2 &&
      names.every((name) => typeof name === "string");
    return isRare && EVENT_NAMES.test(plain(key)) ? 1 : 0;
  });
}

/**
 * A key that removes entities: it is true in rows, whose name says so or which hold nothing else,
 * or in entities of a map, or whole frames have their ids in a list of such a name.
 *
 * @param heads keys of rows that are no fields
 */
export function guessDespawnKey(
  sample: readonly SampledLine[],
  idKey: string,
  heads: readonly string[],
): string | undefined {
  return guessDespawnMark(entityRows(sample, idKey), heads) ?? guessGoneList(sample) ??
    guessInnerMark(sample);
}

function guessGoneList(sample: readonly SampledLine[]): string | undefined {
  for (const { plainLists } of sample) {
    for (const [path, ids] of plainLists ?? []) {
      if (ids.length > 0 && GONE_NAMES.test(plain(path))) return path;
    }
  }
  return undefined;
}

/**
 * A list of the ids of entities that are gone, of whole frames that leave out others as well: they
 * hold only what changed.
 */
export function guessSparseGone(
  sample: readonly SampledLine[],
  idKey: string,
): string | undefined {
  const path = guessGoneList(sample);
  if (path === undefined) return undefined;
  const frames = sample.filter(({ plainLists }) => plainLists?.has(path) === true);
  const leavesOut = frames.slice(1).some((frame, i) => {
    const before = frames[i]!;
    const gone = [before, frame].flatMap(({ plainLists }) => plainLists!.get(path)!.map(String));
    const ids = idsOf(frame, idKey);
    return [...idsOf(before, idKey)].some(([place, id]) => !ids.has(place) && !gone.includes(id));
  });
  return leavesOut ? path : undefined;
}

/**
 * A key that is true in rows that lack what half of the other rows have: these rows remove their
 * entity, and the others hold only what changed.
 *
 * @param heads keys of rows that are no fields
 */
export function guessSparseMark(
  sample: readonly SampledLine[],
  idKey: string,
  heads: readonly string[],
): string | undefined {
  const rows = entityRows(sample, idKey);
  const key = guessDespawnMark(rows, heads);
  if (key === undefined) return undefined;
  // What a row lists is none of its scalars.
  const listed = new Map(sample.map(({ own, plainLists }) => [own, plainLists]));
  const keysIn = (row: Scalars) => [...row.keys(), ...listed.get(row)?.keys() ?? []];
  const marked = rows.filter((row) => row.get(key) === true);
  const others = rows.filter((row) => row.get(key) !== true);
  const ofMarked = new Set(marked.flatMap(keysIn));
  const counts = new Map<string, number>();
  for (const name of others.flatMap(keysIn)) {
    if (name !== key && !ofMarked.has(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts.values()].some((count) => count * 2 >= others.length) ? key : undefined;
}

/** A key beside the id, named as generations of slots are, of which one id has several. */
export function guessGenerationKey(
  sample: readonly SampledLine[],
  idKey: string,
): string | undefined {
  const prefix = idKey.slice(0, idKey.lastIndexOf(".") + 1);
  for (const name of GENERATION_NAMES) {
    const key = prefix + name;
    const first = new Map<unknown, unknown>();
    for (const { own } of sample) {
      const [id, generation] = [own.get(idKey), own.get(key)];
      if (id === undefined || generation === undefined) continue;
      if (first.has(id) && first.get(id) !== generation) return key;
      first.set(id, generation);
    }
  }
  return undefined;
}

/** Ids of a frame's entities, by the places that these have. */
function idsOf({ own, lists }: SampledLine, idKey: string): Map<string, string> {
  const ids = new Map<string, string>();
  for (const path of own.keys()) {
    const [collection, id, field] = path.split(".");
    if (field !== undefined) ids.set(`${collection}.${id}`, id!);
  }
  for (const [path, rows] of lists) {
    for (const row of rows) {
      const id = row.get(idKey);
      if (id !== undefined) ids.set(`${path}.${id}`, String(id));
    }
  }
  return ids;
}

function guessInnerMark(sample: readonly SampledLine[]): string | undefined {
  for (const { own, lists } of sample) {
    for (const scalars of [own, ...[...lists.values()].flat()]) {
      for (const [path, value] of scalars) {
        if (value !== true || !GONE_NAMES.test(plain(path))) continue;
        return path.slice(path.lastIndexOf(".") + 1);
      }
    }
  }
  return undefined;
}

function guessDespawnMark(rows: readonly Scalars[], heads: readonly string[]): string | undefined {
  const keys = keysOf(rows, heads).filter((key) => key.split(".").length <= DEPTH_MAX);
  return best(keys, (key) => {
    const marked = rows.filter((row) => row.has(key));
    const marks = marked.map((row) => row.get(key));
    if (!marks.every((mark) => typeof mark === "boolean") || !marks.includes(true)) return 0;
    if (GONE_NAMES.test(plain(key))) return 2;
    const isAlone = marked.length < rows.length && marks.every((mark) => mark === true) &&
      marked.every((row) => [...row.keys()].every((name) => name === key || heads.includes(name)));
    return isAlone ? 1 : 0;
  });
}
