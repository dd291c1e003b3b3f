import { usageError } from "../exit_code.ts";
import { isSameFile } from "../files/files.ts";
import type { MergeFlags } from "./merge_flags.ts";

/** Refuses what says nothing, or two things. @throws {CommandError} */
export function refuseNonsense(paths: readonly string[], flags: MergeFlags): void {
  const { events = [], after, frameOffset, timeOffset } = flags;
  const { frameKey, timeKey, eventKey, timeUnit } = flags;
  const isMoved = after || frameOffset !== undefined || timeOffset !== undefined;
  if (paths.length === 1 && events.length === 0) {
    throw usageError(
      `There is nothing to merge ${paths[0]} with; name another recording, or --events FILE`,
    );
  }
  if (paths.length === 1 && isMoved) {
    const flag = after ? "--after" : frameOffset === undefined ? "--time-offset" : "--frame-offset";
    throw usageError(`${flag} moves every recording but the first, and there is no other`);
  }
  refuseTwice(paths);
  refuseTwice(events);
  if (timeUnit !== "ms" && events.length === 0) {
    throw usageError("--time-unit is the unit of the times of --events, and there are none");
  }
  const keys = [frameKey, timeKey, eventKey];
  if (new Set(keys).size < keys.length) {
    throw usageError(`The keys are ${keys.join(", ")}; name a different one for each`);
  }
}

function refuseTwice(paths: readonly string[]): void {
  for (const [i, path] of paths.entries()) {
    const other = paths.slice(0, i).find((before) => before === path || isSameFile(before, path));
    if (other === undefined) continue;
    const names = other === path ? path : `${other} and ${path}, one file,`;
    throw usageError(`${names} cannot be merged with itself; name every input once`);
  }
}

/**
 * Offset of each recording: none for the first, one for all others, or one for each of them.
 *
 * @throws {CommandError} for another number of offsets
 */
export function offsetsOf(
  flag: string,
  offsets: readonly number[] | undefined,
  recordings: number,
): (number | undefined)[] {
  const others = recordings - 1;
  if (offsets === undefined) return new Array(recordings).fill(undefined);
  if (offsets.length === 1) return [undefined, ...new Array(others).fill(offsets[0])];
  if (offsets.length === others) return [undefined, ...offsets];
  throw usageError(
    `${flag} is given ${offsets.length} times; give it once for all recordings but the first, ` +
      `or once for each of these ${others}`,
  );
}
