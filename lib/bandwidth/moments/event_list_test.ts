import assert from "node:assert/strict";
import { test } from "node:test";
import { EventList, type FramedEvent } from "./event_list.ts";

const event = (name: string, frame: number, data = {}, timeMs?: number): FramedEvent => ({
  name,
  frame,
  timeMs,
  data,
});

test("EventList puts events that name their frame alone at its time", () => {
  const list = new EventList(new Map([["hit", 4]]));
  list.add(event("hit", 2));
  list.add(event("hit", 11));
  list.add(event("hit", 12, {}, 333));
  list.add(event("hit", 99));
  // Frames 10 to 12 and 20 are recorded.
  for (const [frame, timeMs] of [[10, 100], [11, 110], [12, 120], [20, 400]] as const) {
    list.reach(frame, timeMs);
  }
  const { events, leftOut, names } = list.list();
  assert.deepEqual(events.map(({ frame, timeMs }) => [frame, timeMs]), [
    [2, 100],
    [11, 110],
    [12, 333],
    [99, 400],
  ]);
  assert.deepEqual(names, [{ name: "hit", count: 4 }]);
  assert.equal(leftOut, 0);
});

test("EventList gives an event between recorded frames the time of the one before it", () => {
  const list = new EventList(new Map([["hit", 1]]));
  list.add(event("hit", 15));
  list.reach(12, 120);
  list.reach(20, 400);
  assert.equal(list.list().events[0]!.timeMs, 120);
});

test("EventList keeps the order of frames where they begin again at 0", () => {
  const list = new EventList(new Map([["hit", 2]]));
  list.add(event("hit", 2 ** 32 - 1));
  list.add(event("hit", 1));
  for (const [frame, timeMs] of [[2 ** 32 - 1, 10], [0, 20], [1, 30], [2, 40]] as const) {
    list.reach(frame, timeMs);
  }
  assert.deepEqual(list.list().events.map(({ timeMs }) => timeMs), [10, 30]);
});

test("EventList says in short what else an event says", () => {
  const list = new EventList(new Map([["hit", 4]]));
  const textOf = (data: Record<string, unknown>) => {
    list.add(event("hit", 0, data));
    return list.list().events.at(-1)!.text;
  };
  assert.equal(
    textOf({ f: 3, t: 4.5, ev: "hit", by: "Ada", at: [1, 2.5], isKill: true, team: null }),
    "by=Ada at=[1,2.5] isKill=true team=null",
  );
  assert.equal(textOf({ ev: "hit" }), "");
  const long = textOf({ text: "x".repeat(300) });
  assert.equal(long.length, 120);
  assert.ok(long.startsWith("text=xxx") && long.endsWith("…"));
  assert.equal(textOf({ text: "a\u202eb\nc" }), "text=a\\u{202e}b\\u{a}c");
});

test("EventList lists few of many events, evenly, and all of names that have few", () => {
  const counts = new Map([["rare", 3], ["shot", 60_000], ["step", 30_000]]);
  const list = new EventList(counts);
  for (let frame = 0; frame < 30_000; frame++) {
    if (frame % 10_000 === 5000) list.add(event("rare", frame));
    list.add(event("shot", frame));
    list.add(event("step", frame));
    list.add(event("shot", frame));
    list.add(event("lost", frame));
  }
  for (let frame = 0; frame < 30_000; frame++) list.reach(frame, frame * 10);
  const { events, leftOut, names } = list.list();
  assert.deepEqual(names, [
    { name: "shot", count: 60_000 },
    { name: "step", count: 30_000 },
    { name: "rare", count: 3 },
  ]);
  const framesOf = (name: string) =>
    events.filter((listed) => names[listed.name]!.name === name).map(({ frame }) => frame);
  // What nobody counted is listed by no name.
  assert.equal(leftOut, 90_003 + 30_000 - 5000);
  assert.deepEqual(framesOf("rare"), [5000, 15_000, 25_000]);
  for (const [name, expected] of [["shot", 2499], ["step", 2498]] as const) {
    const frames = framesOf(name);
    assert.equal(frames.length, expected);
    for (let tenth = 0; tenth < 10; tenth++) {
      const inTenth = frames.filter((frame) => Math.floor(frame / 3000) === tenth).length;
      assert.ok(Math.abs(inTenth - expected / 10) <= 1, `${name} ${tenth}: ${inTenth}`);
    }
  }
});

test("EventList lists at most so many names and events, whatever is counted", () => {
  const counts = new Map(Array.from({ length: 3000 }, (_, i) => [`event ${i}`, 1 + (i % 7)]));
  const list = new EventList(counts);
  let count = 0;
  for (const [name, times] of counts) {
    // More come than were counted.
    for (let i = 0; i < times + 5; i++, count++) list.add(event(name, count));
  }
  const { events, leftOut, names } = list.list();
  assert.equal(names.length, 1000);
  assert.ok(events.length <= 5000);
  assert.equal(leftOut, count - events.length);
  assert.ok(events.every(({ name }) => name < names.length));
});
