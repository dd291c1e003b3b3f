import assert from "node:assert/strict";
import { test } from "node:test";
import { EntityNames } from "../core/names/entity_names.ts";
import type { StateEvent } from "../core/state/state.ts";
import { readStates } from "./read_states.ts";

const KEYS = { kindKey: "type", eventKey: "type" };

async function read(lines: readonly object[]) {
  const text = lines.map((line) => JSON.stringify(line)).join("\n");
  const events: StateEvent[] = [];
  const notes: string[] = [];
  const frames = await Array.fromAsync(readStates(new Blob([text]).stream(), {
    ...KEYS,
    names: new EntityNames(),
    onEvent: (event) => void events.push(event),
    onNote: ({ code }) => notes.push(code),
  }));
  const states = frames.map(({ entities }) =>
    entities.map(({ id, kind, fields }) => [id, kind, fields])
  );
  return { states, events: events.map(({ frame, name }) => [frame, name]), notes };
}

const frame = (f: number, x: number) => ({
  f,
  t: f * 50,
  type: "SNAPSHOT",
  entities: [{ id: 1, type: "ZOMBIE", x }],
});

test("readStates() with one key for kinds and events takes lines among whole frames for events", async () => {
  const hit = { f: 1, t: 50, type: "HIT", by: 1, at: { x: 1, y: 2 }, with: [] };
  for (const first of [[], [{ f: 0, t: 0, type: "START" }]]) {
    const { states, events, notes } = await read([
      ...first,
      ...[0, 1].map((f) => ({ ...frame(f, f + 1), type: undefined })),
      hit,
    ]);
    assert.deepEqual(states, [[[1, "ZOMBIE", { x: 1 }]], [[1, "ZOMBIE", { x: 2 }]]]);
    assert.deepEqual(events, [...first.map(() => [0, "START"]), [1, "HIT"]]);
    assert.deepEqual(notes, []);
  }
});

test("readStates() with one key for kinds and events keeps whole frames that have it, and empty ones", async () => {
  const empty = { f: 1, t: 50, type: "SNAPSHOT", entities: [] };
  const { states, events } = await read([frame(0, 1), empty, { f: 1, type: "END" }]);
  const [first, second] = states;
  assert.deepEqual(first, [[1, "ZOMBIE", { x: 1 }], [2, "frame", { type: "SNAPSHOT" }]]);
  assert.deepEqual(second, [[2, "frame", { type: "SNAPSHOT" }]]);
  assert.deepEqual(events, [[1, "END"]]);
});

test("readStates() with one key for kinds and events tells where it makes no row an event", async () => {
  const rows = [{ f: 0, t: 0, id: 1, type: "ZOMBIE", x: 1 }, { f: 1, t: 50, id: 1, x: 2 }];
  const { states, events, notes } = await read(rows.map((row) => ({ ...row, type: "ZOMBIE" })));
  assert.deepEqual(states, [[[1, "ZOMBIE", { x: 1 }]], [[1, "ZOMBIE", { x: 2 }]]]);
  assert.deepEqual(events, []);
  assert.deepEqual(notes, ["unused-event-key"]);
});
