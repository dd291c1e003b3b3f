import assert from "node:assert/strict";
import { test } from "node:test";
import { EventTimes } from "./event_times.ts";

type Event = readonly [frame: number | undefined, timeMs: number | undefined];

/** Note on events beside 3000 frames at 50 Hz that start at a time. */
function noteOn(events: readonly Event[], startMs = 0) {
  const times = new EventTimes();
  for (let frame = 0; frame < 3000; frame++) times.addFrame(frame, startMs + frame * 20);
  for (const [frame, timeMs] of events) times.addEvent({ frame, timeMs, name: "shot", data: {} });
  return times.note();
}
const every500 = (factor: number, from = 0, hasFrame = true) =>
  Array.from(
    { length: 6 },
    (_, i): Event => [hasFrame ? i * 500 : undefined, from + i * 10_000 * factor],
  );

test("EventTimes tells events of another unit", () => {
  const odd: readonly [name: string, events: readonly Event[], startMs?: number][] = [
    ["seconds", every500(0.001)],
    ["microseconds", every500(1000)],
    ["seconds beside an epoch in milliseconds", every500(0.001, 1.7e9), 1.7e12],
    ["one event in seconds", [[2000, 40.1]]],
    ["seconds without frames", every500(0.001, 0, false)],
    ["microseconds without frames", every500(1000, 0, false)],
  ];
  for (const [name, events, startMs] of odd) {
    assert.match(`${noteOn(events, startMs)?.remedy}`, /write both in one unit/, name);
  }
  assert.match(noteOn(every500(0.001))!.problem, /times reach 50 ms where the states' reach 50000/);
});

test("EventTimes says nothing of events that fit", () => {
  const usual: readonly [name: string, events: readonly Event[], startMs?: number][] = [
    ["none", []],
    ["the states' own times", every500(1)],
    ["a clock that starts elsewhere", every500(1, 5_000_000)],
    ["frames alone", [[0, undefined], [2000, undefined]]],
    ["two at one moment", [[10, 200], [11, 200.01]], 100_000],
    ["times alone", every500(1, 0, false)],
    ["players that join at the start", [0, 1, 2, 3, 4, 5].map((ms) => [undefined, ms] as const)],
    ["one early event", [[1, 20]]],
  ];
  for (const [name, events, startMs] of usual) {
    assert.equal(noteOn(events, startMs), undefined, name);
  }
});
