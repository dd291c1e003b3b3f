import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import type { StateFrame } from "../core/state/state.ts";
import { InputSyntaxError } from "./input/input_error.ts";
import { INPUT_LIMITS } from "./input/limits.ts";
import { readStates } from "./read_states.ts";
import type { ReadStatesOptions } from "./states_options.ts";

interface Refusal {
  /** Frames that came out before the error, by index. */
  readonly frames: number[];
  readonly error: InputSyntaxError;
}

async function refusal(
  input: string | Uint8Array,
  options: ReadStatesOptions = {},
): Promise<Refusal> {
  const bytes = typeof input === "string" ? new TextEncoder().encode(input) : input;
  const frames: StateFrame[] = [];
  async function* chunks() {
    yield bytes;
  }
  try {
    for await (const frame of readStates(chunks(), { source: "in", ...options })) {
      frames.push(frame);
    }
  } catch (error) {
    assert.ok(error instanceof InputSyntaxError, String(error));
    assert.doesNotMatch(error.message, /[\n\r]/);
    return { frames: frames.map(({ frame }) => frame), error };
  }
  return assert.fail(`nothing was refused, ${frames.length} frames were read`);
}

// Frame 0 is whole and frame 1 has one row when the line under test comes.
const BEFORE = '{"f":0,"t":0,"id":1,"x":1,"s":"a","b":true}\n' +
  '{"f":1,"t":10,"id":1,"x":1,"s":"a","b":true}\n';
const row = (fields: string) => `{"f":1,"t":10,"id":2,${fields}}`;

/** The line, its column, what the message says, what was read before, options. */
type Case = [line: string, column: number | undefined, message: RegExp, frames: number[]];

const DENSE: Case[] = [
  ["{]", 2, /not JSON: a key in double quotes is expected.*one JSON object per line/, [0]],
  ["[1]", undefined, /no JSON object; send one JSON object per line/, [0]],
  ["nothing", 1, /not JSON: nothing is not JSON/, [0]],
  [
    row('"x":NaN,"s":"a","b":true'),
    26,
    /NaN is not JSON, as the value of "x"; leave the field out .* sed/,
    [0],
  ],
  [row('"x":-Infinity,"s":"a","b":true'), 26, /-Infinity is not JSON, as the value of "x"; leave/, [
    0,
  ]],
  [row('"x":1,"s":"a","b":true').slice(0, -9), 36, /the JSON ends too early/, [0]],
  [row('"x":" NaN","s":"a","b":true'), 26, /text " NaN".*a field has no NaN: leave it out/, [0]],
  [row('"x":"-inf ","s":"a","b":true'), 26, /a field has no -inf: leave it out/, [0]],
  [row('"x":"5","s":"a","b":true'), 26, /"x" is the text "5", but a number.*another name/, [0]],
  [row('"x":1,"s":5,"b":true'), 32, /"s" is 5, but a text by line 1.*another name/, [0]],
  [row('"x":1,"s":"a","b":1'), 40, /"b" is 1, but a boolean by line 1.*another name/, [0]],
  [
    row('"x":-76561198000000001,"s":"a","b":true'),
    26,
    /nearest is -76561198000000000; send the nearest number, or declare the field as text/,
    [0],
  ],
  [row('"x":9007199254740993.0,"s":"a","b":true'), 26, /9007199254740993.0 does not fit/, [0]],
  [row('"x":18446744073709551617,"s":"a","b":true'), 26, /18446744073709551617 does not/, [0]],
  [row('"x":1e-400,"s":"a","b":true'), 26, /1e-400 is too small for a double, the nearest/, [0]],
  [row('"x":1,"s":"a","b":true,"x":1'), 45, /the key "x" occurs twice in one object; send/, [0]],
  [row('"x":1,"s":"a","b":true,"id":3'), 45, /the key "id" occurs twice in one object/, [0]],
  ['{"f":1,"f":0,"t":10,"id":2,"x":1,"s":"a","b":true}', 8, /the key "f" occurs twice/, [0]],
  [row('"x":{"":1,"":2}'), 32, /the key "" occurs twice in one object/, [0]],
  [row('"x":1,"s":{"__proto__":1,"__proto__":1}'), 47, /the key "__proto__" occurs twice/, [0]],
  [row('"x":1e999,"s":"a","b":true'), 26, /1e999 is beyond the range of a double/, [0]],
  ['{"f":0,"t":0,"id":1,"x":1,"s":"a","b":true}', 6, /backwards, from 1 to 0; sort the input/, [
    0,
    1,
  ]],
  ['{"f":-1,"t":0,"id":1}', 6, /"f" is -1, .* to 4294967295; give frameOffset 1 or more/, [0]],
  ['{"f":1.5,"t":0,"id":1}', 6, /"f" is 1.5/, [0]],
  ['{"f":4294967296,"t":0,"id":1}', 6, /"f" is 4294967296/, [0]],
  ['{"f":"02","t":0,"id":1}', 6, /"f" is the text "02", expected an integer/, [0]],
  ['{"f":null,"t":0,"id":1}', undefined, /"f" is missing/, [0]],
  ['{"t":0,"id":1}', undefined, /"f" is missing; name its key with frameKey/, [0]],
  ['{"f":2,"t":20}', undefined, /id "id" is missing; name its key with idKey/, [0, 1]],
  ['{"f":2,"t":20,"id":-3}', 20, /id "id" is -3, expected.*idKey/, [0, 1]],
  ['{"f":2,"t":20,"id":4294967296}', 20, /4294967296, expected/, [0, 1]],
  ['{"f":2,"t":20,"id":null}', 20, /id "id" is null/, [0, 1]],
  ['{"f":2,"t":9,"id":1,"x":1,"s":"a","b":true}', 12, /"t" goes backwards, from 10 to 9; sort/, [
    0,
    1,
  ]],
  ['{"f":1,"t":11,"id":2,"x":1,"s":"a","b":true}', 12, /"t" is 11 in frame 1.*one time a frame/, [
    0,
  ]],
  ['{"f":2,"t":-1,"id":1,"x":1}', 12, /"t" goes backwards, from 10 to -1/, [0, 1]],
  ['{"f":2,"t":1e400,"id":1,"x":1}', 12, /1e400 is beyond the range/, [0, 1]],
  ['{"f":2,"t":"020","id":1,"x":1}', 12, /"t" is the text "020", expected milli/, [0, 1]],
  [
    '{"f":2,"t":"2026-02-30T20:00:00","id":1,"x":1}',
    12,
    /"t" is the text "2026-02-30T20:00:00", expected milliseconds or a date of ISO 8601/,
    [0, 1],
  ],
  ['{"f":2,"t":18446744073710,"id":1}', 12, /at most 18446744073709 fit; send milliseconds/, [
    0,
    1,
  ]],
  ['{"f":2,"id":1,"x":1,"s":"a","b":true}', undefined, /"t" is missing; give every row a time/, [
    0,
    1,
  ]],
  [row('"x":1,"s":"a","b":true').replace('"id":2', '"id":1'), 20, /two rows in frame 1/, [0]],
  ['{"f":2,"t":20,"id":1,"kind":7}', 29, /kind "kind" is 7, expected a text.*kindKey/, [0, 1]],
  [`{"f":2,"t":20,"id":1,"kind":"${"k".repeat(257)}"}`, undefined, /name of the kind has 257/, [
    0,
    1,
  ]],
  [`{"f":2,"t":20,"id":1,"kind":"n","${"k".repeat(257)}":1}`, 33, /name of a field has 257/, [
    0,
    1,
  ]],
  ['{"f":2,"t":20,"id":1,"kind":"n","p":{"x":1},"p.x":2}', 45, /"p.x" occurs twice.*rename/, [
    0,
    1,
  ]],
  [
    `{"f":2,"t":20,"id":1,"kind":"n","p":${"[".repeat(40)}${"]".repeat(40)}}`,
    undefined,
    /nested deeper than 32 levels; flatten/,
    [0, 1],
  ],
  [
    `{"f":2,"t":20,"id":1,"kind":"n",${
      Array.from({ length: 65 }, (_, i) => `"a${i}":${i}`).join()
    }}`,
    589,
    /has 65 fields, at most 64 fit; split the entity/,
    [0, 1],
  ],
  [row(`"x":1,"s":"${"s".repeat(4097)}","b":true`), 32, /4097 characters, at most 4096 fit/, [0]],
  [
    '\u0000\u001b[31m{"f":2}',
    1,
    /in:3:1: the text "\\u0000\\u001b\[31m" stands before the JSON/,
    [0],
  ],
];

for (const [line, column, message, frames] of DENSE) {
  test(`readStates() refuses ${line.slice(0, 60).replace(/[^ -~]/g, "?")}`, async () => {
    const refused = await refusal(`${BEFORE}${line}\n{"f":9}\n`);
    assert.match(refused.error.message, message);
    assert.equal(refused.error.place.line, 3);
    assert.equal(refused.error.place.column, column);
    assert.deepEqual(refused.frames, frames);
  });
}

test("readStates() refuses more than the last row's frame when the file is cut in a line", async () => {
  const { error, frames } = await refusal(BEFORE + '{"f":1,"t":1');
  assert.equal(
    error.message,
    "Cannot read in:3:13: the line is not JSON: the JSON ends too early (frame 1, of which it may be a part, is left out); send one JSON object per line",
  );
  assert.deepEqual(frames, [0]);
});

test("readStates() puts no line break, escape or long text of the input into a message", async () => {
  const text = `{"f":0,"t":0,"id":1,"x":1}\n{"f":0,"t":0,"id":2,"x":"\\n\\u001b[2J\\u202e${
    "y".repeat(99)
  }"}`;
  const { error } = await refusal(text, { source: "a\nb" });
  assert.match(
    error.message,
    /^Cannot read a\\u\{a\}b:2:25: the field "x" is the text "\\n\\u001b\[2J\\u\{202e\}y+…"/,
  );
  assert.ok(error.message.length < 250);
});

const SPARSE: [text: string, line: number, column: number | undefined, message: RegExp][] = [
  [
    '{"f":0,"id":1,"x":1}\n{"f":1,"id":2,"gone":true}',
    2,
    22,
    /entity 2 is removed, but it does not exist/,
  ],
  [
    '{"f":0,"id":1,"x":1}\n{"f":1,"id":1,"gone":1}',
    2,
    22,
    /despawn mark "gone" is 1; send true, false/,
  ],
  [
    '{"f":0,"id":1,"x":1}\n{"f":1,"id":1,"gone":true}\n{"f":1,"id":1,"x":1}',
    3,
    13,
    /two rows in frame 1/,
  ],
];

for (const [text, line, column, message] of SPARSE) {
  test(`readStates() refuses sparse ${text.split("\n").at(-1)}`, async () => {
    const { error } = await refusal(text, { sparse: true, despawnKey: "gone" });
    assert.match(error.message, message);
    assert.deepEqual([error.place.line, error.place.column], [line, column]);
  });
}

const FRAMES: [text: string, column: number | undefined, message: RegExp][] = [
  ['{"f":1,"t":0,"entities":5}', 25, /collection "entities" is 5, expected a map or a list/],
  ['{"f":0,"t":0,"entities":[]}', 6, /the frame 0 occurs twice; send all entities/],
  [
    '{"f":1,"t":0,"map":"dm4","entities":[]}',
    14,
    /key "map", which would be lost; name the places/,
  ],
  ['{"f":1,"t":0,"t":1,"entities":[]}', 14, /the key "t" occurs twice in one object/],
  ['{"f":1,"t":0,"entities":[],"entities":[{"id":1}]}', 28, /the key "entities" occurs twice/],
  ['{"f":1,"t":0,"entities":[{"id":1,"x":1,"x":1}]}', 40, /the key "x" occurs twice in one/],
  ['{"f":1,"t":0,"entities":[{"id":2,"x":1},{"id":1,"id":2,"x":1}]}', 49, /"id" occurs twice/],
  ['{"f":1,"t":0,"entities":[{"id":1,"x":{"a":1,"a":1}}]}', 45, /the key "a" occurs twice in/],
  ['{"f":1,"t":0,"entities":[5]}', 26, /the entity is 5, expected an object/],
  ['{"f":1,"t":0,"entities":[{"id":1,"x":1},{"id":1,"x":1}]}', 47, /two rows in frame 1/],
  ['{"f":1,"t":0,"entities":[{"id":1,"x":1},{"id":2,"x":"1"}]}', 53, /"x" is the text "1"/],
  ['{"f":1,"t":0,"entities":[{"id":1,"x":-9007199254740993}]}', 38, /does not fit a double/],
  ['{"f":1,"t":0,"entities":[{"id":1,"f":2,"x":1}]}', 38, /entity's "f" differs from that of its/],
];

for (const [line, column, message] of FRAMES) {
  test(`readStates() refuses the frame ${line}`, async () => {
    const { error, frames } = await refusal(`{"f":0,"t":0,"entities":[{"id":1,"x":1}]}\n${line}`);
    assert.match(error.message, message);
    assert.deepEqual([error.place.line, error.place.column], [2, column]);
    assert.deepEqual(frames, [0]);
  });
}

const CSV: [text: string, line: number, column: number | undefined, message: RegExp][] = [
  [
    "x,id\n1,2",
    1,
    undefined,
    /no JSON object, and as a CSV header it has no frame column "f"; name it with frameKey/,
  ],
  ["f,x\n1,2", 1, undefined, /no id column "id"; name it with idKey/],
  ["f,id,,x\n", 1, 6, /a column has no name/],
  ["f,id,x,x\n", 1, 8, /the column "x" occurs twice/],
  ["f,id,x\n0,1,5\n1,1\n2,1,7\n", 3, undefined, /2 cells, the header has 3; write every cell/],
  ["f,id,x\n0,1,5\n1,1,2,5\n", 3, undefined, /4 cells, the header has 3/],
  ["f,id,x\n0,1,5\n1,1,inf\n", 3, 5, /cell "inf", but a number by line 2; a field has no inf/],
  ["f,id,x\n0,1,5\n1,1,1;5\n", 3, 5, /cell "1;5", but a number.*as an enum in a schema/],
  ["f,id,x\n0,1,true\n1,1,yes\n", 3, 5, /cell "yes", but a boolean/],
  ["f,id,x\n0,1,5\n1,1,-9007199254740993\n", 3, 5, /does not fit a double/],
  ["f,id,x\n0,1,0.5\n1,1,9007199254740993\n", 3, 5, /does not fit a double/],
  ["f,id,x\n0,1,5\n1,1,1e-999\n", 3, 5, /1e-999 is too small for a double/],
  ["f,id,x\n0,1,5\n1,one,5\n", 3, 3, /id "id" is the text "one"/],
  ["f,id,x\n0,1,5\n,1,5\n", 3, undefined, /frame "f" is missing/],
  ['f,id,x\n0,1,"a"b\n', 2, 8, /something follows a closing quote/],
  ['f,id,x\n0,1,a"b\n', 2, 6, /a quote stands inside a cell/],
  ['f,id,x\n0,1,a\n1,1,"b\n2,1,c\n', 3, 5, /a quoted cell does not end/],
  ['f,id,x,y\n0,1,"a\nb",5\n1,1,"c\nd",z\n', 5, 4, /cell "z", but a number by line 2/],
];

for (const [text, line, column, message] of CSV) {
  test(`readStates() refuses the CSV ${JSON.stringify(text)}`, async () => {
    const { error } = await refusal(text, { rateHz: 60 });
    assert.match(error.message, message);
    assert.deepEqual([error.place.line, error.place.column], [line, column]);
  });
}

const DECLARED: [fields: string, column: number | undefined, message: RegExp][] = [
  [
    '"x":256,"on":true,"g":"n"',
    38,
    /"x" does not fit the schema: the value is 256, expected an integer from 0 to 255; change the field's type/,
  ],
  [
    '"x":1,"on":true,"g":"n","step":-0',
    65,
    /"step" does not fit the schema: the value is -0, expected a multiple of 0.5/,
  ],
  ['"x":1,"on":true,"g":"n","step":0.25', 65, /the value is 0.25, expected a multiple of 0.5/],
  ['"x":1.5,"on":true,"g":"n"', 38, /the value is 1.5, expected an integer/],
  ['"x":1,"on":1,"g":"n"', 45, /"on" is 1, but a boolean by the schema/],
  ['"x":1,"on":true,"g":"zz"', 54, /the value is "zz", expected one of the field's values/],
  ['"x":1,"on":true', undefined, /lacks the field "g", which the kind "car" has by the schema/],
  ['"x":1,"on":true,"g":"n","y":1', 58, /no field "y" by the schema/],
];

for (const [fields, column, message] of DECLARED) {
  test(`readStates() refuses ${fields} by a schema`, async () => {
    const schema = {
      kinds: [{
        name: "car",
        fields: [
          { name: "x", type: "u8" },
          { name: "step", type: "fixed", step: 0.5, optional: true },
          { name: "on", type: "bool" },
          { name: "g", type: "enum", values: ["n"] },
        ],
      }],
    } as const;
    const line = (f: number, rest: string) => `{"f":${f},"t":0,"id":1,"kind":"car",${rest}}\n`;
    const text = line(0, '"x":1,"on":true,"g":"n"') + line(1, fields);
    const { error, frames } = await refusal(text, { schema });
    assert.match(error.message, message);
    assert.deepEqual([error.place.line, error.place.column], [2, column]);
    assert.deepEqual(frames, [0]);
    const other = await refusal('{"f":0,"t":0,"id":1,"kind":"bus"}', { schema });
    assert.match(
      other.error.message,
      /in:1: the schema has no kind "bus", only "car"; add the kind/,
    );
  });
}

const WHOLE: [name: string, input: string | Uint8Array, message: string][] = [
  ["nothing", "", "Cannot read in: it holds no rows; send at least one row"],
  ["blank lines", "\n \r\n", "Cannot read in: it holds no rows; send at least one row"],
  ["a header alone", "f,id,x\n", "Cannot read in: it holds no rows; send at least one row"],
  [
    "a list",
    '[{"f":0}]',
    "Cannot read in:1: the line starts a JSON list; send one JSON object per line, as jq -c '.[]' does",
  ],
  [
    "printed JSON",
    '{\n"f":0}',
    "Cannot read in:1:2: the line is not JSON: the JSON ends too early; send one JSON object per line, as jq -c . does",
  ],
  [
    "UTF-16",
    new Uint8Array([0xff, 0xfe, 0x7b, 0]),
    "Cannot read in:1: the line is not UTF-8 text; convert it from UTF-16 to UTF-8",
  ],
  [
    "bytes",
    new Uint8Array([0x89, 0x4d, 0x43, 0x41]),
    "Cannot read in:1: the line is not UTF-8 text; send NDJSON or CSV, as UTF-8",
  ],
  [
    "cut gzip",
    new Uint8Array(gzipSync(BEFORE).subarray(0, -6)),
    `Cannot read in: the gzip data is cut off after ${BEFORE.length} bytes of text (frame 1, which may go on behind that, is left out); copy the file again; what came before was read`,
  ],
];

for (const [name, input, message] of WHOLE) {
  test(`readStates() refuses ${name}`, async () => {
    assert.equal((await refusal(input)).error.message, message);
  });
}

test("readStates() names a line that is not UTF-8 and reads up to it", async () => {
  const bytes = new Uint8Array([...new TextEncoder().encode(BEFORE), 0x22, 0xc3, 0x28, 0x22, 10]);
  const { error, frames } = await refusal(bytes);
  assert.equal(
    error.message,
    "Cannot read in:3: the line is not UTF-8 text (frame 1, of which it may be a part, is left out); send NDJSON or CSV, as UTF-8",
  );
  assert.deepEqual(frames, [0]);
});

test("readStates() refuses an input of which every line is bad, and a header that cannot be read", async () => {
  const rows = await refusal("{x\n{y\n", { skipBad: true });
  assert.equal(
    rows.error.message,
    "Cannot read in: all 2 lines are bad; read it without skipBad to see why",
  );
  const csv = await refusal("a,b\n1,2\n", { skipBad: true });
  assert.equal(csv.error.place.line, 1);
});

test("readStates() refuses entities above the limit, dense and sparse", async () => {
  const count = INPUT_LIMITS.entitiesPerFrame;
  const rows = Array.from({ length: count }, (_, id) => `{"f":0,"t":0,"id":${id}}`).join("\n");
  const frames = `{"f":0,"t":0,"entities":[${
    Array.from({ length: count + 1 }, (_, id) => `{"id":${id}}`).join()
  }]}`;
  for (const sparse of [false, true]) {
    const { error } = await refusal(`${rows}\n{"f":0,"t":0,"id":${count}}`, { sparse });
    assert.match(error.message, /in:65537:19: there are more than 65536 entities; /);
    assert.match((await refusal(frames, { sparse })).error.message, /more than 65536 entities/);
  }
  const { error } = await refusal(`${rows}\n{"f":1,"t":0,"id":0}\n{"f":1,"t":0,"id":${count}}`, {
    sparse: true,
  });
  assert.equal(error.place.line, count + 2);
});

test("readStates() refuses kinds and texts above the limit", async () => {
  const kinds = Array.from({ length: 4097 }, (_, i) => `{"f":0,"t":0,"id":${i},"kind":"k${i}"}`);
  assert.match((await refusal(kinds.join("\n"))).error.message, /in:4097: .*more than 4096 kinds/);
  const texts = Array.from({ length: 65537 }, (_, f) => `{"f":${f},"t":0,"id":1,"s":"${f}"}`);
  const open = { kinds: [{ name: "entity", fields: [{ name: "s", type: "enum" as const }] }] };
  const { error } = await refusal(texts.join("\n"), { schema: open });
  assert.match(error.message, /in:65537:29: .*more than 65536 distinct texts; make it a text/);
  const long = `{"f":0,"t":0,"id":1,"s":"${"x".repeat(4097)}"}`;
  assert.match((await refusal(long)).error.message, /in:1:25: .*text of 4097 characters, at most/);
});

test("readStates() refuses a line above the limit while it is still being read", async () => {
  const chunk = new Uint8Array(1 << 20).fill(0x20);
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent++;
      controller.enqueue(chunk);
    },
  });
  await assert.rejects(async () => {
    for await (const _ of readStates(endless, { source: "in" }));
  }, /^InputSyntaxError: Cannot read in:1: the line is longer than 67108864 bytes; send one row/);
  assert.ok(sent < 70);
});

test("readStates() refuses options that make no sense at once", () => {
  const input = new Blob([]).stream();
  for (const rateHz of [0, -1, NaN, Infinity]) {
    assert.throws(() => readStates(input, { rateHz }), RangeError);
  }
  assert.throws(() => readStates(input, { despawnKey: "gone" }), /for sparse input/);
  assert.throws(() => readStates(input, { timeKey: "f" }), /expected different ones/);
  const schema = {
    kinds: [{ name: "a", fields: [{ name: "x", type: "fixed", step: -3 }] }],
  } as const;
  assert.throws(() => readStates(input, { schema }), /Step is -3/);
});

test("readStates() refuses a text of a number that is 0 for want of smaller doubles", async () => {
  const schema = { kinds: [{ name: "entity", fields: [{ name: "v", type: "f64" }] }] } as const;
  const { error, frames } = await refusal(
    '{"f":0,"t":0,"id":1,"v":"0e-400"}\n{"f":1,"t":9,"id":1,"v":"1e-400"}',
    { schema },
  );
  assert.match(error.message, /in:2:25: in the field "v" the number 1e-400 is too small for a/);
  assert.deepEqual(frames, [0]);
});
