import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import type { EntityState, StateFrame } from "../../core/state/state.ts";
import { InputSyntaxError } from "../input/input_error.ts";
import type { InputNote } from "../input/input_note.ts";
import { INPUT_LIMITS } from "../input/limits.ts";
import { readStates } from "../read_states.ts";
import type { ReadStatesOptions } from "../states_options.ts";

type Text = string | readonly string[];

async function read(text: Text, options: ReadStatesOptions = {}): Promise<StateFrame[]> {
  const input = typeof text === "string" ? text : text.join("\n");
  return await collect(new TextEncoder().encode(input), { sparse: true, ...options });
}

async function collect(bytes: Uint8Array, options: ReadStatesOptions): Promise<StateFrame[]> {
  const frames: StateFrame[] = [];
  for await (const frame of readStates(chunks(bytes), options)) frames.push(frame);
  return frames;
}

async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, void> {
  for (let at = 0; at < bytes.length; at += 50) yield bytes.subarray(at, at + 50);
}

async function refusal(text: Text, options: ReadStatesOptions = {}): Promise<string> {
  let message = "";
  await assert.rejects(read(text, { source: "in", ...options }), (error: unknown) => {
    assert.ok(error instanceof InputSyntaxError);
    message = error.message;
    return true;
  });
  return message;
}

async function notesOn(text: Text, options: ReadStatesOptions = {}): Promise<InputNote[]> {
  const notes: InputNote[] = [];
  await read(text, { onNote: (note) => notes.push(note), ...options });
  return notes;
}

/** Frame, time and the x of each entity. */
const brief = (frames: readonly StateFrame[]) =>
  frames.map(({ frame, timeMs, entities }) => [
    frame,
    timeMs,
    ...entities.map(({ fields }) => fields["x"]),
  ]);

test("readStates() in sparse input has the frames in which nothing changed", async () => {
  const expected = [
    [7, 100, 1, 2],
    [8, 110, 1, 2],
    [9, 120, 1, 2],
    [10, 130, 1, 2],
    [11, 140, 1, 3],
    [12, 150, 1, 4],
  ];
  const inputs: Record<string, Text> = {
    rows: [
      '{"f":7,"t":100,"id":1,"x":1}',
      '{"f":7,"t":100,"id":2,"x":2}',
      '{"f":11,"t":140,"id":2,"x":3}',
      '{"f":12,"t":150,"id":2,"x":4}',
    ],
    frames: [
      '{"f":7,"t":100,"entities":[{"id":1,"x":1},{"id":2,"x":2}]}',
      '{"f":8,"t":110,"entities":[]}',
      '{"f":11,"t":140,"entities":[{"id":2,"x":3}]}',
      '{"f":12,"t":150,"entities":[{"id":2,"x":4}]}',
    ],
    csv: "f,t,id,x\n7,100,1,1\n7,100,2,2\n11,140,2,3\n12,150,2,4\n",
  };
  for (const [format, text] of Object.entries(inputs)) {
    const frames = await read(text);
    assert.deepEqual(brief(frames), expected, format);
    for (const frame of frames.slice(1, 4)) {
      frame.entities.forEach((state, i) => assert.equal(state, frames[0]!.entities[i]));
    }
    const dense = await read(text, { sparse: false });
    assert.ok(!dense.some(({ frame }) => frame === 9), "dense input has none");
  }
});

test("readStates() times quiet frames by the rate where rows have no time", async () => {
  const frames = await read(['{"f":3,"id":1,"x":1}', '{"f":6,"id":1,"x":2}'], { rateHz: 50 });
  assert.deepEqual(brief(frames), [[3, 60, 1], [4, 80, 1], [5, 100, 1], [6, 120, 2]]);
});

test("readStates() with every has quiet frames at each k-th after the first", async () => {
  const rows = ['{"f":5,"t":0,"id":1,"x":1}', '{"f":14,"t":90,"id":1,"x":2}'];
  assert.deepEqual(brief(await read(rows, { every: 3 })), [
    [5, 0, 1],
    [8, 30, 1],
    [11, 60, 1],
    [14, 90, 2],
  ]);
  assert.deepEqual(brief(await read(rows, { every: 9 })), [[5, 0, 1], [14, 90, 2]]);
  assert.equal(
    await refusal([...rows, '{"f":15,"t":99,"id":1,"x":3}'], { every: 9 }),
    "Cannot read in:3:6: the frame is 15, but frames count by 9 from 5; " +
      "give every a step that leads to all frames, or leave it out",
  );
  const skipped = await read([rows[0]!, '{"f":6,"t":9,"id":1,"x":9}', rows[1]!], {
    every: 3,
    skipBad: true,
  });
  assert.deepEqual(brief(skipped), [[5, 0, 1], [8, 30, 1], [11, 60, 1], [14, 90, 2]]);
});

test("readStates() refuses an every that makes no sense at once", () => {
  const input = new Blob([]).stream();
  for (const every of [0, -1, 1.5, NaN, Infinity]) {
    assert.throws(() => readStates(input, { sparse: true, every }), RangeError);
  }
  assert.throws(() => readStates(input, { every: 2 }), /for sparse input/);
});

test("readStates() makes no quiet frames for a row that is refused", async () => {
  const first = '{"f":0,"t":0,"id":1,"x":1}';
  const bad = '{"f":5,"t":50,"id":1,"x":"text"}';
  const last = '{"f":2,"t":20,"id":1,"x":2}';
  const frames = await read([first, bad, last], { skipBad: true });
  assert.deepEqual(brief(frames), [[0, 0, 1], [1, 10, 1], [2, 20, 2]]);
  const before: number[] = [];
  await assert.rejects(async () => {
    const input = new Blob([[first, bad].join("\n")]).stream();
    for await (const { frame } of readStates(input, { sparse: true })) before.push(frame);
  });
  assert.deepEqual(before, [0]);
});

test("readStates() gives quiet frames one by one, and refuses too many in a row", async () => {
  const limit = INPUT_LIMITS.quietFrames;
  const gap = (to: number) => [`{"f":0,"t":0,"id":1}`, `{"f":${to},"t":9,"id":1}`];
  let count = 0;
  const input = new Blob([gap(limit + 1).join("\n")]).stream();
  for await (const { frame } of readStates(input, { sparse: true })) {
    assert.equal(frame, count++);
    if (count === 10) break;
  }
  assert.equal(
    await refusal(gap(4294967295)),
    `Cannot read in:2:6: the frame goes from 0 to 4294967295, with 4294967294 frames between them, ` +
      `at most ${limit} may be quiet; give every the step by which frames count, or name ` +
      "another key with frameKey",
  );
  assert.match(await refusal(gap(limit + 2)), /with 1048577 frames between them/);
  assert.equal((await read(gap(4294967295), { every: 4294967295 })).length, 2);
  const rest = await read([...gap(4294967295), '{"f":1,"t":9,"id":1}'], { skipBad: true });
  assert.deepEqual(rest.map(({ frame }) => frame), [0, 1]);
});

test("readStates() notes frames that are a multiple apart, once and not with every", async () => {
  const rows = (frames: readonly number[]) => frames.map((f) => `{"f":${f},"t":${f},"id":1}`);
  const [note, ...others] = await notesOn(rows([4, 10, 22, 28]));
  assert.deepEqual(others, []);
  assert.deepEqual([note!.code, `${note!.remedy}`], ["frames-count-by", "give every 6"]);
  assert.match(note!.problem, /multiple of 6 apart, and 21 quiet ones/);
  assert.deepEqual(await notesOn(rows([4, 10, 22, 28]), { every: 6 }), []);
  assert.deepEqual(await notesOn(rows([4, 10, 22, 28]), { every: 1 }), []);
  assert.deepEqual(await notesOn(rows([4, 10, 22, 27])), []);
  assert.deepEqual(await notesOn(rows([4, 10])), []);
  assert.deepEqual(await notesOn(rows([4, 10, 22, 28]), { sparse: false }), []);
});

/** A world of up to four entities that mostly rest; undefined is an entity that is not there. */
const worlds = fc.record({
  first: fc.integer({ min: 0, max: 9 }),
  every: fc.integer({ min: 1, max: 4 }),
  isTimed: fc.boolean(),
  format: fc.constantFrom("rows", "frames", "csv"),
  isGzip: fc.boolean(),
  changes: fc.array(
    fc.array(
      fc.record({
        id: fc.integer({ min: 0, max: 3 }),
        x: fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined }),
        y: fc.integer({ min: 0, max: 2 }),
      }),
      { maxLength: 2 },
    ),
    { minLength: 1, maxLength: 20 },
  ),
});

test("readStates() gives back a dense world that was thinned to what changes", async () => {
  await fc.assert(
    fc.asyncProperty(worlds, async ({ first, every, isTimed, format, isGzip, changes }) => {
      const dense: StateFrame[] = [];
      const lines: string[] = format === "csv" ? ["f,t,id,x,y,gone"] : [];
      const world = new Map<number, { x: number; y: number }>();
      let length = 0;
      for (const [i, list] of changes.entries()) {
        const frame = first + i * every;
        const timeMs = isTimed ? 1000 + frame * 8 : frame * 20;
        const before = new Map(world);
        for (const { id, x, y } of list) {
          if (x === undefined) world.delete(id);
          else world.set(id, { x, y });
        }
        const rows = changedRows(before, world);
        if (rows.length > 0) {
          const time = isTimed ? { t: timeMs } : {};
          if (format === "frames") {
            lines.push(JSON.stringify({ f: frame, ...time, entities: rows }));
          }
          for (const { id, x = "", y = "", gone = "" } of rows) {
            if (format === "csv") {
              lines.push([frame, isTimed ? timeMs : "", id, x, y, gone].join());
            }
          }
          if (format === "rows") {
            lines.push(...rows.map((row) => JSON.stringify({ f: frame, ...time, ...row })));
          }
        }
        if (length === 0 && rows.length === 0) continue;
        const entities = [...world].sort(([a], [b]) => a - b)
          .map(([id, fields]): EntityState => ({ id, kind: "entity", fields }));
        dense.push({ frame, timeMs, entities });
        if (rows.length > 0) length = dense.length;
      }
      if (length === 0) return;
      const text = new TextEncoder().encode(lines.join("\n"));
      const options = { sparse: true, despawnKey: "gone", rateHz: 50, every };
      const actual = await collect(isGzip ? gzipSync(text) : text, options);
      assert.deepEqual(actual, dense.slice(0, length));
    }),
  );
});

interface ChangedRow {
  readonly id: number;
  readonly x?: number;
  readonly y?: number;
  readonly gone?: true;
}

function changedRows(
  before: ReadonlyMap<number, { x: number; y: number }>,
  after: ReadonlyMap<number, { x: number; y: number }>,
): ChangedRow[] {
  const rows: ChangedRow[] = [];
  for (const id of before.keys()) if (!after.has(id)) rows.push({ id, gone: true });
  for (const [id, { x, y }] of after) {
    const old = before.get(id);
    if (old?.x === x && old.y === y) continue;
    rows.push({ id, ...old?.x === x ? {} : { x }, ...old?.y === y ? {} : { y } });
  }
  return rows;
}
