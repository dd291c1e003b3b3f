import type { StateEvent } from "../../../core/state/state.ts";
import { eventPayload } from "../../select/event_payload.ts";
import { type Difference, placed } from "../difference.ts";
import type { EventQueue } from "./event_queue.ts";
import type { FirstDifferences } from "../first_differences.ts";
import { LoneEvent, LoneEvents, type LoneEventTaker } from "./lone_events.ts";
import { memberDifference } from "./member_difference.ts";
import type { Place } from "../place.ts";
import { DifferenceTally, TallyBudget } from "../states/field_tally.ts";

/** Length of the texts of events without a counterpart that are kept. */
const COST_MAX = 1 << 22;
/** Longest text of what an event holds. */
const DATA_MAX = 500;

/** Where the events of a recording are taken from: those that stand before a place. */
interface EventSource {
  readonly queue: EventQueue;
  /** Position before which events are taken. */
  readonly before: number;
  /** Frame from which both recordings count alike. */
  readonly origin: number;
}

/** Events of one name that differ. */
export interface EventTally {
  /** Number of pairs that hold something else. */
  changed: number;
  /** Number of events that only the first recording has. */
  onlyInA: number;
  /** Number of events that only the second has. */
  onlyInB: number;
  /** The first of all these. */
  first: Difference;
  /** Order of the place of the first. */
  firstOrder: number;
}

/**
 * Compares events place by place, in whatever order they stand there. One that names no frame may
 * stand anywhere, as where it was put depends on how it was recorded.
 */
export class EventComparison {
  /** Pairs of events that were compared. */
  pairCount = 0;
  /** Times of pairs that differ within the tolerance. */
  readonly drift: DifferenceTally = new DifferenceTally(new TallyBudget());
  /** True when too many waited for a counterpart, and those of that moment were told to have none. */
  wasCut = false;
  /** What differs, by name. */
  readonly byName: Map<string, EventTally> = new Map();
  readonly #toleranceMs: number;
  readonly #first: FirstDifferences;
  /** Events of one place. */
  readonly #here = new LoneEvents();
  /** Events that name no frame. */
  readonly #anywhere = new LoneEvents();

  /**
   * Nothing compared yet.
   *
   * @param toleranceMs how far the times of two events may be apart
   * @param first gets the differences
   */
  constructor(toleranceMs: number, first: FirstDifferences) {
    this.#toleranceMs = toleranceMs;
    this.#first = first;
  }

  /**
   * Takes the events of a place, and compares them with each other and with those that were taken
   * since events were settled.
   *
   * @throws {RecordingSyntaxError} when a chunk of events is damaged
   */
  async take(place: Place, a: EventSource, b: EventSource): Promise<void> {
    for (;;) {
      const one = a.queue.position < a.before ? await a.queue.take() : undefined;
      const other = b.queue.position < b.before ? await b.queue.take() : undefined;
      if (one === undefined && other === undefined) break;
      if (one !== undefined && other !== undefined && areEqual(one, a.origin, other, b.origin)) {
        this.pairCount++;
        continue;
      }
      if (one !== undefined) this.#add(new LoneEvent("a", one, place, a.origin));
      if (other !== undefined) this.#add(new LoneEvent("b", other, place, b.origin));
    }
  }

  /** Tells of the events that were taken which have no counterpart; later ones are none. */
  settle(): void {
    if (this.#here.cost === 0) return;
    this.#here.settle(this.#toleranceMs, ({ event }) => event.name, this.#taker);
  }

  /** Settles what waits for a counterpart to the end. */
  finish(): void {
    this.settle();
    this.#settleAnywhere();
  }

  #settleAnywhere(): void {
    // Two of them have only changed into each other when they say the same time.
    this.#anywhere.settle(
      this.#toleranceMs,
      ({ event: { name, timeMs } }) => `${timeMs} ${name}`,
      this.#taker,
    );
  }

  #add(event: LoneEvent): void {
    const events = event.frame === undefined ? this.#anywhere : this.#here;
    if (events.add(event) !== undefined) this.pairCount++;
    if (events.cost <= COST_MAX) return;
    this.wasCut = true;
    if (events === this.#here) this.settle();
    else this.#settleAnywhere();
  }

  readonly #taker: LoneEventTaker = {
    equal: (a, b) => {
      this.pairCount++;
      const [timeA, timeB] = [a.event.timeMs!, b.event.timeMs!];
      this.drift.add(a.place, 0, timeA, timeB, Math.abs(timeA - timeB));
    },
    changed: (a, b) => {
      this.pairCount++;
      const make = () => changeOf(a, b);
      this.#tally(a, make).changed++;
      this.#first.add(a.place, make);
    },
    only: (event) => {
      const make = () => ({ ...differenceOf(event, "structural"), onlyIn: event.side });
      const tally = this.#tally(event, make);
      if (event.side === "a") tally.onlyInA++;
      else tally.onlyInB++;
      this.#first.add(event.place, make);
    },
  };

  #tally({ event: { name }, place: { order } }: LoneEvent, make: () => Difference): EventTally {
    let tally = this.byName.get(name);
    if (tally === undefined) {
      tally = { changed: 0, onlyInA: 0, onlyInB: 0, first: make(), firstOrder: order };
      this.byName.set(name, tally);
    }
    if (order < tally.firstOrder) {
      tally.first = make();
      tally.firstOrder = order;
    }
    return tally;
  }
}

function areEqual(a: StateEvent, originA: number, b: StateEvent, originB: number): boolean {
  const isSameFrame = a.frame === undefined || b.frame === undefined
    ? a.frame === b.frame
    : ((a.frame - originA) | 0) === ((b.frame - originB) | 0);
  if (!isSameFrame || a.name !== b.name || a.timeMs !== b.timeMs) return false;
  return memberDifference(a.data, b.data) === undefined ||
    memberDifference(eventPayload(a), eventPayload(b)) === undefined;
}

function differenceOf(
  { event, place, payload }: LoneEvent,
  kind: Difference["class"],
): Difference {
  const timeMs = event.timeMs ?? place.timeMs;
  const text = JSON.stringify(payload);
  // No half of a pair of surrogates is left.
  const data = text.length <= DATA_MAX
    ? text
    : `${text.slice(0, DATA_MAX - 1).replace(/[\ud800-\udbff]$/, "")}…`;
  return { what: "event", class: kind, ...placed(place), timeMs, event: event.name, data };
}

/** The first member in which two events differ: of what they hold, else of time or frame. */
function changeOf(one: LoneEvent, other: LoneEvent): Difference {
  const [{ event: a }, { event: b }] = [one, other];
  const own = ["t", a.timeMs, b.timeMs] as const;
  const [path, ofA, ofB] = a.timeMs === b.timeMs ? ["f", a.frame, b.frame] as const : own;
  const member = memberDifference(one.payload, other.payload) ?? { path, a: ofA, b: ofB };
  return { ...differenceOf(one, "exact"), ...member };
}
