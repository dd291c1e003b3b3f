import type { StateEvent } from "../../../core/state/state.ts";
import { eventPayload } from "../../select/event_payload.ts";
import type { Side } from "../difference.ts";
import { canonicalText } from "./member_difference.ts";
import type { Place } from "../place.ts";

/** An event without a counterpart so far. */
export class LoneEvent {
  /** Recording that has it. */
  readonly side: Side;
  /** Where it stands. */
  readonly place: Place;
  /** The event. */
  readonly event: StateEvent;
  /** Frame that it names, counted from where both recordings count alike. */
  readonly frame: number | undefined;
  /** What it holds besides name, frame and time. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** Same for events that differ in nothing but their times. */
  readonly key: string;

  /** @param origin frame of its recording from which both count alike */
  constructor(side: Side, event: StateEvent, place: Place, origin: number) {
    this.side = side;
    this.event = event;
    this.place = place;
    this.frame = event.frame === undefined ? undefined : (event.frame - origin) | 0;
    this.payload = eventPayload(event);
    this.key = canonicalText([event.name, this.frame ?? null, this.payload]);
  }
}

/** Gets what becomes of lone events. */
export interface LoneEventTaker {
  /** Two that are equal but for their times. */
  equal(a: LoneEvent, b: LoneEvent): void;
  /** Two of one name that differ in what they hold. */
  changed(a: LoneEvent, b: LoneEvent): void;
  /** One that only its recording has. */
  only(event: LoneEvent): void;
}

/** Events of two recordings that wait for a counterpart. */
export class LoneEvents {
  /** Length of the texts that are kept. */
  cost = 0;
  readonly #waiting: { readonly [side in Side]: Map<string, LoneEvent[]> } = {
    a: new Map(),
    b: new Map(),
  };

  /** Adds an event. @returns its counterpart, which waited with the same time and data, and is gone */
  add(event: LoneEvent): LoneEvent | undefined {
    const key = `${event.event.timeMs} ${event.key}`;
    const others = this.#waiting[event.side === "a" ? "b" : "a"];
    const same = others.get(key);
    const found = same?.pop();
    if (found !== undefined) {
      if (same!.length === 0) others.delete(key);
      this.cost -= key.length;
      return found;
    }
    const mine = this.#waiting[event.side];
    const list = mine.get(key);
    if (list === undefined) mine.set(key, [event]);
    else list.push(event);
    this.cost += key.length;
    return undefined;
  }

  /**
   * Pairs up those that are left, the nearest in data first, and forgets them.
   *
   * @param toleranceMs most time between two that are equal otherwise
   * @param group two may only have changed into each other when this says the same of both
   */
  settle(toleranceMs: number, group: (event: LoneEvent) => string, take: LoneEventTaker): void {
    let a = this.#drain("a");
    let b = this.#drain("b");
    this.cost = 0;
    if (toleranceMs > 0) {
      const alike = ({ event, key }: LoneEvent) => `${event.timeMs === undefined} ${key}`;
      [a, b] = pairUp(a, b, alike, take.equal, toleranceMs);
    }
    [a, b] = pairUp(a, b, group, take.changed, Infinity);
    for (const event of [...a, ...b]) take.only(event);
  }

  #drain(side: Side): LoneEvent[] {
    const events = [...this.#waiting[side].values()].flat();
    this.#waiting[side].clear();
    return events;
  }
}

/** Pairs events of a group in the order of their times, and returns those without a partner. */
function pairUp(
  a: readonly LoneEvent[],
  b: readonly LoneEvent[],
  group: (event: LoneEvent) => string,
  take: (a: LoneEvent, b: LoneEvent) => void,
  toleranceMs: number,
): [LoneEvent[], LoneEvent[]] {
  const groups = Map.groupBy(b.toSorted(byTime), group);
  // From the last on, so that what is taken is the end of a list.
  for (const list of groups.values()) list.reverse();
  const left: LoneEvent[] = [];
  const paired = new Set<LoneEvent>();
  for (const event of a.toSorted(byTime)) {
    const list = groups.get(group(event)) ?? [];
    while (list.length > 0 && timeOf(list.at(-1)!) < timeOf(event) - toleranceMs) list.pop();
    const partner = list.at(-1);
    if (partner === undefined || timeOf(partner) > timeOf(event) + toleranceMs) left.push(event);
    else {
      list.pop();
      paired.add(partner);
      take(event, partner);
    }
  }
  return [left, b.filter((event) => !paired.has(event))];
}

function byTime(one: LoneEvent, other: LoneEvent): number {
  return timeOf(one) - timeOf(other);
}

function timeOf({ event }: LoneEvent): number {
  return event.timeMs ?? 0;
}
