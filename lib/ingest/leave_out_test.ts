import assert from "node:assert/strict";
import { test } from "node:test";
import { EntityNames } from "../core/names/entity_names.ts";
import { InputSyntaxError } from "./input/input_error.ts";
import { readStates } from "./read_states.ts";
import type { ReadStatesOptions } from "./states_options.ts";

/** Frames as `[id, fields]` of their entities, data of events, notes, and why the reading ended. */
async function read(
  lines: readonly (object | string)[],
  leaveOut: readonly string[] | undefined,
  options: ReadStatesOptions = {},
) {
  const names = new EntityNames();
  const frames: (readonly [id: string | number, fields: object])[][] = [];
  const events: object[] = [];
  const notes: string[] = [];
  let error: InputSyntaxError | undefined;
  try {
    const text = lines.map((line) => typeof line === "string" ? line : JSON.stringify(line));
    const states = readStates(new Blob([text.join("\n")]).stream(), {
      source: "in",
      names,
      leaveOut,
      onEvent: ({ data }) => void events.push(data),
      onNote: ({ code, problem, remedy }) => {
        if (code.endsWith("out")) {
          notes.push(`${problem}${remedy === undefined ? "" : `; ${remedy}`}`);
        }
      },
      ...options,
    });
    for await (const { entities } of states) {
      frames.push(entities.map(({ id, fields }) => [names.idOf(id), { ...fields }]));
    }
  } catch (thrown) {
    assert.ok(thrown instanceof InputSyntaxError, String(thrown));
    error = thrown;
  }
  return { frames, events, notes, error };
}

const at = (f: number, rest: object) => ({ f, t: f * 10, ...rest });
const tiles = Array.from({ length: 400 }, (_, i) => i);

test("readStates() leaves paths out of rows with all below them, and counts them in a note", async () => {
  const row = (f: number) =>
    at(f, { id: 1, x: f, tiles, debug: { text: "a:b", n: 7 }, "ai.goal": "b", ai: { path: [] } });
  const { frames, notes, error } = await read([row(0), row(1), row(2)], [
    "tiles",
    "debug.text",
    "ai",
  ]);
  assert.equal(error, undefined);
  assert.deepEqual(frames, [0, 1, 2].map((x) => [[1, { x, "debug.n": 7 }]]));
  assert.deepEqual(notes, ['left out: "tiles" 3 times, "debug.text" 3 times, "ai" 6 times']);
});

test("readStates() leaves paths out of entities in frames, of one collection, and of the frame", async () => {
  const line = (f: number) =>
    at(f, {
      phase: "play",
      tiles,
      state: {
        chat: [{ id: "m1", text: "hi" }],
        players: { a: { x: f, inv: [{ n: 1, d: 2 }], tag: "p" } },
        rockets: [{ id: "r", y: f, tag: "r" }],
      },
    });
  const leaveOut = ["tiles", "state.chat", "inv.d", "state.players.tag"];
  const { frames, notes, error } = await read([line(0), line(1)], leaveOut);
  assert.equal(error, undefined);
  const expected = (f: number) => [
    ["a", { x: f, "inv.0.n": 1 }],
    ["r", { y: f, tag: "r" }],
    ["frame", { phase: "play" }],
  ];
  assert.deepEqual(frames, [expected(0), expected(1)]);
  assert.deepEqual(notes, [
    'left out: "tiles" twice, "state.chat" twice, "inv.d" twice, "state.players.tag" twice'
      .replaceAll("twice", "2 times"),
  ]);
});

test("readStates() leaves columns of CSV out, whatever their cells hold", async () => {
  const lines = ["f,t,id,x,note,pos.x,pos.y", "0,0,1,5,a,1,2", "1,10,1,6,7,oops,2"];
  const { frames, notes, error } = await read(lines, ["note", "pos"]);
  assert.equal(error, undefined);
  assert.deepEqual(frames, [[[1, { x: 5 }]], [[1, { x: 6 }]]]);
  assert.deepEqual(notes, ['left out: "note" 2 times, "pos" 4 times']);
});

test("readStates() takes what would be refused where it is left out, but no key that occurs twice", async () => {
  const deep = "[".repeat(80) + "]".repeat(80);
  const row = (f: number, rest: string) => `{"f":${f},"t":${f},"id":1,"x":1,${rest}}`;
  const odd = [
    row(0, '"a":1e400'),
    row(1, '"a":"text"'),
    row(2, `"a":${deep}`),
    row(3, '"a":{"b":{"c:d":"e:f"}}'),
  ];
  const { frames, error } = await read(odd, ["a"]);
  assert.equal(error, undefined);
  assert.deepEqual(frames, odd.map(() => [[1, { x: 1 }]]));
  const twice = await read([row(0, '"a":{"b":1,"b":2}')], ["a"]);
  assert.match(twice.error!.message, /the key "b" occurs twice/);
});

test("readStates() leaves nothing out of events", async () => {
  const lines = [at(0, { id: 1, tag: "a" }), at(0, { ev: "shot", tag: "b" })];
  const { frames, events } = await read(lines, ["tag"]);
  assert.deepEqual(frames, [[[1, {}]]]);
  assert.deepEqual(events, [at(0, { ev: "shot", tag: "b" })]);
});

test("readStates() notes a path that no line has", async () => {
  const { notes } = await read([at(0, { id: 1, x: 1, tile: 2 })], ["tiles", "tile.x"]);
  assert.deepEqual(notes, [
    'no line has "tiles", "tile.x", so that nothing is left out for it; give leaveOut paths as fields have them',
  ]);
});

test("readStates() refuses to leave out what it needs", () => {
  const refused: readonly [options: ReadStatesOptions, message: RegExp][] = [
    [{ leaveOut: ["id"] }, /What is left out is id, which is needed$/],
    [{ leaveOut: ["x", "meta"], frameKey: "meta.tick" }, /is meta, which has the key meta\.tick$/],
    [{ leaveOut: ["life"], generationKey: "life" }, /is life, which is needed$/],
    [{ leaveOut: ["state"], entities: ["state.players"] }, /which has the key state\.players$/],
  ];
  for (const [options, message] of refused) {
    assert.throws(() => readStates(new Blob([]).stream(), options), (error: Error) => {
      assert.ok(error instanceof RangeError);
      assert.match(error.message, message);
      return true;
    });
  }
});

test("readStates() names what to leave out where a kind has too many fields, and takes it then", async () => {
  const frame = at(0, { players: { a: { x: 1 } }, tiles, board: { cells: tiles, size: 3 } });
  const { error } = await read([frame], undefined);
  assert.match(
    error!.message,
    /fields, at most 64 fit; leave out what is not needed with leaveOut board\.cells,tiles, or name the places/,
  );
  assert.deepEqual([error!.sort.code, error!.sort.kind, error!.sort.field], [
    "fields-max",
    "frame",
    "board.cells",
  ]);
  const { frames } = await read([frame], ["tiles", "board.cells"]);
  assert.deepEqual(frames, [[["a", { x: 1 }], ["frame", { "board.size": 3 }]]]);
});

test("readStates() says of too many fields that are in no container how they can be fewer", async () => {
  const flat = Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`v${i}`, i]));
  const row = await read([at(0, { id: 1, ...flat })], undefined);
  assert.match(
    row.error!.message,
    /65 fields, at most 64 fit; split the entity into two, .*, or leave fields out with leaveOut v64$/,
  );
  const inv = await read([at(0, { id: 1, hp: 3, inv: tiles })], undefined);
  assert.match(
    inv.error!.message,
    /; leave out what is not needed with leaveOut inv, or split the entity into two/,
  );
});

test("readStates() counts of too many fields what is one: no null, and each number of a vector", async () => {
  const values = Array.from({ length: 62 }, (_, i) => `"v${i}":${i}`).join();
  const line = `{"f":0,"id":1,${values},"no":null,"at":"(1, 2, 3)"}`;
  const frames = readStates(new Blob([line]).stream(), { source: "in", rateHz: 60 });
  const column = line.indexOf('"at"') + 1;
  await assert.rejects(
    frames.next(),
    (error: Error) =>
      error.message.startsWith(
        `Cannot read in:1:${column}: with "at.2" the kind "entity" has 65 fields, at most 64 fit; leave out what is not needed with leaveOut at, `,
      ),
  );
});
