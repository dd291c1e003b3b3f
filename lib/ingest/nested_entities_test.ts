import assert from "node:assert/strict";
import { test } from "node:test";
import { EntityNames } from "../core/names/entity_names.ts";
import { readStates } from "./read_states.ts";

async function noteOf(row: (f: number) => object, ids: readonly string[] = ["room1"]) {
  const rows = [0, 1, 2].flatMap((f) => ids.map((id) => ({ f, t: f * 50, id, ...row(f) })));
  const text = rows.map((row) => JSON.stringify(row) + "\n").join("");
  const notes: string[] = [];
  const states = readStates(new Blob([text]).stream(), {
    names: new EntityNames(),
    onNote: ({ code, remedy }) => {
      if (code === "nested-entities") notes.push(String(remedy));
    },
  });
  for await (const _ of states);
  return notes;
}

test("readStates() notes that the rows of one entity hold what may be the entities", async () => {
  const players = { a: { x: 1, y: 2 }, b: { x: 3, y: 4 } };
  assert.deepEqual(await noteOf((f) => ({ phase: f, players })), [
    "if they are the entities, give entities players",
  ]);
  assert.deepEqual(await noteOf(() => ({ state: { players, rockets: { "7": { x: 1 } } } })), [
    "if they are the entities, give entities state.players",
  ]);
});

test("readStates() notes nothing of that where there are more entities, or parts of one", async () => {
  const players = { a: { x: 1, y: 2 }, b: { x: 3, y: 4 } };
  assert.deepEqual(await noteOf(() => ({ players }), ["room1", "room2"]), []);
  const at = { x: 1, y: 2, z: 3 };
  assert.deepEqual(await noteOf(() => ({ transform: { position: at, rotation: at } })), []);
  assert.deepEqual(await noteOf(() => ({ items: [{ id: 5, n: 1 }, { id: 6, n: 2 }] })), []);
  assert.deepEqual(await noteOf(() => ({ a: { b: { c: 1 } }, d: { e: 1, f: 2 } })), []);
});
