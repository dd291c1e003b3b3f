import assert from "node:assert/strict";
import { test } from "node:test";
import { EntityNames } from "../core/names/entity_names.ts";
import { checkStates } from "./check/check_states.ts";
import { readStates } from "./read_states.ts";
import type { ReadStatesOptions } from "./states_options.ts";

const CODES = ["listed-entities", "entities-in-entities"];

async function notesOf(lines: readonly object[], options: ReadStatesOptions = {}) {
  const notes: string[] = [];
  const states = readStates(new Blob([textOf(lines)]).stream(), {
    ...options,
    names: new EntityNames(),
    onNote: ({ code, remedy }) => {
      if (CODES.includes(code)) notes.push(`${code}: ${remedy}`);
    },
  });
  for await (const _ of states);
  return notes;
}

function textOf(lines: readonly object[]): string {
  return lines.map((line) => JSON.stringify(line) + "\n").join("");
}

/** Frames with a map of players, and a list that grows. */
function frames(list: string, item: (i: number) => object): object[] {
  return Array.from({ length: 20 }, (_, f) => ({
    f,
    t: 50 * f,
    Players: { g1: { X: f } },
    [list]: Array.from({ length: f }, (_, i) => item(i)),
  }));
}

test("readStates() notes lists of frames whose objects have another key of ids", async () => {
  const twice = (list: string, item: (i: number) => object) => frames(list, item).slice(0, 3);
  assert.deepEqual(await notesOf(twice("Bullets", (i) => ({ Id: `b-${i}`, X: 1 }))), [
    "listed-entities: if they are entities, give idKey Id",
  ]);
  assert.deepEqual(await notesOf(twice("Bullets", (i) => ({ X: 1, BulletId: i }))), [
    "listed-entities: if they are entities, give idKey BulletId",
  ]);
  const given = { entities: ["Players"] };
  assert.deepEqual(await notesOf(twice("Bullets", (i) => ({ Id: i, X: 1 })), given), []);
  assert.deepEqual(await notesOf(twice("Walls", () => ({ X: 1, wide: 2 }))), []);
  assert.deepEqual(await notesOf(twice("Walls", (i) => i > 0 ? { X: 1 } : { Id: i })), []);
});

test("readStates() notes entities in the lists of an entity, not what one carries", async () => {
  const note = "entities-in-entities: if they are, name the places of those lists with entities";
  const worlds = (entities: object[]) => [
    { f: 0, t: 0, worlds: { a: { time: 5, entities }, b: { time: 9, entities } } },
  ];
  assert.deepEqual(await notesOf(worlds([{ id: "a", x: 1 }, { id: "b", x: 1 }])), [note]);
  assert.deepEqual(await notesOf(worlds([{ x: 1 }, { x: 2 }])), []);
  const row = (list: string) => [{ f: 0, t: 0, id: 1, [list]: [{ id: 5, n: 1 }] }];
  assert.deepEqual(await notesOf(row("units")), [note]);
  assert.deepEqual(await notesOf(row("items")), []);
});

test("checkStates() makes objects of lists entities by their key of ids, however many there are", async () => {
  for (const fields of [0, 8]) {
    const more = Object.fromEntries(Array.from({ length: fields }, (_, i) => [`F${i}`, i]));
    const text = textOf(frames("Bullets", (i) => ({ Id: `b-${i}`, X: i, ...more })));
    const { options, left, states } = await checkStates({
      isRepeatable: true,
      states: () => new Blob([text]).stream(),
    }, {});
    assert.deepEqual([options.idKey, options.leaveOut, left], ["Id", undefined, []]);
    assert.deepEqual(states?.kinds.map(({ name, entities, rows }) => [name, entities, rows]), [
      ["Players", 1, 20],
      ["Bullets", 19, 190],
    ]);
  }
});
