import assert from "node:assert/strict";
import { test } from "node:test";
import type { Schema } from "../../core/state/schema.ts";
import { BadLines } from "./bad_lines.ts";
import { readStates } from "../read_states.ts";
import type { ReadStatesOptions } from "../states_options.ts";

/** What is said to be lost, with bad lines skipped. */
async function losses(
  lines: readonly (string | object)[],
  options: ReadStatesOptions = {},
): Promise<string> {
  const bad = new BadLines();
  const text = lines.map((line) => typeof line === "string" ? line : JSON.stringify(line));
  const all = readStates(new Blob([text.join("\n")]).stream(), {
    rateHz: 60,
    skipBad: true,
    onBadLine: bad.add,
    onLoss: bad.lose,
    ...options,
  });
  for await (const _ of all);
  assert.ok(bad.count > 0);
  return bad.losses();
}

const row = (f: number, id: number, hp: unknown = f) => ({ f, id, hp });
const frame = (f: number, ...entities: object[]) => ({ f, entities });
const CUT = '{"f":1,"id":2,"h';

/** Lines of dense rows, and what is said. */
const DENSE: readonly [name: string, lines: readonly (string | object)[], said: string][] = [
  [
    "an entity in the middle of a frame",
    [row(5, 1), row(5, 2), row(6, 1), row(6, 2, "x"), row(6, 3), row(7, 2)],
    "entity 2 is missing in frame 6",
  ],
  [
    "an entity whose row would begin a frame",
    [row(5, 1), row(6, 1, true), row(6, 2), row(7, 1)],
    "entity 1 is missing in frame 6",
  ],
  [
    "an entity of the last frame",
    [row(5, 1), row(6, 1), row(6, 9, "x")],
    "entity 9 is missing in frame 6",
  ],
  [
    "an entity of the first frame",
    [row(0, 1), row(0, 2, true), row(1, 2)],
    "entity 2 is missing in frame 0",
  ],
  [
    "all rows of a frame",
    [row(5, 1), row(6, 1, ""), row(6, 2, ""), row(7, 1)],
    "frame 6 is missing",
  ],
  [
    "all rows of the last frames",
    [row(5, 1), row(7, 1, ""), row(6, 1, "")],
    "frame 6 is missing, frame 7 is missing",
  ],
  ["no entity that has another row", [row(4, 1), row(5, 1, "x"), row(5, 1), row(5, 1)], ""],
  [
    "an entity of a line that cannot be read, which is there before and after",
    [row(0, 1), row(0, 2), row(1, 1), CUT, row(2, 1), row(2, 2)],
    "entity 2 is missing in frame 1",
  ],
  [
    "an entity of such a line that would begin a frame",
    [row(0, 2), row(0, 3), CUT, row(1, 3), row(2, 2), row(2, 3)],
    "entity 2 is missing in frame 1",
  ],
  [
    "an entity of a row without an id",
    [row(0, 1), row(0, 2), row(1, 1), { f: 1, hp: 0 }, row(2, 1), row(2, 2)],
    "entity 2 is missing in frame 1",
  ],
  ["no entity that is gone afterwards", [row(0, 1), row(0, 2), row(1, 1), CUT, row(2, 1)], ""],
  [
    "a frame of one row that cannot be read",
    [row(4, 1), row(6, 1), CUT, row(10, 1), row(12, 1)],
    "frame 8 is missing",
  ],
  ["no frame where more are missing than lines", [row(4, 1), row(5, 1), CUT, row(9, 1)], ""],
];

for (const [name, lines, said] of DENSE) {
  test(`readStates() with skipBad names ${name}`, async () => {
    assert.equal(await losses(lines), said);
  });
}

test("readStates() with skipBad names whole frames", async () => {
  const lines = [
    frame(10, { id: 1, hp: 1 }),
    frame(11, { id: 1, hp: "x" }),
    frame(12, { id: 1, hp: 1 }, { hp: 2 }),
    frame(13, { id: 1, hp: 1 }),
    frame(13, { id: 1, hp: 2 }),
  ];
  assert.equal(await losses(lines), "frame 11 is missing, frame 12 is missing");
  const unreadable = [frame(2, { id: 1 }), frame(4, { id: 1 }), "{", frame(8, { id: 1 })];
  assert.equal(await losses(unreadable), "frame 6 is missing");
  assert.equal(await losses([...lines.slice(0, 2), frame(11, { id: 1, hp: 2 })]), "");
});

test("readStates() with skipBad names entities that sparse input keeps as they were", async () => {
  const options = { sparse: true, despawnKey: "gone" };
  const rows = [row(0, 1), row(0, 2), row(2, 1, "x"), row(2, 2), row(3, 1)];
  assert.equal(await losses(rows, options), "entity 1 keeps its state of frame 0 in frame 2");
  const unborn = [row(0, 1), { f: 2, id: 2, hp: true }, row(2, 1)];
  assert.equal(await losses(unborn, options), "entity 2 is missing in frame 2");
  const undead = [row(0, 1), row(0, 2), { f: 3, id: 2, gone: "yes" }, row(3, 1)];
  assert.equal(await losses(undead, options), "entity 2 keeps its state of frame 0 in frame 3");
  const again = [row(0, 1), row(2, 1, "x"), row(2, 1, 5), row(3, 1)];
  assert.equal(await losses(again, options), "");
  // The frame is there, though the skipped row was all that it had.
  const quiet = [row(0, 1), row(2, 1, "x"), { f: 3, id: 7, hp: true }, row(5, 1)];
  assert.equal(
    await losses(quiet, options),
    "entity 1 keeps its state of frame 0 in frame 2, entity 7 is missing in frame 3",
  );
  const whole = [
    frame(0, { id: 1, hp: 1 }),
    frame(2, { id: 1, hp: "x" }),
    frame(4, { id: 1, hp: 2 }),
  ];
  assert.equal(await losses(whole, options), "frame 2 keeps the states of frame 0");
});

test("readStates() with skipBad names the entity of a record of CSV", async () => {
  const lines = ["f,id,hp", "0,1,5", "0,2,5", "1,1,5", "1,2,five", "2,1", "2,2,5", "3,1,5"];
  assert.equal(
    await losses(lines),
    "entity 2 is missing in frame 1, entity 1 is missing in frame 2",
  );
  const between = [...lines.slice(0, 3), "1,1", "1,2,5", "2,1,5", "2,2,5"];
  assert.equal(await losses(between), "entity 1 is missing in frame 1");
});

test("readStates() with skipBad looks at many lines in bounded time", async () => {
  const lines = Array.from({ length: 10_000 }, (_, i) => row(i >> 1, 1, i & 1 ? i : `${i}`));
  const far = Array.from({ length: 3000 }, (_, i) => row(1e9 + i, 1, ""));
  const said = await losses([row(0, 2), ...far, ...lines]);
  assert.match(said, /^frame 1000000000 is missing, .* … 2048 whole frames$/);
});

test("BadLines names five losses and counts the others", () => {
  const bad = new BadLines();
  const loss = { keptFrame: undefined };
  assert.equal(bad.losses(), "");
  for (const [frame, id] of [[1, 7], [1, 8], [2, 7], [4, 9], [5, 7]] as const) {
    bad.lose({ ...loss, frame, id });
  }
  const five = "entity 7 is missing in frame 1, entity 8 is missing in frame 1, " +
    "entity 7 is missing in frame 2, entity 9 is missing in frame 4, " +
    "entity 7 is missing in frame 5";
  assert.equal(bad.losses(), five);
  bad.lose({ ...loss, frame: 5, id: 8 });
  assert.equal(bad.losses(), `${five} … 3 entities in 4 frames`);
  bad.lose({ ...loss, frame: 6, id: undefined });
  assert.equal(bad.losses(), `${five} … 3 entities in 4 frames and 1 whole frame`);
});

const OPTIONAL: Schema = {
  kinds: [{
    name: "entity",
    fields: [
      { name: "hp", type: "i16" },
      { name: "aim", type: "fixed", step: 0.5, optional: true },
      { name: "gun", type: "enum", optional: true },
      { name: "at.x", type: "u8", optional: true },
      { name: "at.y", type: "u8", optional: true },
    ],
  }],
};

async function fieldsOf(lines: readonly object[], options: ReadStatesOptions) {
  const input = new Blob([lines.map((line) => JSON.stringify(line)).join("\n")]).stream();
  const fields: object[] = [];
  for await (const { entities } of readStates(input, { rateHz: 60, ...options })) {
    fields.push(entities[0]!.fields);
  }
  return fields;
}

test("readStates() takes null for absence in a field that a schema declares optional", async () => {
  const full = { id: 1, hp: 9, aim: 1.5, gun: "rl", at: { x: 1, y: 2 } };
  const lines = [full, { ...full, aim: null, at: { x: 3, y: null } }, {
    ...full,
    gun: null,
    at: null,
  }];
  const expected = [
    { hp: 9, aim: 1.5, gun: "rl", "at.x": 1, "at.y": 2 },
    { hp: 9, gun: "rl", "at.x": 3 },
    { hp: 9, aim: 1.5 },
  ];
  const rows = lines.map((line, f) => ({ f, ...line }));
  const frames = lines.map((line, f) => ({ f, entities: [line] }));
  for (const input of [rows, frames]) {
    assert.deepEqual(await fieldsOf(input, { schema: OPTIONAL }), expected);
  }
});

test("readStates() in sparse input ends a field by null, and keeps one that is left out", async () => {
  const rows = [
    { f: 0, id: 1, hp: 9, aim: 1.5, at: { x: 1, y: 2 } },
    { f: 1, id: 1, aim: null },
    { f: 2, id: 1, hp: 8 },
    { f: 3, id: 1, at: null },
    { f: 4, id: 1, aim: 2, at: { y: 5 } },
  ];
  assert.deepEqual(await fieldsOf(rows, { schema: OPTIONAL, sparse: true }), [
    { hp: 9, aim: 1.5, "at.x": 1, "at.y": 2 },
    { hp: 9, "at.x": 1, "at.y": 2 },
    { hp: 8, "at.x": 1, "at.y": 2 },
    { hp: 8 },
    { hp: 8, aim: 2, "at.y": 5 },
  ]);
});

test("readStates() refuses null where a schema does not declare a field optional", async () => {
  const row = { f: 0, id: 1, hp: 9 };
  const refused = (line: object, options: ReadStatesOptions) =>
    assert.rejects(fieldsOf([row, { ...row, f: 1, ...line }], options), /null.*"optional": true/);
  await refused({ hp: null }, { schema: OPTIONAL });
  const kind = {
    name: "entity",
    fields: [{ name: "hp", type: "i16" }, ...OPTIONAL.kinds[0]!.fields.slice(3, 4), {
      name: "at.y",
      type: "u8",
    }],
  } as const;
  await assert.rejects(
    fieldsOf([{ ...row, at: null }], { schema: { kinds: [kind] } }),
    /has no field "at"/,
  );
});
