import assert from "node:assert/strict";
import { test } from "node:test";
import { EntityNames } from "../core/names/entity_names.ts";
import { InputSyntaxError } from "./input/input_error.ts";
import { readStates } from "./read_states.ts";
import type { ReadStatesOptions } from "./states_options.ts";

/** Frames of lines as `[frame, [entity, id, kind, fields]...]`, and why the reading ended. */
async function read(lines: readonly string[], options: ReadStatesOptions = {}, isByKind = false) {
  const names = new EntityNames({ isByKind });
  const frames: unknown[] = [];
  const bytes = new Blob([lines.join("\n")]).stream();
  try {
    for await (
      const { frame, entities } of readStates(bytes, { source: "in", names, ...options })
    ) {
      const states = entities.map(({ id, kind, fields }) => [id, names.idOf(id), kind, fields]);
      frames.push([frame, ...states]);
    }
  } catch (error) {
    assert.ok(error instanceof InputSyntaxError);
    return { frames, error };
  }
  return { frames, error: undefined };
}

const row = (f: number, id: string, rest = '"x":1') => `{"f":${f},"t":${f},"id":${id},${rest}}`;

/** Ids as JSON, and as they are given back. */
const IDS: readonly [json: string, id: string | number][] = [
  ['"3f1f9a1e-7c55-4a53-8a0f-aa31f1c0de01"', "3f1f9a1e-7c55-4a53-8a0f-aa31f1c0de01"],
  ['"kJ8a_Qz1P"', "kJ8a_Qz1P"],
  ["76561198000000123", "76561198000000123"],
  ["18446744073709551615", "18446744073709551615"],
  ["-9223372036854775807", "-9223372036854775807"],
  ["9007199254740991", 9007199254740991],
  ["9007199254740992", "9007199254740992"],
  ["-3", -3],
  ["4294967296", 4294967296],
  ["1.5", 1.5],
  ["1e3", 1000],
  ["1e20", "100000000000000000000"],
  ["0", 0],
  ['"007"', "007"],
  ['"\\u00e4 \\"b\\"\\n"', 'ä "b"\n'],
  ['"__proto__"', "__proto__"],
];

test("readStates() takes ids of any text and number, and names keep them as they are spelt", async () => {
  for (const [json, id] of IDS) {
    const rows = [row(0, json), row(1, json, '"x":2'), row(2, json, '"x":3')];
    const { frames, error } = await read(rows);
    assert.equal(error, undefined);
    const entity = typeof id === "number" && id >= 0 && id < 2 ** 32 && Number.isInteger(id)
      ? id
      : 0;
    const expected = [1, 2, 3].map((x, f) => [f, [entity, id, "entity", { x }]]);
    assert.deepEqual(frames, expected, json);
  }
});

test("readStates() takes 17 and its text for one entity", async () => {
  const { frames } = await read([row(0, "17"), row(1, '"17"', '"x":2')]);
  assert.deepEqual(frames, [[0, [17, 17, "entity", { x: 1 }]], [1, [17, 17, "entity", { x: 2 }]]]);
  const twice = await read([row(0, '"17"'), row(0, "17")]);
  assert.match(twice.error!.message, /in:2:19: the entity 17 has two rows in frame 0/);
});

test("readStates() takes the id 0 for a number beside numbers that are nearly 0", async () => {
  const csv = await read(["f,t,id,x", "0,0,0,5e-324"]);
  assert.deepEqual(csv.frames, [[0, [0, 0, "entity", { x: 5e-324 }]]]);
  for (const id of ["0", "-0", "0.0", "0e-7"]) {
    const { frames } = await read([row(0, id, '"x":5e-324')]);
    assert.deepEqual(frames, [[0, [0, 0, "entity", { x: 5e-324 }]]], id);
  }
});

test("readStates() takes ids of CSV for numbers where they are integers, and else for texts", async () => {
  const cells = ["17", "007", "76561198000000123", "BP_Player_C_1", "1.5"];
  const lines = ["f,t,id,x", ...cells.map((cell) => `0,0,${cell},1`)];
  const { frames } = await read(lines);
  const [, ...states] = frames[0] as [number, ...[number, unknown][]];
  const ids = new Set(states.map(([, id]) => id));
  assert.deepEqual(ids, new Set([17, "007", "76561198000000123", "BP_Player_C_1", "1.5"]));
});

const REFUSED: readonly [json: string, code: string, message: RegExp][] = [
  ["1e400", "inexact-number", /in:1:19: .*beyond the range/],
  ["null", "no-id", /in:1:19: the entity id "id" is null, expected a text or a number/],
  ["true", "bad-id", /in:1:19: the entity id "id" is true, expected a text or a number/],
  [`"${"x".repeat(1025)}"`, "bad-id", /in:1:19: an id has 1025 characters, at most 1024/],
];

test("readStates() refuses ids that are none, or that a double cannot hold", async () => {
  for (const [json, code, message] of REFUSED) {
    const { error } = await read([row(0, json)]);
    assert.match(error!.message, message);
    assert.equal(error!.sort.code, code);
  }
});

test("readStates() tells ids of two kinds apart where it is told to, and names the way", async () => {
  const lines = [row(0, "1", '"kind":"player","x":1'), row(0, "1", '"kind":"rocket","x":2')];
  const { error } = await read(lines);
  assert.match(
    error!.message,
    /in:2:19: the entity 1 has two rows in frame 0, of the kinds "player" and "rocket"; give idsByKind/,
  );
  assert.equal(error!.sort.code, "id-twice");
  const { frames } = await read(lines, {}, true);
  assert.deepEqual(frames, [[0, [0, 1, "player", { x: 1 }], [1, 1, "rocket", { x: 2 }]]]);
});

test("readStates() finds the kind of a sparse row in the one entity that has its id", async () => {
  const first = [row(0, '"a"', '"kind":"player","x":1'), row(0, '"b"', '"kind":"rocket","x":2')];
  const { frames } = await read([...first, row(1, '"b"', '"x":3')], { sparse: true }, true);
  assert.deepEqual(frames[1], [1, [0, "a", "player", { x: 1 }], [1, "b", "rocket", { x: 3 }]]);
  const both = [...first, row(1, '"a"', '"kind":"rocket","x":2'), row(2, '"a"', '"x":3')];
  const { error } = await read(both, { sparse: true }, true);
  assert.match(error!.message, /in:4: the id "a" is of 2 kinds, and the row names none/);
});

test("readStates() makes another entity of an id that is freed and taken again in a sparse frame", async () => {
  const gone = row(1, "4", '"gone":true');
  const lines = [
    row(0, "4", '"x":1,"hp":3'),
    gone,
    row(1, "4", '"x":70,"hp":100'),
    row(2, "4", '"x":71'),
  ];
  const { frames } = await read(lines, { sparse: true, despawnKey: "gone" });
  assert.deepEqual(frames, [
    [0, [4, 4, "entity", { x: 1, hp: 3 }]],
    [1, [5, 4, "entity", { x: 70, hp: 100 }]],
    [2, [5, 4, "entity", { x: 71, hp: 100 }]],
  ]);
  const whole = [
    '{"f":0,"t":0,"entities":[{"id":"a","x":1}]}',
    '{"f":1,"t":1,"entities":[{"id":"a","gone":true},{"id":"a","x":2}]}',
  ];
  assert.deepEqual((await read(whole, { sparse: true, despawnKey: "gone" })).frames, [
    [0, [0, "a", "entity", { x: 1 }]],
    [1, [1, "a", "entity", { x: 2 }]],
  ]);
  for (const third of [gone, row(1, "4", '"x":9')]) {
    const twice = [row(0, "4"), gone, row(1, "4"), third];
    const { error } = await read(twice, { sparse: true, despawnKey: "gone" });
    assert.match(error!.message, /in:4:19: the entity 4 has two rows in frame 1/);
  }
});

test("readStates() refuses an id taken again in a frame where nobody keeps names", async () => {
  const lines = [row(0, "4"), row(1, "4", '"gone":true'), row(1, "4")];
  const { error } = await read(lines, { sparse: true, despawnKey: "gone", names: undefined });
  assert.match(error!.message, /in:3:19: the entity 4 has two rows in frame 1/);
});

test("readStates() makes another entity of an id whose generation changes, now or after a pause", async () => {
  const life = (f: number, gen: string, x: number) => row(f, '"p"', `"gen":${gen},"x":${x}`);
  const lines = [life(0, "1", 1), life(1, "1", 2), life(2, "2", 3), row(3, '"q"', '"gen":1,"x":9')];
  const { frames } = await read([...lines, life(4, "2", 4), life(5, "3", 5)], {
    generationKey: "gen",
  });
  assert.deepEqual(frames, [
    [0, [0, "p", "entity", { gen: 1, x: 1 }]],
    [1, [0, "p", "entity", { gen: 1, x: 2 }]],
    [2, [1, "p", "entity", { gen: 2, x: 3 }]],
    [3, [2, "q", "entity", { gen: 1, x: 9 }]],
    [4, [1, "p", "entity", { gen: 2, x: 4 }]],
    [5, [3, "p", "entity", { gen: 3, x: 5 }]],
  ]);
  const texts = [life(0, '"a"', 1), life(1, '"b"', 1)];
  const { frames: sparse } = await read(texts, { generationKey: "gen", sparse: true });
  assert.deepEqual(sparse[1], [1, [1, "p", "entity", { gen: "b", x: 1 }]]);
});

test("readStates() notes a generation key that no row has, and none that one row has", async () => {
  const notesOf = async (lines: readonly string[]) => {
    const notes: string[] = [];
    await read(lines, {
      generationKey: "gen",
      onNote: ({ code, problem }) => notes.push(`${code}: ${problem}`),
    });
    return notes.filter((note) => note.startsWith("unused"));
  };
  const expected = [
    'unused-generation-key: no row has "gen", so that no id comes to another entity by it',
  ];
  const frame = (rest: string) => `{"f":9,"t":9,"entities":[{"id":1,${rest}}]}`;
  assert.deepEqual(await notesOf([row(0, "1"), row(1, "1", '"gen":null')]), expected);
  assert.deepEqual(await notesOf([frame('"x":1')]), expected);
  assert.deepEqual(await notesOf(["f,t,id,gen_2", "0,0,1,7"]), expected);
  assert.deepEqual(await notesOf([row(0, "1"), frame('"gen":0')]), []);
  assert.deepEqual(await notesOf(["f,t,id,gen", "0,0,1,7"]), []);
});

test("readStates() forgets an entity that only a bad line would have made", async () => {
  const bad =
    '{"f":1,"t":1,"entities":[{"id":"a","gone":true},{"id":"a","x":2},{"id":"b","x":"?"}]}';
  const lines = ['{"f":0,"t":0,"entities":[{"id":"a","x":1}]}', bad, row(2, '"a"', '"x":3')];
  const { frames } = await read(lines, { sparse: true, despawnKey: "gone", skipBad: true });
  assert.deepEqual(frames.at(-1), [2, [0, "a", "entity", { x: 3 }]]);
});
