import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { StateEvent, StateFrame } from "../core/state/state.ts";
import { InputSyntaxError } from "./input/input_error.ts";
import { readStates } from "./read_states.ts";
import type { ReadStatesOptions } from "./states_options.ts";

async function read(lines: readonly (string | object)[], options: ReadStatesOptions = {}) {
  const text = lines.map((line) => typeof line === "string" ? line : JSON.stringify(line));
  const events: StateEvent[] = [];
  const frames: StateFrame[] = [];
  const bad: InputSyntaxError[] = [];
  let error: unknown;
  try {
    const all = readStates(new Blob([text.join("\n")]).stream(), {
      source: "in",
      onEvent: (event) => void events.push(event),
      onBadLine: (error) => void bad.push(error),
      ...options,
    });
    for await (const frame of all) frames.push(frame);
  } catch (thrown) {
    error = thrown;
  }
  return { events, frames, bad, error };
}

const row = (f: number, id: number, x: number) => ({ f, t: f * 10, id, x });
const whole = (f: number, ...entities: (readonly [id: number, x: number])[]) => {
  return { f, t: f * 10, entities: entities.map(([id, x]) => ({ id, x })) };
};
const frame = (f: number, ...entities: (readonly [id: number, x: number])[]): StateFrame => ({
  frame: f,
  timeMs: f * 10,
  entities: entities.map(([id, x]) => ({ id, kind: "entity", fields: { x } })),
});

const worlds = fc.array(
  fc.record({
    step: fc.integer({ min: 1, max: 3 }),
    isWhole: fc.boolean(),
    rows: fc.uniqueArray(fc.tuple(fc.nat(4), fc.nat(2)), { selector: ([id]) => id, maxLength: 4 }),
  }),
  { minLength: 1, maxLength: 12 },
);

test("readStates() reads rows and whole frames in any order, as if all were in one form", async () => {
  await fc.assert(fc.asyncProperty(worlds, async (steps) => {
    let f = 0;
    const lines: object[] = [];
    const frames: StateFrame[] = [];
    const names: string[] = [];
    for (const { step, isWhole, rows } of steps) {
      f += step;
      if (isWhole || rows.length === 0) lines.push(whole(f, ...rows));
      else for (const [id, x] of rows) lines.push(row(f, id, x));
      frames.push(frame(f, ...rows.toSorted(([a], [b]) => a - b)));
      // It says no frame, so it is of the one before it.
      lines.push({ ev: `of ${f}` });
      names.push(`of ${f}`);
    }
    const actual = await read(lines);
    assert.equal(actual.error, undefined);
    assert.deepEqual(actual.frames, frames);
    assert.deepEqual(actual.events.map(({ name }) => name), names);
    assert.deepEqual(actual.events.map(({ frame }) => `of ${frame}`), names);
  }));
});

test("readStates() reads sparse rows and whole frames in any order", async () => {
  await fc.assert(fc.asyncProperty(worlds, async (steps) => {
    let f = 0;
    const lines: object[] = [];
    const living = new Map<number, number>();
    const frames: StateFrame[] = [];
    for (const { isWhole, rows } of steps) {
      f++;
      if (isWhole || rows.length === 0) lines.push(whole(f, ...rows));
      else for (const [id, x] of rows) lines.push(row(f, id, x));
      for (const [id, x] of rows) living.set(id, x);
      frames.push(frame(f, ...[...living].toSorted(([a], [b]) => a - b)));
    }
    const actual = await read(lines, { sparse: true });
    assert.equal(actual.error, undefined);
    assert.deepEqual(actual.frames, frames);
  }));
});

test("readStates() gives a whole frame at once, and the rows before it with it", async () => {
  const lines = [row(1, 5, 1), whole(2, [5, 2]), whole(3, [6, 3])];
  let given = 0;
  async function* chunks() {
    for (const line of lines) {
      yield new TextEncoder().encode(JSON.stringify(line) + "\n");
      given++;
    }
  }
  const seen: [frame: number, given: number][] = [];
  for await (const { frame } of readStates(chunks())) seen.push([frame, given]);
  assert.deepEqual(seen, [[1, 1], [2, 1], [3, 2]]);
});

const refusals: [
  lines: readonly object[],
  options: ReadStatesOptions,
  line: number,
  message: RegExp,
  frames: number[],
][] = [
  // A frame has one form.
  [[row(1, 5, 1), whole(1, [6, 1])], {}, 2, /:2:6: the frame 1 occurs twice; send all/, []],
  [[whole(1, [6, 1]), row(1, 5, 1)], {}, 2, /:2:6: the frame 1 occurs twice; send all/, [1]],
  [[whole(1), row(1, 5, 1)], { sparse: true }, 2, /the frame 1 occurs twice/, [1]],
  [[row(2, 5, 1), whole(1, [6, 1])], {}, 2, /the frame goes backwards, from 2 to 1/, [2]],
  [[whole(2, [5, 1]), row(1, 6, 1)], {}, 2, /the frame goes backwards, from 2 to 1/, [2]],
  // Rows before a bad whole frame are a frame of their own, which is complete.
  [[row(1, 5, 1), whole(2, [6, 1], [6, 2])], {}, 2, /:2:48: the entity 6 has two rows/, [1]],
  [[row(1, 5, 1), { f: 2, entities: [] }], {}, 2, /the time "t" is missing/, [1]],
  [[row(1, 5, 1), { ...whole(2), map: "dm4" }], {}, 2, /:2:29: .* key "map", which/, [1]],
  // What is neither is held against the first line.
  [[row(1, 5, 1), whole(2), { f: 3, t: 30, x: 1 }], {}, 3, /the entity id "id" is missing/, [1, 2]],
  [
    [whole(1), row(2, 5, 1), { f: 3, t: 30 }],
    {},
    3,
    /the entity id "id" is missing; name its key/,
    [1, 2],
  ],
  [[whole(1), { ...whole(2), id: 7 }], {}, 2, /the frame has the key "id", which would/, [1]],
  // Who names a form wants it in every line.
  [[row(1, 5, 1), whole(2)], { format: "rows" }, 2, /the entity id "id" is missing/, [1]],
  [
    [whole(1), row(2, 5, 1)],
    { format: "frames" },
    2,
    /has the entity id "id" and no entities, so it is a row/,
    [1],
  ],
];

test("readStates() refuses what is wrong with a line in another form than those before", async () => {
  for (const [lines, options, line, message, frames] of refusals) {
    const { error, frames: out } = await read(lines, options);
    assert.ok(error instanceof InputSyntaxError, JSON.stringify(lines));
    assert.match(error.message, message);
    assert.equal(error.place.line, line);
    assert.deepEqual(out.map(({ frame }) => frame), frames);
  }
});

test("readStates() skips bad lines of either form and tells what is lost for them", async () => {
  const losses: object[] = [];
  const { frames, bad, error } = await read([
    row(1, 5, 1),
    whole(2, [5, 1], [5, 2]),
    row(3, 5, 3),
    { ...row(3, 6, 3), x: "1" },
    whole(3, [6, 3]),
    whole(4, [5, 4]),
    row(4, 6, 4),
    row(5, 5, 5),
  ], { skipBad: true, onLoss: (loss) => losses.push(loss) });
  assert.equal(error, undefined);
  assert.deepEqual(frames, [1, 3, 4, 5].map((f) => frame(f, [5, f])));
  assert.deepEqual(bad.map(({ place }) => place.line), [2, 4, 5, 7]);
  assert.deepEqual(losses, [
    { frame: 2, id: undefined, keptFrame: undefined },
    { frame: 3, id: 6, keptFrame: undefined },
  ]);
});

test("readStates() takes a dotted id for what makes a line a row", async () => {
  const lines = ['{"f":1,"t":0,"at":{"id":5},"entities":[1,2]}', '{"f":2,"t":0,"entities":[]}'];
  const { frames, error } = await read(lines, { idKey: "at.id" });
  assert.equal(error, undefined);
  assert.deepEqual(frames, [
    {
      frame: 1,
      timeMs: 0,
      entities: [{ id: 5, kind: "entity", fields: { "entities.0": 1, "entities.1": 2 } }],
    },
    { frame: 2, timeMs: 0, entities: [] },
  ]);
});
