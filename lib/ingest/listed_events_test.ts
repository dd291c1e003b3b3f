import assert from "node:assert/strict";
import { test } from "node:test";
import { checkStates, type InputNote, readStates, type ReadStatesOptions } from "../ingest.ts";
import { EntityNames } from "../world.ts";

const bytesOf = (frames: readonly object[]) =>
  new Blob(frames.map((frame, f) => `${JSON.stringify({ f, t: f * 50, ...frame })}\n`)).stream();

async function notesOf(frames: readonly object[], options: ReadStatesOptions = {}) {
  const notes: InputNote[] = [];
  const names = new EntityNames();
  const onNote = (note: InputNote) => void notes.push(note);
  const onEvent = () => {};
  await Array.fromAsync(readStates(bytesOf(frames), { names, onNote, onEvent, ...options }));
  return notes.flatMap(({ code, remedy }) => code === "listed-events" ? [String(remedy)] : []);
}

const players = { a: { x: 1 } };

test("readStates() notes lists that look like events by another key, with or without ids", async () => {
  const remedies = ["name the key of their names with eventKey type"];
  assert.deepEqual(await notesOf([{ players, events: [{ type: "chat", msg: "hi" }] }]), remedies);
  const withIds = [{ players, events: [{ type: "shot", id: "h1" }, { type: "shot", id: "h2" }] }];
  assert.deepEqual(await notesOf(withIds), remedies);
  assert.deepEqual(await notesOf([{ players, state: { chat: [{ name: "hi" }] } }]), [
    "name the key of their names with eventKey name",
  ]);
});

test("readStates() notes no list of another name, of events, or that is named as entities", async () => {
  assert.deepEqual(await notesOf([{ players, inventory: [{ type: "rl", ammo: 3 }] }]), []);
  assert.deepEqual(await notesOf([{ players, events: [{ ev: "shot", type: "rl" }] }]), []);
  assert.deepEqual(await notesOf([{ players, events: [{ x: 1 }, { type: "a" }] }]), []);
  const entities = ["events"];
  assert.deepEqual(await notesOf([{ events: [{ id: 1, type: "a" }] }], { entities }), []);
});

test("checkStates() records such lists as events, unless entities have the key as well", async () => {
  const eventKeyOf = async (player: object) => {
    const frames = [{ players: { a: player }, events: [{ type: "chat" }] }];
    const input = { isRepeatable: true, states: () => bytesOf(frames) };
    return (await checkStates(input, {})).options.eventKey;
  };
  assert.equal(await eventKeyOf({ x: 1 }), "type");
  const twice = [{ players, events: [{ type: "shot", id: "a" }] }];
  const input = { isRepeatable: true, states: () => bytesOf(twice) };
  const { eventKey, idsByKind } = (await checkStates(input, {})).options;
  assert.deepEqual([eventKey, idsByKind], ["type", undefined]);
  assert.equal(await eventKeyOf({ x: 1, type: "ogre" }), undefined);
});
