/** What a bar counts. */
export type BarUnit = "frames" | "verdicts" | "shots" | "bytes";

/** Work that goes on. */
export interface BarWork {
  /** What is being done: `cutting`. */
  readonly verb: string;
  /** How much of it is done. */
  readonly done: number;
  /** How much there is. */
  readonly total: number;
  readonly unit: BarUnit;
}

/** Cells of a bar where there is room. */
const CELLS_MAX = 20;
/** Columns of what else is said, mostly. */
const WORDS_COLUMNS = 50;
/** Share that has to be done before it says how long the rest takes. */
const SHARE_MIN = 0.01;
/** Time before it says how much is done in a second. */
const RATE_MS_MIN = 500;

/**
 * A bar with the share that is done, the rate, and the time that the rest takes at that rate.
 *
 * @param columns width of the terminal, which a narrow one takes off the bar
 */
export function barText(
  { verb, done, total, unit }: BarWork,
  elapsedMs: number,
  columns: number,
): string {
  const share = Math.min(done / total, 1);
  const cells = Math.max(0, Math.min(CELLS_MAX, columns - WORDS_COLUMNS));
  const full = Math.floor(share * cells);
  const bar = cells === 0 ? "" : "█".repeat(full) + "░".repeat(cells - full) + " ";
  const rate = elapsedMs < RATE_MS_MIN ? "" : `, ${rateText((done / elapsedMs) * 1000, unit)}`;
  const left = share < SHARE_MIN ? "" : `, ${durationText((elapsedMs / share) * (1 - share))} left`;
  return `${verb} ${bar}${Math.floor(share * 100)} %${rate}${left}`;
}

function rateText(perSecond: number, unit: BarUnit): string {
  if (unit === "bytes") {
    return perSecond < 1e6
      ? `${Math.round(perSecond / 1e3)} kB/s`
      : `${(perSecond / 1e6).toFixed(1)} MB/s`;
  }
  return `${perSecond < 100 ? perSecond.toFixed(1) : Math.round(perSecond)} ${unit}/s`;
}

function durationText(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
