import { type ComparedRun, sentKey, settingsIn } from "./setting_differences.ts";

/** Runs of two reports, put side by side. */
export interface MatchedRuns<Before, After> {
  /** Runs that both have, in the order of the new report. */
  readonly pairs: readonly (readonly [before: Before, after: After])[];
  /** Runs that only the old one has. */
  readonly missing: readonly Before[];
  /** Runs that only the new one has. */
  readonly added: readonly After[];
}

/**
 * Matches runs of two reports: those that are made alike; then those of one name; and where that
 * leaves nothing to compare, those of one policy, codec and network. Of several the first is matched
 * with the first.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { matchRuns } from "@hindcast/hindcast/report";
 *
 * const { missing, pairs } = matchRuns([{ name: "a" }, { name: "b" }], [{ name: "b" }]);
 * assert.deepEqual([missing, pairs.length], [[{ name: "a" }], 1]);
 * ```
 */
export function matchRuns<Before extends ComparedRun, After extends ComparedRun>(
  before: readonly Before[],
  after: readonly After[],
): MatchedRuns<Before, After> {
  const found = new Map<After, Before>();
  const matchBy = (keyOf: (run: ComparedRun) => string | undefined) => {
    const taken = new Set(found.values());
    const waiting = Map.groupBy(before.filter((run) => !taken.has(run)), keyOf);
    for (const run of after) {
      const key = found.has(run) ? undefined : keyOf(run);
      const old = key === undefined ? undefined : waiting.get(key)?.shift();
      if (old !== undefined) found.set(run, old);
    }
  };
  matchBy((run) => {
    const settings = settingsIn(run);
    return settings && sentKey(settings);
  });
  matchBy(({ name }) => name);
  if (found.size === 0) matchBy(commonName);
  const taken = new Set(found.values());
  return {
    pairs: after.flatMap((run) => {
      const old = found.get(run);
      return old === undefined ? [] : [[old, run] as const];
    }),
    missing: before.filter((run) => !taken.has(run)),
    added: after.filter((run) => !found.has(run)),
  };
}

/** Policy, codec and network; all of the name where a report says no settings. */
function commonName(run: ComparedRun): string {
  const settings = settingsIn(run);
  if (settings === undefined) return run.name;
  return [settings["ack"], settings["codec"], settings["net"]].join(" ");
}
