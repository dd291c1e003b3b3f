import assert from "node:assert/strict";
import { test } from "node:test";
import { EntityNames } from "../core/names/entity_names.ts";
import { InputSyntaxError } from "./input/input_error.ts";
import { readStates } from "./read_states.ts";
import type { ReadStatesOptions } from "./states_options.ts";

const at = (f: number, rest: object) => ({ f, t: f * 10, ...rest });
const player = (f: number) => at(f, { players: { a: { x: f } } });

/** Frames by index with the ids of their entities, names of events, codes of notes, and the end. */
async function read(lines: readonly object[], options: ReadStatesOptions = {}) {
  const names = new EntityNames();
  const frames: (readonly [frame: number, ...ids: (string | number)[]])[] = [];
  const events: string[] = [];
  const notes: string[] = [];
  let error: InputSyntaxError | undefined;
  try {
    const text = lines.map((line) => JSON.stringify(line)).join("\n");
    const states = readStates(new Blob([text]).stream(), {
      source: "in",
      names,
      onEvent: ({ name }) => void events.push(name),
      onNote: ({ code, problem, remedy }) => void notes.push(`${code}: ${problem}; ${remedy}`),
      ...options,
    });
    for await (const { frame, entities } of states) {
      frames.push([frame, ...entities.map(({ id }) => names.idOf(id))]);
    }
  } catch (thrown) {
    assert.ok(thrown instanceof InputSyntaxError, String(thrown));
    error = thrown;
  }
  return { frames, events, notes, error };
}

/** A line behind a frame that has players, and the key that it may be an event by. */
const SILENT: readonly [line: object, eventKey: string | undefined][] = [
  [{ event: "shot", shooter: 1 }, "event"],
  [{ evt: "shot", by: "a" }, "evt"],
  [{ eventName: "CmdFire", target: 2 }, "eventName"],
  [{ type: "kill", victim: "a" }, "type"],
  [{ action: "jump" }, "action"],
  [{ msg: "hello", from: "a" }, "msg"],
  [{ cmd: "say", args: [] }, "cmd"],
  [{ msg: "hi all", name: "bob", op: "chat" }, "op"],
  [{ event: "hit", targets: [{ id: 3 }] }, "event"],
  [{ type: "hit", targets: { b: { hp: 3 }, c: { hp: 4 } } }, "type"],
  [{ event: { name: "shot", by: 1 } }, "event.name"],
  [{ log: [{ ev: "shot" }] }, undefined],
  [{ phase: "lobby" }, undefined],
  [{ event: 5 }, undefined],
  [{}, undefined],
];

test("readStates() refuses a line without any collection among whole frames, and names the key of an event", async () => {
  for (const [rest, eventKey] of SILENT) {
    const { frames, error } = await read([player(0), at(1, rest)]);
    const about = JSON.stringify(rest);
    assert.deepEqual(frames, [[0, "a"]], about);
    assert.match(error!.message, /^Cannot read in:2: the line has no collection players;/, about);
    assert.deepEqual([error!.sort.code, error!.sort.field], ["no-entities", eventKey], about);
    const advice = eventKey === undefined
      ? 'send an empty collection, "players":{}, where no entity is there, and name the key of events with eventKey'
      : `if it is an event, name its key with eventKey ${eventKey}; else send an empty collection, "players":{}, where no entity is there`;
    assert.equal(String(error!.remedy), advice, about);
  }
});

test("readStates() refuses a row that may be an event behind whole frames, not where rows come first", async () => {
  for (const key of ["event", "type", "action", "cmd"]) {
    const row = at(1, { id: "a", [key]: "shot" });
    const { frames, error } = await read([player(0), row, player(2)]);
    assert.deepEqual(frames, [[0, "a"]]);
    assert.equal(
      error!.message,
      "Cannot read in:2: the line has no collection players, but an entity id: its frame would hold " +
        `nothing else; if it is an event, name its key with eventKey ${key}; if that is the kind of ` +
        `a row, with kindKey ${key}; else send it in a whole frame`,
    );
    assert.deepEqual([error!.sort.code, error!.sort.field], ["no-entities", key]);
    const event = await read([player(0), row, player(2)], { eventKey: key });
    assert.deepEqual([event.frames, event.events], [[[0, "a"], [2, "a"]], ["shot"]]);
    const kind = await read([player(0), row, player(2)], { kindKey: key });
    assert.deepEqual(kind.frames, [[0, "a"], [1, "a"], [2, "a"]]);
    const first = await read([
      at(0, { id: "a", [key]: "run" }),
      player(1),
      at(2, { id: "a", [key]: "run" }),
    ]);
    assert.deepEqual(first.frames, [[0, "a"], [1, "a"], [2, "a"]]);
  }
});

test("readStates() takes the line for an event with the key that its refusal names", async () => {
  for (const [rest, eventKey] of SILENT) {
    if (eventKey === undefined) continue;
    const lines = [player(0), at(1, rest), player(2)];
    const { frames, events, error } = await read(lines, { eventKey });
    assert.equal(error, undefined, JSON.stringify(rest));
    assert.deepEqual(frames, [[0, "a"], [2, "a"]]);
    assert.equal(events.length, 1);
  }
});

test("readStates() skips such a line with skipBad, and keeps the state of its frame", async () => {
  const lines = [player(0), at(5, { event: "shot" }), player(5)];
  const { frames } = await read(lines, { skipBad: true });
  assert.deepEqual(frames, [[0, "a"], [5, "a"]]);
});

test("readStates() takes a collection that is empty, or null, for a frame without entities", async () => {
  for (const none of [{ players: {} }, { players: [] }, { players: null }, { entities: [] }]) {
    const { frames, error } = await read([player(0), at(1, none), player(2)]);
    assert.equal(error, undefined, JSON.stringify(none));
    assert.deepEqual(frames, [[0, "a"], [1], [2, "a"]], JSON.stringify(none));
  }
  const first = await read([at(0, { type: "state", players: {} }), at(1, { entities: null })]);
  assert.deepEqual(first.frames.map(([frame]) => frame), [0, 1]);
  const nulls = at(0, { Players: null, rockets: null });
  const slices = await read([nulls, at(1, { Players: { a: { x: 1 } }, rockets: null })]);
  assert.equal(slices.error, undefined);
  assert.deepEqual(slices.notes, []);
  assert.deepEqual(slices.frames, [[0], [1, "a"]]);
});

test("readStates() names all collections that a line lacks, at most eight", async () => {
  const frame = at(0, { players: { a: { x: 1 } }, state: { rockets: [{ id: "r", x: 2 }] } });
  const { error } = await read([frame, at(1, { event: "shot" })]);
  assert.match(
    error!.message,
    /in:2: the line has none of the collections players, state\.rockets;/,
  );
  const many = Object.fromEntries(
    Array.from({ length: 10 }, (_, i) => [`c${i}`, { [`e${i}`]: { x: 1 } }]),
  );
  const crowd = await read([at(0, many), at(1, {})]);
  assert.match(crowd.error!.message, /collections c0, c1, c2, c3, c4, c5, c6, c7 and 2 more;/);
});

test("readStates() does not name a key of events that frames have beside their entities", async () => {
  const frame = (f: number) => at(f, { type: "state", ...player(f) });
  const { error } = await read([frame(0), at(1, { type: "shot" })]);
  assert.equal(error!.sort.code, "no-entities");
  assert.doesNotMatch(error!.message, /eventKey type/);
});

test("readStates() refuses a lobby before the first collection that is given, or said to come", async () => {
  const lobby = at(0, { phase: "lobby" });
  const given = await read([lobby, player(1)], { entities: ["players"] });
  assert.match(given.error!.message, /in:1: the line has no collection players; send an empty/);
  const said = await read([lobby, player(1)], { format: "frames" });
  assert.match(said.error!.message, /in:1: the line has no collection of entities; send an empty/);
  const found = await read([at(0, { event: "start" }), player(1)]);
  assert.match(found.error!.message, /; if it is an event, name its key with eventKey event; else/);
  for (const { error } of [given, said]) assert.equal(error!.sort.code, "no-entities");
});

test("readStates() refuses a first line that is an event by its key and holds what may be entities", async () => {
  const line = at(0, { event: "hit", targets: [{ id: 3 }] });
  const { error } = await read([line, player(1)]);
  assert.match(
    error!.message,
    /in:1: the line has the key "event", as events do, and "targets", which may be entities; if it is/,
  );
  const { frames } = await read([line], { entities: ["targets"] });
  assert.deepEqual(frames, [[0, 3, "frame"]]);
});

test("readStates() of sparse frames takes a line without a collection for one in which nothing changed", async () => {
  const lines = [player(0), at(1, {}), at(2, { phase: "end" })];
  const { frames, error } = await read(lines, { sparse: true });
  assert.equal(error, undefined);
  assert.deepEqual(frames, [[0, "a"], [1, "a"], [2, "a", "frame"]]);
  const event = await read([...lines, at(3, { event: "shot" })], { sparse: true });
  assert.match(event.error!.message, /in:4: the line has no collection players; if it is an event/);
});

test("readStates() notes a row among whole frames that may be an event", async () => {
  const lines = [player(0), at(1, { id: "a", type: "tank" }), at(2, { id: "a", type: "tank" })];
  const { frames, notes } = await read(lines, { eventKey: "happened" });
  assert.deepEqual(frames, [[0, "a"], [1, "a"], [2, "a"]]);
  assert.deepEqual(notes.filter((note) => note.startsWith("row-")), [
    'row-among-frames: a row with the key "type" stands among whole frames: its frame has no ' +
    "entities beside it; if it is an event, name its key with eventKey type",
  ]);
  const named = await read([player(0), at(1, { id: "a", name: "ada" })]);
  assert.match(named.notes.join(), /row-among-frames: a row with the key "name" stands/);
  const rows = await read([at(0, { id: "a", type: "tank" }), player(1)]);
  assert.deepEqual(rows.notes.filter((note) => note.startsWith("row-")), []);
});
