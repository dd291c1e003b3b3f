import { EVENT_NAMES, GONE_NAMES } from "./key_names.ts";
import type { SampledLine } from "./line_sample.ts";
import { best, DEPTH_MAX, nameScore, ownKeys, plain, valuesOf } from "./scored_keys.ts";

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
 * A key that is true in rows that remove their entity: its name says so, or those rows hold nothing
 * else.
 *
 * @param heads keys of rows that are no fields
 */
export function guessDespawnKey(
  sample: readonly SampledLine[],
  heads: readonly string[],
): string | undefined {
  return best(ownKeys(sample, heads), (key) => {
    const marked = sample.filter(({ own }) => own.has(key));
    const marks = marked.map(({ own }) => own.get(key));
    if (!marks.every((mark) => typeof mark === "boolean") || !marks.includes(true)) return 0;
    if (GONE_NAMES.test(plain(key))) return 2;
    const isAlone = marked.length < sample.length && marks.every((mark) => mark === true) &&
      marked.every(({ own }) =>
        [...own.keys()].every((name) => name === key || heads.includes(name))
      );
    return isAlone ? 1 : 0;
  });
}
