import { visibleText } from "../../core/visible_text.ts";
import type { PageEvent, PageEvents } from "./page_events.ts";

/** Events that are listed, and names of them. */
const EVENTS_MAX = 5000, NAMES_MAX = 1000;
/** Characters of what else an event says, and of a name. */
const TEXT_MAX = 120;
/** Members of an event that its place and name are in already. */
const PLACE_KEYS: ReadonlySet<string> = new Set(["f", "t", "ev"]);

/** An event at its frame. */
export interface FramedEvent {
  /** Its name. */
  readonly name: string;
  /** Frame at which it stands. */
  readonly frame: number;
  /** Time of the recording in milliseconds; undefined where it is that of its frame. */
  readonly timeMs: number | undefined;
  /** All that it says. */
  readonly data: Readonly<Record<string, unknown>>;
}

interface Listed extends Omit<PageEvent, "timeMs"> {
  timeMs: number | undefined;
}

/** How many events of a name there are, how many came, and how many of all are listed. */
interface NameTally {
  readonly count: number;
  readonly quota: number;
  came: number;
}

/**
 * Events of a recording for a page, in bounded memory. Where there are too many, every name gives up
 * the same, those with few events last, and what is listed of a name is spread evenly over it.
 */
export class EventList {
  readonly #names: readonly string[];
  readonly #places: ReadonlyMap<string, number>;
  readonly #tallies: readonly NameTally[];
  readonly #listed: Listed[] = [];
  #came = 0;
  /** How many of them have a time, in order of frame. */
  #timed = 0;
  /** Newest recorded frame, counted from the first, and its time. */
  #frameMs = NaN;

  /** No event yet, of names that have so many. */
  constructor(counts: ReadonlyMap<string, number>) {
    const names = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
      .slice(0, NAMES_MAX);
    this.#names = names.map(([name]) => name);
    this.#places = new Map(this.#names.map((name, i) => [name, i]));
    this.#tallies = quotas(names.map(([, count]) => count))
      .map((quota, i) => ({ count: names[i]![1], quota, came: 0 }));
  }

  /** Adds an event; they come in the order of their frames. */
  add({ data, frame, name, timeMs }: FramedEvent): void {
    this.#came++;
    const place = this.#places.get(name);
    if (place === undefined) return;
    const tally = this.#tallies[place]!;
    const { count, quota } = tally;
    const before = tally.came++;
    const isListed = Math.floor((before + 1) * quota / count) > Math.floor(before * quota / count);
    if (!isListed || this.#listed.length === EVENTS_MAX) return;
    this.#listed.push({ name: place, frame, timeMs, text: textOf(data) });
  }

  /**
   * Takes in a recorded frame, in order and once all events are added: events that name their frame
   * alone are at its time, and those of a frame that is not recorded at that of the one before.
   */
  reach(frame: number, timeMs: number): void {
    while (this.#timed < this.#listed.length && isBefore(this.#listed[this.#timed]!.frame, frame)) {
      const event = this.#listed[this.#timed++]!;
      event.timeMs ??= Number.isNaN(this.#frameMs) ? timeMs : this.#frameMs;
    }
    this.#frameMs = timeMs;
  }

  /** The events, in order of time. */
  list(): PageEvents {
    const events = this.#listed.map((event): PageEvent => ({
      ...event,
      timeMs: event.timeMs ?? (Number.isNaN(this.#frameMs) ? 0 : this.#frameMs),
    }));
    return {
      names: this.#names.map((name, i) => ({
        name: visibleText(name, TEXT_MAX),
        count: Math.max(this.#tallies[i]!.count, this.#tallies[i]!.came),
      })),
      events: events.sort((a, b) => a.timeMs - b.timeMs),
      leftOut: this.#came - events.length,
    };
  }
}

/** True for a frame before another, on the shorter way around 2^32. */
function isBefore(frame: number, other: number): boolean {
  return ((frame - other) | 0) < 0;
}

/** How many of each name are listed: all of those that have few, as many of the others. */
function quotas(counts: readonly number[]): number[] {
  const ascending = [...counts.keys()].sort((a, b) => counts[a]! - counts[b]!);
  const quota = new Array<number>(counts.length).fill(0);
  let left = EVENTS_MAX;
  for (const [i, place] of ascending.entries()) {
    quota[place] = Math.min(counts[place]!, Math.floor(left / (ascending.length - i)));
    left -= quota[place]!;
  }
  return quota;
}

/** What an event says beside its name and place, as `key=value`. */
function textOf(data: FramedEvent["data"]): string {
  let text = "";
  for (const [key, value] of Object.entries(data)) {
    if (PLACE_KEYS.has(key)) continue;
    text += `${text === "" ? "" : " "}${key}=${valueText(value)}`;
    if (text.length > TEXT_MAX) break;
  }
  return visibleText(text, TEXT_MAX);
}

function valueText(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
