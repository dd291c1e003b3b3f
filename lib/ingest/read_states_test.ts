import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import type { EntityState, StateFrame } from "../core/state/state.ts";
import { BadLines } from "./frames/bad_lines.ts";
import type { InputNote } from "./input/input_note.ts";
import { readStates } from "./read_states.ts";
import type { ReadStatesOptions } from "./states_options.ts";

/** Stream of bytes in chunks of a given size. */
function streamOf(bytes: Uint8Array, chunkBytes: number): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.subarray(at, at += chunkBytes));
    },
  });
}

function read(
  text: string | Uint8Array,
  options: ReadStatesOptions = {},
  chunkBytes: number = 7,
): Promise<StateFrame[]> {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  return collect(readStates(streamOf(bytes, chunkBytes), options));
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const entity = (id: number, fields: EntityState["fields"], kind: string = "entity") => ({
  id,
  kind,
  fields,
});

// The first rows of the QuakeWorld duel povdmm4, some fields left out.
const ROWS = [
  '{"f":0,"t":0,"id":0,"kind":"player","x":169.375,"pitch":-25.8508,"weapon":"gl","dead":0}',
  '{"f":0,"t":0,"id":2,"kind":"player","x":656,"pitch":-1.2799,"weapon":"rl","dead":0}',
  '{"f":1,"t":13,"id":0,"kind":"player","x":200.5,"pitch":-38.3478,"weapon":"gl","dead":0}',
].join("\n");
const FRAMES: StateFrame[] = [
  {
    frame: 0,
    timeMs: 0,
    entities: [
      entity(0, { x: 169.375, pitch: -25.8508, weapon: "gl", dead: 0 }, "player"),
      entity(2, { x: 656, pitch: -1.2799, weapon: "rl", dead: 0 }, "player"),
    ],
  },
  {
    frame: 1,
    timeMs: 13,
    entities: [entity(0, { x: 200.5, pitch: -38.3478, weapon: "gl", dead: 0 }, "player")],
  },
];
const FRAME_LINES = [
  '{"f":0,"t":0,"entities":[{"id":0,"kind":"player","x":169.375,"pitch":-25.8508,"weapon":"gl","dead":0},',
  '{"id":2,"kind":"player","x":656,"pitch":-1.2799,"weapon":"rl","dead":0}]}\n',
  '{"f":1,"t":13,"entities":[{"id":0,"kind":"player","x":200.5,"pitch":-38.3478,"weapon":"gl","dead":0}]}',
].join("");
const CSV = `f,t,id,kind,x,pitch,weapon,dead
0,0,0,player,169.375,-25.8508,gl,0
0,0,2,player,656,-1.2799,rl,0
1,13,0,player,200.5,-38.3478,gl,0
`;

for (const [name, text] of Object.entries({ rows: ROWS, frames: FRAME_LINES, csv: CSV })) {
  test(`readStates() reads ${name} at every size of chunk, gzipped or not`, async () => {
    const bytes = new TextEncoder().encode(text);
    const zipped = new Uint8Array(gzipSync(bytes));
    const half = bytes.length >> 1;
    const members = new Uint8Array([
      ...gzipSync(bytes.subarray(0, half)),
      ...gzipSync(bytes.subarray(half)),
    ]);
    for (const input of [bytes, zipped, members]) {
      for (const chunkBytes of [1, 2, 3, 64, 1 << 20]) {
        assert.deepEqual(await read(input, {}, chunkBytes), FRAMES);
      }
    }
  });

  test(`readStates() tolerates a mark, CRLF, blank lines and more in ${name}`, async () => {
    const noisy = "\ufeff" + text.replaceAll("\n", "\r\n\r\n  \r\n");
    assert.deepEqual(await read(noisy), FRAMES);
    assert.deepEqual(await read(text + "\n\n"), FRAMES);
  });

  test(`readStates() reads ${name} when the format is given`, async () => {
    const format = name as "rows" | "frames" | "csv";
    assert.deepEqual(await read(text, { format }), FRAMES);
  });
}

test("readStates() takes any async iterable and cancels a stream that is left early", async () => {
  async function* chunks() {
    yield new TextEncoder().encode(ROWS);
  }
  assert.deepEqual(await collect(readStates(chunks())), FRAMES);
  let isCancelled = false;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new TextEncoder().encode('{"f":0,"t":0,"id":1}\n')),
    cancel: () => {
      isCancelled = true;
    },
  });
  await assert.rejects(collect(readStates(endless)), /two rows in frame 0/);
  assert.ok(isCancelled);
});

test("readStates() takes other names for the keys, nested ones by their dotted name", async () => {
  const text = '{"head":{"tick":3,"ms":5},"net":7,"class":"car","f":1.5}\n';
  const keys = { frameKey: "head.tick", timeKey: "head.ms", idKey: "net", kindKey: "class" };
  assert.deepEqual(await read(text, keys), [
    { frame: 3, timeMs: 5, entities: [entity(7, { f: 1.5 }, "car")] },
  ]);
});

test("readStates() flattens nested objects and lists to dotted names", async () => {
  const text = '{"f":0,"t":0,"id":1,"pos":{"x":1,"at":[2,{"y":3}]},"none":{},"empty":[]}\n';
  const [frame] = await read(text);
  assert.deepEqual(frame!.entities[0]!.fields, {
    "pos.x": 1,
    "pos.at.0": 2,
    "pos.at.1.y": 3,
    "none.length": 0,
    "empty.length": 0,
  });
});

test("readStates() keeps __proto__ and the like as ordinary fields", async () => {
  const row = (f: number) =>
    `{"f":${f},"t":0,"id":1,"__proto__":${f},"toString":2,"constructor":3}`;
  const frames = await read(`${row(0)}\n${row(1)}\n`);
  for (const [f, { entities }] of frames.entries()) {
    const { fields } = entities[0]!;
    assert.deepEqual(Object.entries(fields), [["__proto__", f], ["toString", 2], [
      "constructor",
      3,
    ]]);
    assert.equal(Object.getPrototypeOf(fields), Object.prototype);
  }
  const nested = '{"f":0,"t":0,"id":1,"__proto__":{"polluted":1}}\n';
  assert.deepEqual(Object.entries((await read(nested))[0]!.entities[0]!.fields), [
    ["__proto__.polluted", 1],
  ]);
  assert.equal(({} as Record<string, unknown>)["polluted"], undefined);
});

test("readStates() keeps the order of the first row and values as they are", async () => {
  const text =
    '{"f":0,"t":0,"id":1,"b":-0,"a":1e-7,"s":""}\n{"f":1,"t":0,"id":1,"s":"é","a":0.1,"b":2}';
  const frames = await read(text);
  assert.deepEqual(frames.map((frame) => Object.entries(frame.entities[0]!.fields)), [
    [["b", -0], ["a", 1e-7], ["s", ""]],
    [["b", 2], ["a", 0.1], ["s", "é"]],
  ]);
});

test("readStates() sorts the entities of a frame by id", async () => {
  const text = '{"f":0,"t":0,"id":9}\n{"f":0,"t":0,"id":4294967295}\n{"f":0,"t":0,"id":3}\n';
  const [frame] = await read(text);
  assert.deepEqual(frame!.entities.map(({ id }) => id), [3, 9, 4294967295]);
});

test("readStates() in dense input ends an entity without a row, and lets its id come back", async () => {
  const text = [
    '{"f":0,"t":0,"id":1,"kind":"rocket","x":1}',
    '{"f":0,"t":0,"id":2,"kind":"car","v":5}',
    '{"f":2,"t":4,"id":2,"kind":"car","v":5}',
    '{"f":3,"t":4,"id":1,"kind":"car","v":6}',
  ].join("\n");
  const frames = await read(text);
  assert.deepEqual(frames.map(({ frame, timeMs, entities }) => [frame, timeMs, entities]), [
    [0, 0, [entity(1, { x: 1 }, "rocket"), entity(2, { v: 5 }, "car")]],
    [2, 4, [entity(2, { v: 5 }, "car")]],
    [3, 4, [entity(1, { v: 6 }, "car")]],
  ]);
  assert.equal(frames[0]!.entities[1], frames[1]!.entities[0]);
});

test("readStates() in sparse input keeps the world", async () => {
  const text = [
    '{"f":0,"id":2,"kind":"car","x":1,"y":2}',
    '{"f":0,"id":1,"kind":"ball","x":0}',
    '{"f":1,"id":2,"y":3}',
    '{"f":4,"id":2,"x":1,"y":3}',
    '{"f":5,"id":1,"kind":"car","x":7,"y":8}',
    '{"f":6,"id":2,"gone":true}',
    '{"f":6,"id":1,"gone":false,"x":9}',
    '{"f":7,"id":2,"kind":"ball","x":4}',
  ].join("\n");
  const frames = await read(text, { sparse: true, despawnKey: "gone", rateHz: 50 });
  const ball = entity(1, { x: 0 }, "ball");
  assert.deepEqual(frames, [
    { frame: 0, timeMs: 0, entities: [ball, entity(2, { x: 1, y: 2 }, "car")] },
    { frame: 1, timeMs: 20, entities: [ball, entity(2, { x: 1, y: 3 }, "car")] },
    { frame: 2, timeMs: 40, entities: [ball, entity(2, { x: 1, y: 3 }, "car")] },
    { frame: 3, timeMs: 60, entities: [ball, entity(2, { x: 1, y: 3 }, "car")] },
    { frame: 4, timeMs: 80, entities: [ball, entity(2, { x: 1, y: 3 }, "car")] },
    {
      frame: 5,
      timeMs: 100,
      entities: [entity(1, { x: 7, y: 8 }, "car"), entity(2, { x: 1, y: 3 }, "car")],
    },
    { frame: 6, timeMs: 120, entities: [entity(1, { x: 9, y: 8 }, "car")] },
    {
      frame: 7,
      timeMs: 140,
      entities: [entity(1, { x: 9, y: 8 }, "car"), entity(2, { x: 4 }, "ball")],
    },
  ]);
  const [first, second, third] = frames;
  assert.equal(first!.entities[0], second!.entities[0]);
  assert.notEqual(first!.entities[1], second!.entities[1]);
  assert.equal(second!.entities[1], third!.entities[1]);
});

test("readStates() in sparse frames takes a frame without rows as a frame", async () => {
  const text = '{"f":0,"t":0,"entities":[{"id":1,"x":5}]}\n{"f":1,"t":9,"entities":[]}\n';
  const [first, second] = await read(text, { sparse: true });
  assert.equal(second!.entities[0], first!.entities[0]);
  assert.deepEqual((await read(text)).map(({ entities }) => entities.length), [1, 0]);
});

test("readStates() in sparse input agrees with a model of the world", async () => {
  const change = fc.record({
    id: fc.integer({ min: 0, max: 5 }),
    x: fc.integer({ min: 0, max: 2 }),
    isGone: fc.boolean(),
  });
  const frames = fc.array(fc.uniqueArray(change, { selector: ({ id }) => id, maxLength: 4 }), {
    minLength: 1,
    maxLength: 12,
  });
  await fc.assert(fc.asyncProperty(frames, async (changes) => {
    const world = new Map<number, number>();
    const rows: string[] = [];
    const expected: StateFrame[] = [];
    let length = 0;
    for (const [f, list] of changes.entries()) {
      let count = 0;
      for (const { id, x, isGone } of list) {
        if (isGone && !world.has(id)) continue;
        count++;
        if (isGone) world.delete(id);
        else world.set(id, x);
        rows.push(JSON.stringify({ f, t: f, id, ...isGone ? { gone: true } : { x } }));
      }
      // Before the first row there is no frame, and after the last one nobody knows of any.
      if (rows.length === 0) continue;
      const entities = [...world].sort(([a], [b]) => a - b).map(([id, x]) => entity(id, { x }));
      expected.push({ frame: f, timeMs: f, entities });
      if (count > 0) length = expected.length;
    }
    if (rows.length === 0) return;
    expected.length = length;
    const options = { sparse: true, despawnKey: "gone" };
    const actual = await read(rows.join("\n"), options, 50);
    assert.deepEqual(actual, expected);
    for (let f = 1; f < actual.length; f++) {
      for (const state of actual[f]!.entities) {
        const before = actual[f - 1]!.entities.find(({ id }) => id === state.id);
        if (before?.fields["x"] === state.fields["x"]) assert.equal(state, before);
      }
    }
  }));
});

test("readStates() takes times from the rows, else from the rate, else assumes 60 Hz", async () => {
  const warnings: string[] = [];
  const options = {
    onWarning: ({ problem, remedy }: InputNote) => warnings.push(`${problem}; ${remedy}`),
  };
  const untimed = '{"f":3,"id":1}\n{"f":6,"id":1}\n';
  const times = async (text: string, more: ReadStatesOptions = {}) =>
    (await read(text, { ...options, ...more })).map(({ timeMs }) => timeMs);
  assert.deepEqual(await times('{"f":3,"t":1.5,"id":1}\n', { rateHz: 20 }), [1.5]);
  assert.deepEqual(await times(untimed, { rateHz: 20 }), [150, 300]);
  assert.deepEqual(warnings, []);
  assert.deepEqual(await times(untimed), [50, 100]);
  assert.deepEqual(warnings, [
    "no times in the input and no rate given: 60 Hz is assumed; give rateHz or timeKey",
  ]);
});

test("readStates() holds values against a schema", async () => {
  const schema = {
    kinds: [{
      name: "car",
      fields: [
        { name: "x", type: "fixed", step: 0.5 },
        { name: "on", type: "bool" },
        { name: "gear", type: "enum", values: ["n", "r"] },
        { name: "tag", type: "enum" },
        { name: "z", type: "f32", optional: true },
      ],
    }],
  } as const;
  const text = [
    '{"f":0,"t":0,"id":1,"kind":"car","z":0.25,"x":1.5,"on":true,"gear":"n","tag":"any"}',
    '{"f":1,"t":1,"id":1,"kind":"car","x":-2,"on":false,"gear":"r","tag":"other"}',
  ].join("\n");
  const frames = await read(text, { schema });
  assert.deepEqual(frames.map((frame) => Object.entries(frame.entities[0]!.fields)), [
    [["x", 1.5], ["on", true], ["gear", "n"], ["tag", "any"], ["z", 0.25]],
    [["x", -2], ["on", false], ["gear", "r"], ["tag", "other"]],
  ]);
});

test("readStates() types CSV by column and kind", async () => {
  const text = [
    "f ;id; kind;x;on;name;only",
    '0;1;a; 1.50 ;true;7;"5"',
    '0;2;b;word;False;"say ""hi""; ok";',
    '1;1;a;-2e1;FALSE;"70";.5',
    '1;2;b;7;true;"two\nlines";',
    '2;2;b;"";true;" spaces ";',
  ].join("\n");
  const frames = await read(text, { rateHz: 10 });
  assert.deepEqual(frames.map(({ entities }) => entities.map(({ fields }) => fields)), [
    [
      { x: 1.5, on: true, name: 7, only: 5 },
      { x: "word", on: false, name: 'say "hi"; ok' },
    ],
    [
      { x: -20, on: false, name: 70, only: 0.5 },
      { x: "7", on: true, name: "two\nlines" },
    ],
    [{ x: "", on: true, name: " spaces " }],
  ]);
});

test("readStates() with skipBad leaves out bad lines, counts them, and goes on", async () => {
  const bad = new BadLines();
  const text = [
    '{"f":0,"t":0,"id":1,"x":1}',
    "nonsense",
    '{"f":0,"t":0,"id":2,"x":"text"}',
    '{"f":4000000000,"t":0,"id":2,"x":true}',
    '{"f":0,"t":0,"id":3,"x":3}',
    '{"f":1,"t":5,"id":1,"x":4}',
    '{"f":0,"t":6,"id":1,"x":5}',
    '{"f":1,"t":5,"id":1,"x":5}',
    '{"f":1,"t":5,"id":2,"x":6}',
  ].join("\n");
  const frames = await read(text, { skipBad: true, onBadLine: bad.add, source: "a.ndjson" });
  assert.deepEqual(frames, [
    { frame: 0, timeMs: 0, entities: [entity(1, { x: 1 }), entity(3, { x: 3 })] },
    { frame: 1, timeMs: 5, entities: [entity(1, { x: 4 }), entity(2, { x: 6 })] },
  ]);
  assert.equal(bad.summary(), "5 bad lines skipped (lines 2, 3, 4, 7, 8)");
  assert.ok(bad.first.every(({ place }) => place.source === "a.ndjson"));
});

test("readStates() with skipBad takes no part of a bad frame", async () => {
  const lines: number[] = [];
  const text = [
    '{"f":0,"t":0,"entities":[{"id":1,"kind":"a","x":1},{"id":2,"kind":"b","y":-9007199254740993}]}',
    '{"f":0,"t":0,"entities":[{"id":1,"kind":"a","y":1}]}',
    '{"f":1,"t":0,"entities":[{"id":1,"kind":"a","y":2},{"id":1,"kind":"a","y":3}]}',
    '{"f":1,"t":0,"entities":[{"id":1,"kind":"a","y":4}]}',
  ].join("\n");
  const frames = await read(text, {
    skipBad: true,
    onBadLine: ({ place }) => lines.push(place.line!),
  });
  assert.deepEqual(lines, [1, 3]);
  assert.deepEqual(frames.map(({ entities }) => entities), [
    [entity(1, { y: 1 }, "a")],
    [entity(1, { y: 4 }, "a")],
  ]);
});
