import { contentLines, shortContents } from "./packet_contents.ts";
import type { PacketContents, SecondMoments } from "./run_moments.ts";
import { chooseSeconds, type Standing, worstFirst } from "./standing_seconds.ts";

/** How much is kept of a run. */
export interface MomentBounds {
  /** Seconds. */
  readonly seconds: number;
  /** Lines of the trees of what packets consist of. */
  readonly lines: number;
}

/** What all runs of a report keep together, so that a page stays small. */
const REPORT_BOUNDS: MomentBounds = { seconds: 8000, lines: 100_000 };

/** What each of so many runs keeps. */
export function momentBounds(runs: number): MomentBounds {
  const { seconds, lines } = REPORT_BOUNDS;
  return { seconds: Math.floor(seconds / runs), lines: Math.floor(lines / runs) };
}

/**
 * What is kept of a run second by second. Where there is no room for all, the seconds that stand out
 * stay, and of the others every second, fourth, eighth and so on, first with fewer records of their
 * packets.
 */
export class KeptSeconds {
  readonly #bounds: MomentBounds;
  /** How a second stands out as far as it is known. */
  readonly #standingOf: (second: number) => Standing;
  #seconds: SecondMoments[] = [];
  #lines = 0;

  /** Nothing is kept yet. */
  constructor(bounds: MomentBounds, standingOf: (second: number) => Standing) {
    this.#bounds = bounds;
    this.#standingOf = standingOf;
  }

  /** Keeps a second; it may be let go when more come. */
  add(moments: SecondMoments): void {
    this.#seconds.push(moments);
    this.#lines += linesOf(moments.largest?.contents);
    const { lines, seconds } = this.#bounds;
    // Twice as much, so that what is let go is seldom chosen.
    if (this.#lines > 2 * lines || this.#seconds.length > 2 * seconds) this.#cut();
  }

  /** What is kept in the end, ascending. */
  list(): SecondMoments[] {
    this.#cut();
    return this.#seconds;
  }

  #cut(): void {
    const { lines, seconds } = this.#bounds;
    let order = worstFirst(this.#seconds, this.#standingOf);
    if (this.#seconds.length > seconds) {
      const kept = chooseSeconds(this.#seconds, order, seconds, () => 1);
      this.#seconds = this.#seconds.filter((moments) => kept.has(moments));
      order = order.filter((moments) => kept.has(moments));
    }
    const full = (moments: SecondMoments) => linesOf(moments.largest?.contents);
    this.#lines = this.#seconds.reduce((sum, moments) => sum + full(moments), 0);
    if (this.#lines <= lines) return;
    // Half of the room is for what stands out, whole: once cut short, it stays so.
    const whole = new Set<SecondMoments>();
    let left = lines;
    for (const moments of order) {
      if (full(moments) > left - lines / 2) continue;
      left -= full(moments);
      whole.add(moments);
    }
    const short = new Map(this.#seconds.map((moments) => [moments, shortened(moments)]));
    const shortLines = (moments: SecondMoments) => full(short.get(moments)!);
    const isRest = (moments: SecondMoments) => !whole.has(moments);
    const rest = this.#seconds.filter(isRest);
    const kept = chooseSeconds(rest, order.filter(isRest), left, shortLines);
    for (const moments of kept) left -= shortLines(moments);
    for (const moments of [...order, ...rest]) {
      const more = full(moments) - shortLines(moments);
      if (!kept.has(moments) || whole.has(moments) || more > left) continue;
      left -= more;
      whole.add(moments);
    }
    this.#seconds = this.#seconds.map((moments) =>
      whole.has(moments)
        ? moments
        : kept.has(moments)
        ? short.get(moments)!
        : withContents(moments, undefined)
    );
    this.#lines = lines - left;
  }
}

function linesOf(contents: PacketContents | undefined): number {
  return contents === undefined ? 0 : contentLines(contents);
}

function shortened(moments: SecondMoments): SecondMoments {
  const contents = moments.largest?.contents;
  return contents === undefined ? moments : withContents(moments, shortContents(contents));
}

function withContents(
  moments: SecondMoments,
  contents: PacketContents | undefined,
): SecondMoments {
  if (moments.largest === null) return moments;
  const { contents: _, ...largest } = moments.largest;
  return { ...moments, largest: contents === undefined ? largest : { ...largest, contents } };
}
