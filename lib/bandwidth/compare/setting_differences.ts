/** A run of a report, of any version, or one that is planned. */
export interface ComparedRun {
  /** Name. */
  readonly name: string;
  /** Every setting, as the JSON of a report has them; absent from older reports. */
  readonly settings?: object;
  /** True when it was measured, and its figures can be trusted. */
  readonly verified?: boolean;
  /** Number of consumers. */
  readonly consumers?: number;
  /** Largest UDP payload in bytes. */
  readonly mtuBytes?: number;
  /** Recorded frames. */
  readonly frames?: number;
  /** Length of the recording in seconds. */
  readonly durationSeconds?: number;
}

/** Something that makes the figures of two runs hard to compare. */
export interface SettingDifference {
  /** What differs, such as `history` or `frames of the recording`. */
  readonly what: string;
  /** Its value in the old report. */
  readonly before: string;
  /** Its value in the new report. */
  readonly after: string;
}

type Settings = Readonly<Record<string, unknown>>;

/** What settings are called where that is not their key. */
const LABELS: ReadonlyMap<string, string> = new Map([
  ["sendEvery", "send-every"],
  ["sendRateHz", "send-rate"],
  ["keyframeEvery", "keyframe-every"],
  ["budgetKbps", "budget"],
  ["interpMs", "interp"],
  ["freezeMs", "freeze"],
]);

/** Settings that stand for what another one names. */
const HASHES: ReadonlyMap<string, string> = new Map([["netHash", "net"], ["wireHash", "wire"]]);

/** Settings of what the player sees, which change no figure of what is sent. */
const SEEN: readonly string[] = ["figures", "interpMs", "freezeMs"];

/** Settings of a run; undefined where its report is of a version that said none. */
export function settingsIn(run: ComparedRun): Settings | undefined {
  return run.settings as Settings | undefined;
}

/**
 * Settings that a report says of a run: all, or of a version that had no settings those that it says
 * elsewhere.
 *
 * @param seed of the report, which was that of all its runs
 */
export function saidSettings(run: ComparedRun, seed: number | undefined): Settings {
  const { consumers, mtuBytes } = run;
  return settingsIn(run) ?? {
    ...(consumers === undefined ? {} : { consumers }),
    ...(mtuBytes === undefined ? {} : { mtu: mtuBytes }),
    ...(seed === undefined ? {} : { seed }),
  };
}

/** A text that is equal for runs that send the same in the same way. */
export function sentKey(settings: Settings): string {
  return canonicalText(
    Object.fromEntries(Object.entries(settings).filter(([key]) => !SEEN.includes(key))),
  );
}

/**
 * Settings that differ between two runs, and frames of their recordings, or where nothing else
 * differs their duration; nothing of what one of them does not say.
 */
export function runDifferences(
  [old, before]: readonly [ComparedRun, Settings],
  [run, after]: readonly [ComparedRun, Settings],
): SettingDifference[] {
  const differences = Object.keys(after).flatMap((key) =>
    isCompared(key, before, after) ? [differenceOf(key, before, after)] : []
  );
  if (!old.verified || !run.verified) return differences;
  if (old.frames !== run.frames) {
    differences.push({
      what: "frames of the recording",
      before: `${old.frames}`,
      after: `${run.frames}`,
    });
  }
  // It begins with the first packet, and so changes with how packets are sent.
  if (differences.length > 0) return differences;
  const [oldSeconds, seconds] = [old.durationSeconds, run.durationSeconds];
  if (oldSeconds !== undefined && seconds !== undefined && oldSeconds !== seconds) {
    differences.push({
      what: "duration of the recording",
      before: `${oldSeconds} s`,
      after: `${seconds} s`,
    });
  }
  return differences;
}

/** Settings that one of two runs does not say, so that nobody knows whether they differ. */
export function unsaidSettings(old: ComparedRun, run: ComparedRun): string[] {
  const [before, after] = [settingsIn(old), settingsIn(run)];
  if (before === undefined || after === undefined) return [];
  const keys = new Set([...Object.keys(after), ...Object.keys(before)]);
  return [...keys].filter((key) => Object.hasOwn(before, key) !== Object.hasOwn(after, key));
}

function isCompared(key: string, before: Settings, after: Settings): boolean {
  if (!Object.hasOwn(before, key) || key === "figures") return false;
  const named = HASHES.get(key);
  if (named !== undefined && !isEqual(before[named], after[named])) return false;
  // Whose figures are not in both is not compared.
  if (SEEN.includes(key) && !(before["figures"] === "all" && after["figures"] === "all")) {
    return false;
  }
  return !isEqual(before[key], after[key]);
}

function differenceOf(key: string, before: Settings, after: Settings): SettingDifference {
  const named = HASHES.get(key);
  const what = named === undefined
    ? LABELS.get(key) ?? key
    : `what ${named} ${valueText(after[named])} stands for`;
  return { what, before: valueText(before[key]), after: valueText(after[key]) };
}

function isEqual(one: unknown, other: unknown): boolean {
  return canonicalText(one) === canonicalText(other);
}

function valueText(value: unknown): string {
  if (value === null) return "none";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** JSON with the keys of objects in one order, whatever order a version has written. */
function canonicalText(value: unknown): string {
  return JSON.stringify(
    value,
    (_, item: unknown) =>
      typeof item !== "object" || item === null || Array.isArray(item)
        ? item
        : Object.fromEntries(Object.entries(item).sort(([a], [b]) => a < b ? -1 : 1)),
  );
}
