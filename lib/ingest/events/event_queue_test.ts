import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { StateEvent } from "../../core/state/state.ts";
import { EventQueue, type EventQueueOptions } from "./event_queue.ts";

const event = (name: string, frame?: number, timeMs?: number): StateEvent => ({
  frame,
  timeMs,
  name,
  data: {},
});
const head = (frame: number, timeMs = frame * 10) => ({ frame, timeMs });
const namesOf = (events: readonly StateEvent[]) => events.map(({ name }) => name).join("");

function queueOf(options: EventQueueOptions, events: readonly StateEvent[]): EventQueue {
  const queue = new EventQueue(options);
  for (const one of events) queue.add(one);
  return queue;
}

test("EventQueue.due() gives what is not after a frame, by frame and then by place", () => {
  const queue = queueOf({}, [
    ...[event("c", 2), event("a", 1), event("d", 2), event("t", undefined, 15), event("z", 9)],
  ]);
  assert.equal(namesOf(queue.due(head(1))), "a");
  assert.equal(namesOf(queue.due(head(2))), "cdt");
  assert.equal(queue.count, 1);
  queue.add(event("late", 1));
  assert.equal(namesOf(queue.due(head(3))), "late");
  assert.equal(namesOf(queue.rest()), "z");
  assert.equal(queue.count, 0);
  queue.add(event("after", 4));
  assert.equal(namesOf(queue.rest()), "after");
});

test("EventQueue gives every event once, none early, in order where none is late", () => {
  const place = fc.record({ frame: fc.option(fc.nat(50)), timeMs: fc.nat(600) });
  fc.assert(fc.property(fc.array(place, { maxLength: 40 }), (places) => {
    const events = places.map(({ frame, timeMs }, i) =>
      frame === null ? event(`${i}`, undefined, timeMs) : event(`${i}`, frame)
    );
    const queue = queueOf({}, events);
    const given: string[] = [];
    for (let frame = 0; frame <= 40; frame += 2) {
      for (const one of queue.due(head(frame))) {
        const isEarly = one.frame === undefined ? one.timeMs! > frame * 10 : one.frame > frame;
        const isLate = one.frame === undefined
          ? one.timeMs! <= frame * 10 - 20
          : one.frame <= frame - 2;
        assert.ok(!isEarly && (!isLate || frame === 0));
        given.push(one.name);
      }
    }
    given.push(...queue.rest().map(({ name }) => name));
    assert.deepEqual(
      given.toSorted((a, b) => Number(a) - Number(b)),
      events.map(({ name }) => name),
    );
  }));
});

test("EventQueue.endSession() gives the events of each session, by a step back beyond the window", () => {
  const events = [event("b", 901), event("a", 900), event("l", 950), event("d", 2), event("c", 0)];
  const queue = queueOf({ isSplit: true }, events);
  assert.equal(namesOf(queue.due(head(900))), "a");
  assert.equal(namesOf(queue.due(head(901))), "b");
  assert.equal(namesOf(queue.endSession(head(0, 0))), "l");
  assert.equal(namesOf(queue.due(head(0))), "c");
  assert.equal(namesOf(queue.rest()), "d");
  assert.deepEqual(queue.notes(), []);
});

test("EventQueue.endSession() keeps what by its time is of the next session", () => {
  const events = [event("a", undefined, 10), event("l", undefined, 30), event("b", undefined, 95)];
  const queue = queueOf({ isSplit: true }, events);
  assert.equal(namesOf(queue.due({ frame: 5, timeMs: 20 })), "a");
  assert.equal(namesOf(queue.endSession({ frame: 0, timeMs: 100 })), "l");
  assert.equal(namesOf(queue.due({ frame: 0, timeMs: 100 })), "b");
  assert.deepEqual(queue.notes(), []);
});

test("EventQueue places events by times that go on over restarts, whatever their order says", () => {
  // Three sessions of frames 0 to 60, of which the second has no events.
  const queue = queueOf({ isSplit: true }, [
    ...[event("b", 50, 510), event("a", 10, 100), event("l", 61, 615)],
    ...[event("z", 70, 20_200), event("y", 60, 20_100)],
  ]);
  assert.equal(namesOf(queue.due(head(20))), "a");
  assert.equal(namesOf(queue.due(head(60))), "b");
  assert.equal(namesOf(queue.endSession(head(0, 10_000))), "l");
  assert.equal(namesOf(queue.due(head(60, 10_600))), "");
  assert.equal(namesOf(queue.endSession(head(0, 20_000))), "");
  assert.equal(namesOf(queue.due(head(60, 20_100))), "y");
  assert.equal(namesOf(queue.due(head(80, 20_300))), "z");
  assert.deepEqual(queue.notes(), []);
  assert.equal(queue.count, 0);
});

test("EventQueue leaves times of another clock to the order of events", () => {
  const epoch = Date.UTC(2026, 0, 1);
  const queue = queueOf({ isSplit: true }, [
    ...[event("a", 900, epoch), event("b", 901, epoch + 10), event("c", 1, epoch + 99_000)],
  ]);
  assert.equal(namesOf(queue.due(head(901, 9010))), "ab");
  assert.equal(namesOf(queue.endSession(head(0, 99_000))), "");
  assert.equal(namesOf(queue.due(head(1, 99_010))), "c");
});

test("EventQueue.endSession() keeps a frame that its session is far from", () => {
  const queue = queueOf({ isSplit: true }, [event("a", 5), event("b", 11), event("c", 700)]);
  assert.equal(namesOf(queue.due(head(0))), "");
  assert.equal(namesOf(queue.due(head(10))), "a");
  assert.equal(namesOf(queue.endSession(head(0))), "b");
  assert.equal(namesOf(queue.due(head(800))), "c");
  assert.deepEqual(queue.notes().map(({ code }) => code), ["event-sessions"]);
});

test("EventQueue notes sessions whose events are not surely its own", () => {
  const queue = queueOf({ isSplit: true }, [event("a", 0), event("b", 50), event("c", 3)]);
  assert.equal(namesOf(queue.due(head(60))), "acb");
  assert.equal(namesOf(queue.endSession(head(0, 0))), "");
  assert.deepEqual(queue.notes().map(({ code }) => code), ["event-sessions"]);
  const sure = queueOf({ isSplit: true, windowMs: 100 }, [
    ...[event("a", 0), event("b", 50), event("c", 3)],
  ]);
  assert.equal(namesOf(sure.due(head(60))), "ab");
  sure.endSession(head(0, 0));
  assert.equal(namesOf(sure.due(head(4))), "c");
  assert.deepEqual(sure.notes(), []);
});

test("EventQueue unwraps frames by the event before, or by the states of their time", () => {
  const framesOf = (events: readonly StateEvent[]) => events.map(({ frame }) => frame);
  const queue = queueOf({ frameBits: 8, frameOffset: 2 }, [
    ...[event("a", 254), event("b", 1), event("c", 253), event("t", 3, 55)],
  ]);
  assert.deepEqual(framesOf(queue.due({ frame: 512, timeMs: 10 })), [511, 512]);
  assert.deepEqual(framesOf(queue.due({ frame: 517, timeMs: 60 })), [515, 517]);
  assert.equal(queue.count, 0);
});

test("EventQueue counts the events of a live stream that come too late", () => {
  const queue = new EventQueue({ isLive: true, windowMs: 50 });
  queue.due(head(0));
  queue.due(head(10));
  queue.add(event("in", 6));
  queue.add(event("out", 4));
  assert.equal(namesOf(queue.due(head(11))), "outin");
  assert.match(queue.notes()[0]!.problem, /^1 events came more than 50 ms after .* up to 60 ms/);
});

test("EventQueue notes times that go back although those of the states do not", () => {
  const late = [event("b", undefined, 9050), event("a", undefined, 50.5)];
  const queue = queueOf({ isSplit: true }, late);
  assert.equal(namesOf(queue.due(head(0, 0))), "");
  assert.equal(namesOf(queue.due(head(1, 100))), "");
  queue.endSession(head(0, 9000));
  queue.due(head(1, 9100));
  const [note] = queue.notes();
  assert.equal(note!.code, "event-sessions");
  assert.match(note!.problem, /^times of events go back by up to 9000 ms, .* over 2 sessions/);
  assert.match(String(note!.remedy), /give eventWindowMs 9000$/);
  const wide = queueOf({ isSplit: true, windowMs: 9000 }, late);
  wide.due(head(0, 0));
  assert.equal(namesOf(wide.due(head(1, 100))), "a");
  assert.equal(namesOf(wide.endSession(head(0, 9000))), "");
  assert.equal(namesOf(wide.due(head(1, 9100))), "b");
  assert.deepEqual(wide.notes(), []);
});

test("EventQueue.aged() takes out what waited at the call before, frame or none", () => {
  const queue = new EventQueue({ isLive: true });
  const add = (name: string, frame?: number, timeMs?: number) =>
    queue.add({ frame, timeMs, name, data: { ev: name } });
  const aged = () => queue.aged().map(({ name }) => name).join("");
  add("a", 90);
  assert.equal(aged(), "");
  add("b", undefined, 7000);
  assert.equal(aged(), "a");
  assert.equal(queue.count, 1);
  assert.deepEqual(queue.due({ frame: 1, timeMs: 16 }), []);
  // The first frame lets it in, and it may be due with the next.
  assert.equal(aged(), "");
  assert.equal(aged(), "b");
  add("d", 50);
  add("c", 40);
  assert.equal(aged(), "");
  add("e", 30);
  add("f", 1);
  assert.deepEqual(queue.due({ frame: 2, timeMs: 33 }).map(({ name }) => name), ["f"]);
  assert.equal(aged(), "cd");
  assert.equal(aged(), "e");
  assert.equal(queue.count, 0);
});
