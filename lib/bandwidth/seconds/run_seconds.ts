/** Length of a second. */
const SECOND_US = 1_000_000;

/** Seconds of a stretch without recorded frames that are kept, of those that lie wholly in it. */
export const EMPTY_SECONDS_MAX = 60;

/** What players see in one second, added up over the consumers. */
export interface SecondNotes {
  /** Whole seconds since the first packet. */
  readonly second: number;
  /** Median age of the newest state at its frames; -1 where nobody was there at one. */
  ageP50Us: number;
  /** Largest such age; -1 likewise. */
  ageMaxUs: number;
  /** Time for which consumers were connected, without the holes of the recording. */
  connectedUs: number;
  /** Part of it that lies in freezes. */
  frozenUs: number;
  /** Positions that were compared with the truth, how far off all were, and the farthest. */
  positions: number;
  positionErrors: number;
  positionErrorMax: number;
}

/**
 * The seconds of a run, counted from its first packet; what comes before that counts in the first of
 * them. A second of which nothing is noted takes no memory.
 */
export class RunSeconds {
  #startUs = NaN;
  readonly #notes: Map<number, SecondNotes> = new Map();
  /** Long stretches without frames: the last second that is kept, and the one of the next frame. */
  readonly #pauses: { readonly keptSecond: number; readonly toSecond: number }[] = [];

  /** Begins to count at the first packet. */
  begin(nowUs: number): void {
    this.#startUs = nowUs;
  }

  /** Time of the first packet; NaN before it. */
  get startUs(): number {
    return this.#startUs;
  }

  /** Second of a time. */
  of(timeUs: number): number {
    const second = Math.floor((timeUs - this.#startUs) / SECOND_US);
    return second > 0 ? second : 0;
  }

  /** Notes of a second; undefined where there are none. */
  get(second: number): Readonly<SecondNotes> | undefined {
    return this.#notes.get(second);
  }

  /** All notes, in no order. */
  all(): IterableIterator<Readonly<SecondNotes>> {
    return this.#notes.values();
  }

  /** Notes of a second, to be added to. */
  note(second: number): SecondNotes {
    const known = this.#notes.get(second);
    if (known !== undefined) return known;
    const notes: SecondNotes = {
      second,
      ageP50Us: -1,
      ageMaxUs: -1,
      connectedUs: 0,
      frozenUs: 0,
      positions: 0,
      positionErrors: 0,
      positionErrorMax: 0,
    };
    this.#notes.set(second, notes);
    return notes;
  }

  /**
   * Adds a stretch between two recorded frames for which so many consumers were connected. Of a long
   * one, the seconds beyond {@linkcode EMPTY_SECONDS_MAX} count in the last before them.
   */
  addConnected(fromUs: number, toUs: number, consumers: number): void {
    const keptSecond = this.of(fromUs) + EMPTY_SECONDS_MAX;
    const toSecond = this.of(toUs);
    if (toSecond - 1 > keptSecond) this.#pauses.push({ keptSecond, toSecond });
    this.#addTime("connectedUs", fromUs, toUs, consumers);
  }

  /** Adds a stretch in which a consumer was frozen. */
  addFrozen(fromUs: number, toUs: number): void {
    this.#addTime("frozenUs", fromUs, toUs, 1);
  }

  #addTime(of: "connectedUs" | "frozenUs", fromUs: number, toUs: number, consumers: number): void {
    let atUs = fromUs;
    while (atUs < toUs) {
      const second = this.of(atUs);
      const pause = this.#pauses.findLast(({ keptSecond, toSecond }) =>
        second >= keptSecond && second < toSecond
      );
      const nextUs = this.#startUs + (pause?.toSecond ?? second + 1) * SECOND_US;
      const endUs = nextUs < toUs ? nextUs : toUs;
      this.note(pause?.keptSecond ?? second)[of] += (endUs - atUs) * consumers;
      atUs = endUs;
    }
  }
}
