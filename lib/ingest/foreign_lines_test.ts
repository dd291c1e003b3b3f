import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { EntityNames } from "../core/names/entity_names.ts";
import { InputSyntaxError } from "./input/input_error.ts";
import { readStates } from "./read_states.ts";
import type { ReadStatesOptions } from "./states_options.ts";

/** Frames and values of `x` of an input, and its error. */
async function read(input: string | Uint8Array, options: ReadStatesOptions = {}) {
  const frames: [frame: number, ...xs: unknown[]][] = [];
  const losses: unknown[] = [];
  const blob = new Blob([typeof input === "string" ? input : new Uint8Array(input)]);
  try {
    const all = readStates(blob.stream(), {
      source: "in",
      names: new EntityNames(),
      onLoss: (loss) => void losses.push(loss),
      ...options,
    });
    for await (const { frame, entities } of all) {
      frames.push([frame, ...entities.map(({ fields }) => fields.x)]);
    }
  } catch (error) {
    assert.ok(error instanceof InputSyntaxError, String(error));
    return { frames, losses, error };
  }
  return { frames, losses, error: undefined };
}

const row = (f: number, x: number) => `{"f":${f},"t":${f},"id":1,"x":${x}}`;

/** Texts that hold frames 0 and 1, with an `x` of 5 and 6. */
const TAKEN: readonly string[] = [
  `\ufeff${row(0, 5)}\n\ufeff${row(1, 6)}\n`,
  `\u001e${row(0, 5)}\n\u001e${row(1, 6)}\n`,
  `\u001e\ufeff${row(0, 5)}\r\n${row(1, 6)}`,
  `\ufefff,t,id,x\n\ufeff0,0,1,5\n1,1,1,6\n`,
  `[\n${row(0, 5)},\n${row(1, 6)}\n]\n`,
  `[${row(0, 5)},\n${row(1, 6)}]`,
  `\n[ ${row(0, 5)}\n,${row(1, 6)} ,\n]\n\n`,
  `[\n{"f":0,"t":0,"players":{"a":{"x":5}}},\n{"f":1,"t":1,"players":{"a":{"x":6}}}\n]`,
];

test("readStates() drops what stands around lines: marks, and the brackets of a list", async () => {
  for (const text of TAKEN) {
    for (const input of [text, gzipSync(new TextEncoder().encode(text))]) {
      const { frames, error } = await read(input);
      assert.equal(error, undefined, text);
      assert.deepEqual(frames, [[0, 5], [1, 6]]);
    }
  }
});

/** Inputs that are refused, and the message. */
const REFUSED: readonly [input: string | readonly number[], message: string][] = [
  [
    row(0, 5) + row(1, 6),
    ":1:27: the line is not JSON: something follows the JSON value; send one JSON object per line, as jq -c . does",
  ],
  [
    `[${row(0, 5)},${row(1, 6)}]`,
    ":1: the line starts a JSON list; send one JSON object per line, as jq -c '.[]' does",
  ],
  [
    `[12:00:01] INFO ${row(0, 5)}`,
    `:1:1: the text "[12:00:01] INFO " stands before the JSON of the line; leave it out, as sed 's/^[^{]*//' does`,
  ],
  [
    `${row(0, 5)}\nWARN: ${row(1, 6)}`,
    `:2:1: the text "WARN: " stands before the JSON of the line; leave it out, as sed 's/^[^{]*//' does`,
  ],
  [
    `12:00:01.123  ${row(0, 5)}  -  Server`,
    `:1:1: the text "12:00:01.123  " stands before the JSON of the line, and "  -  Server" behind it; leave both out, as sed 's/^[^{]*//; s/[^}]*$//' does`,
  ],
  [
    `${row(0, 5)}\n${row(1, 6)}  -  Server`,
    `:2:27: the text "  -  Server" stands behind the JSON of the line; leave it out, as sed 's/[^}]*$//' does`,
  ],
  [
    row(0, 5).replace("5", "NaN"),
    `:1:25: the line is not JSON: NaN is not JSON, as the value of "x"; leave the field out where it has no value, or print null, as sed -E 's/([:,[] ?)-?(NaN|Infinity|nan|inf)\\b/\\1null/g' does`,
  ],
  [
    `{'f':0,'t':0}`,
    ":1:2: the line is not JSON: a key in double quotes is expected here; print JSON, as json.dumps does in Python",
  ],
  [
    `{"f":0,"t":0,"id":1,"x":None}`,
    ":1:25: the line is not JSON: None is not JSON; print JSON, as json.dumps does in Python",
  ],
  [
    JSON.stringify('{"f":0,"t":0,"id":1}'),
    ":1:1: the line is a text that holds the JSON; take it out, as jq -r . does",
  ],
  [
    [..."{}"].flatMap((char) => [char.charCodeAt(0), 0]),
    ":1: the line has zero bytes, as UTF-16 has; convert it to UTF-8, as iconv does",
  ],
  [
    [..."{}"].flatMap((char) => [0, char.charCodeAt(0)]),
    ":1: the line has zero bytes, as UTF-16 has; convert it to UTF-8, as iconv does",
  ],
  [
    "tick,id,x\n0,1,5\n",
    ':1: the line is no JSON object, and as a CSV header it has no frame column "f"; name it with frameKey tick, or send NDJSON',
  ],
  [
    [0x28, 0xb5, 0x2f, 0xfd, 0, 0, 0],
    ": it is no text, but compressed by zstd; send what zstd -dc gives, through a pipe",
  ],
  [
    [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0],
    ": it is no text, but compressed by xz; send what xz -dc gives, through a pipe",
  ],
  [
    [0x50, 0x4b, 3, 4, 0, 0, 0],
    ": it is no text, but a zip archive; send what unzip -p gives, through a pipe",
  ],
];

test("readStates() names what wraps an input, and how to take it off", async () => {
  for (const [input, message] of REFUSED) {
    const { error } = await read(typeof input === "string" ? input : Uint8Array.from(input));
    assert.equal(error?.message, `Cannot read in${message}`);
  }
});

test("readStates() skips what a server prints before its first state, but not the rows of a table", async () => {
  const banner = `Server started\nmap dm6\n${row(0, 5)}\n${row(1, 6)}\n`;
  assert.deepEqual((await read(banner, { skipBad: true })).frames, [[0, 5], [1, 6]]);
  const { error } = await read("tick,id,x\n0,1,5\n", { skipBad: true });
  assert.match(error!.message, /name it with frameKey tick/);
});

test("readStates() keeps the frame before a line that is cut off, or says that it is left out", async () => {
  const both = await read(`${row(0, 5)}\n${row(1, 6)}\n{"f":2,"t":100,"id":1,"x`);
  assert.deepEqual(both.frames, [[0, 5], [1, 6]]);
  assert.match(both.error!.message, /the JSON ends too early; send/);
  for (const cut of ['{"f":1,"t":1,"id":2', '{"f":1', '{"']) {
    const one = await read(`${row(0, 5)}\n${row(1, 6)}\n${cut}`);
    assert.deepEqual(one.frames, [[0, 5]]);
    assert.match(one.error!.message, /\(frame 1, of which it may be a part, is left out\)/);
  }
  const table = await read("f,t,id,x\n0,0,1,5\n1,1,1,6\n2,2,");
  assert.deepEqual(table.frames, [[0, 5], [1, 6]]);
  for (const cut of ["1,1,2", '1,1,2,"5', "1"]) {
    const cells = await read(`f,t,id,x\n0,0,1,5\n1,1,1,6\n${cut}`);
    assert.deepEqual(cells.frames, [[0, 5]]);
    assert.match(cells.error!.message, /\(frame 1, of which it may be a part, is left out\)/);
  }
  const whole = await read('{"f":0,"t":0,"e":{"a":{"x":5}}}\n{"f":1,"t":1,"e":{"a":{"x"');
  assert.deepEqual(whole.frames, [[0, 5]]);
  assert.doesNotMatch(whole.error!.message, /left out/);
});

test("readStates() names the entities of skipped lines by their ids", async () => {
  const line = (f: number, id: string, x: string) => `{"f":${f},"t":${f},"id":"${id}","x":${x}}`;
  const lines = [line(0, "a", "1"), line(0, "b", "1"), line(1, "a", "2"), line(1, "b", '"?"')];
  const { losses } = await read(lines.join("\n"), { skipBad: true });
  assert.deepEqual(losses, [{ frame: 1, id: "b", keptFrame: undefined }]);
});

test("readStates() keeps marks inside a quoted cell, where they are text", async () => {
  const csv = '\ufefff,t,id,s\n0,0,1,"a\n\ufeffb\n\u001ec"\n\ufeff1,50,1,x\n';
  const frames = await Array.fromAsync(readStates(new Blob([csv]).stream()));
  const texts = frames.map(({ entities }) => entities[0]!.fields["s"]);
  assert.deepEqual(texts, ["a\n\ufeffb\n\u001ec", "x"]);
});
