import assert from "node:assert/strict";
import { test } from "node:test";
import type { StateEvent } from "../core/state/state.ts";
import { readStates } from "./read_states.ts";
import type { ReadStatesOptions } from "./states_options.ts";

async function eventsOf(lines: readonly object[], options: ReadStatesOptions) {
  const text = lines.map((line) => JSON.stringify(line)).join("\n");
  const told: (readonly [frame: number | undefined, timeMs: number | undefined])[] = [];
  const onEvent = ({ frame, timeMs }: StateEvent) => void told.push([frame, timeMs]);
  const input = new Blob([text]).stream();
  const frames = await Array.fromAsync(readStates(input, { ...options, onEvent }));
  return { told, frames: frames.map(({ frame }) => frame) };
}

test("readStates() takes the frame and the time of an event that stand beside its name", async () => {
  const state = (sequence: number) => ({
    sequence,
    time: sequence * 1000,
    entities: [{ id: 1, x: sequence }],
  });
  const keys = {
    frameKey: "sequence",
    timeKey: "time",
    timeUnit: "us",
    eventKey: "event.type",
  } as const;
  const beside = { event: { type: "SHOT", sequence: 5, time: "5000" } };
  const { told, frames } = await eventsOf([state(4), beside, state(5)], keys);
  assert.deepEqual(told, [[5, 5]]);
  assert.deepEqual(frames, [4, 5]);
  const both = { sequence: 4, event: { type: "SHOT", sequence: 5 } };
  assert.deepEqual((await eventsOf([state(4), both, state(5)], keys)).told, [[4, undefined]]);
  const none = { event: { type: "SHOT", sequence: null } };
  assert.deepEqual((await eventsOf([state(4), none, state(5)], keys)).told, [[4, undefined]]);
  const bad = { event: { type: "SHOT", sequence: 5, time: "noon" } };
  await assert.rejects(eventsOf([state(4), bad], keys), /"event\.time" is the text "noon"/);
});

test("readStates() takes the frame beside an event's name where states have it in an object", async () => {
  const state = (f: number) => ({ state: { f, t: f * 50, entities: [{ id: 1, x: f }] } });
  const { told } = await eventsOf([state(7), { event: { type: "SHOT", f: 8, t: 400 } }, state(8)], {
    frameKey: "state.f",
    timeKey: "state.t",
    eventKey: "event.type",
  });
  assert.deepEqual(told, [[8, 400]]);
});
