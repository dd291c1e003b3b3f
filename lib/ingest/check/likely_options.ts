import { checkedKeys, type CheckedOptions } from "./checked_options.ts";
import { guessKindKey } from "./guess/guess_ids.ts";
import * as marks from "./guess/guess_marks.ts";
import type { SampledLine } from "./guess/line_sample.ts";
import { guessTime } from "./time_mends.ts";

/**
 * Changes of options for a command that is given anyhow: all that are likely, and each for itself,
 * where all are too much.
 *
 * @param isGiven false where the options as they are need no command
 */
export function likelyChanges(
  options: CheckedOptions,
  sample: readonly SampledLine[],
  isGiven: boolean,
): CheckedOptions[] {
  const { kindKey, ...time } = isGiven ? likelyKeys(options, sample) : {};
  const others = {
    ...likelyMark(options, sample),
    ...likelyGeneration(options, sample),
  };
  const parts: CheckedOptions[] = [time, kindKey === undefined ? {} : { kindKey }, others]
    .filter((part) => Object.keys(part).length > 0);
  const all = parts.reduce((all, part) => ({ ...all, ...part }), {});
  return parts.length > 1 ? [all, ...parts] : parts;
}

/**
 * Options beside those that mend something, for a command that is given anyhow: the time and the
 * kind of rows that name them by other keys.
 */
function likelyKeys(
  options: CheckedOptions,
  sample: readonly SampledLine[],
): CheckedOptions {
  const keys = checkedKeys(options);
  const taken = Object.values(keys);
  const change = guessTime(sample, options, keys.frameKey);
  const hasKind = sample.some(({ own, lists }) =>
    own.has(keys.kindKey) || [...lists.values()].flat().some((row) => row.has(keys.kindKey))
  );
  const kindKey = hasKind
    ? undefined
    : guessKindKey(sample, keys.frameKey, keys.idKey, [...taken, options.eventKey ?? "ev"]);
  return { ...change, ...(kindKey === undefined ? {} : { kindKey }) };
}

/** The key of what tells the lives of an id apart, where it stands beside the id and changes. */
function likelyGeneration(
  options: CheckedOptions,
  sample: readonly SampledLine[],
): CheckedOptions {
  if (options.generationKey !== undefined) return {};
  const generationKey = marks.guessGenerationKey(sample, checkedKeys(options).idKey);
  return generationKey === undefined ? {} : { generationKey };
}

/** The key that removes entities of input that holds only what changed, where none is given. */
function likelyMark(
  options: CheckedOptions,
  sample: readonly SampledLine[],
): CheckedOptions {
  if (options.despawnKey !== undefined) return {};
  const keys = checkedKeys(options);
  const despawnKey = options.sparse === true
    ? marks.guessDespawnKey(sample, keys.idKey, Object.values(keys))
    : marks.guessSparseGone(sample, keys.idKey) ??
      marks.guessSparseMark(sample, keys.idKey, Object.values(keys));
  return despawnKey === undefined ? {} : { sparse: true, despawnKey };
}
