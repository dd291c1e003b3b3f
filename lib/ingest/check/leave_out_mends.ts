import type { CheckedOptions } from "./checked_options.ts";
import type { CheckedReading } from "./checked_reading.ts";
import type { FaultGroup } from "./fault_groups.ts";

/** Paths of a group that are worth the lines without which there would be none. */
const FEW_PATHS = 16;

/** Paths to leave out where kinds have too many fields: of all of them at once, and of each. */
export function leaveOutMends(
  { groups, lines, inference }: CheckedReading,
  { leaveOut = [] }: CheckedOptions,
): CheckedOptions[] {
  const wide = new Map<string, readonly string[]>();
  for (const group of groups.list) {
    const { kind, field, leaveOut: paths } = group;
    // A kind that is crowded in more than one way may fit without the first of them.
    const key = JSON.stringify(kind === undefined ? [field] : { kind });
    const isWorth = paths !== undefined && (paths.length <= FEW_PATHS ||
      group.count * 2 >= lines || inference.frames === 0);
    if (isTooWide(group) && isWorth && !wide.has(key)) wide.set(key, paths);
  }
  const all = [...new Set([...wide.values()].flat())];
  return [...(wide.size > 1 ? [all] : []), ...wide.values()]
    .map((paths) => ({ leaveOut: [...new Set([...leaveOut, ...paths])] }))
    .filter((change) => change.leaveOut.length > leaveOut.length);
}

/** True where what is left out is in no one's way any more. */
export function isLeftOut({ groups, options }: CheckedReading): boolean {
  const { leaveOut = [] } = options;
  return !groups.list.some((group) =>
    isTooWide(group) && group.leaveOut?.some((path) => leaveOut.includes(path))
  );
}

function isTooWide({ code }: FaultGroup): boolean {
  return code === "fields-max";
}
