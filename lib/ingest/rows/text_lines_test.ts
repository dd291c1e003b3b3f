import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { readStates } from "../read_states.ts";
import { readLines } from "./text_lines.ts";

async function* chunksOf(bytes: Uint8Array, sizes: number[]) {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length]!;
    yield bytes.subarray(at, at += size);
  }
}

async function linesOf(input: AsyncIterable<Uint8Array>) {
  const lines: string[] = [];
  const damaged: number[] = [];
  for await (const batch of readLines(input, "in")) {
    assert.equal(batch.firstLine, lines.length + 1);
    for (const i of batch.damaged ?? []) damaged.push(batch.firstLine + i);
    lines.push(...batch.lines);
  }
  return { lines, damaged };
}

test("readLines() gives the same lines however the bytes are cut", async () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1 }).filter((all) =>
    all.some((size) => size > 0)
  );
  const text = fc.array(fc.string({ unit: "binary" }).map((line) => line.replaceAll("\n", "")));
  await fc.assert(fc.asyncProperty(text, sizes, fc.boolean(), async (lines, sizes, isZipped) => {
    const whole = lines.map((line) => `${line.replaceAll("\ufeff", "")}\n`).join("");
    const bytes = new TextEncoder().encode(whole);
    // Text that happens to start like gzip data is taken for it.
    if (bytes[0] === 0x1f) return;
    const input = isZipped ? new Uint8Array(gzipSync(bytes)) : bytes;
    const read = await linesOf(chunksOf(input, sizes));
    assert.equal(read.lines.map((line) => `${line}\n`).join(""), whole);
    assert.deepEqual(read.damaged, []);
  }));
});

test("readLines() reads a last line without a newline and drops the marks at the start of lines", async () => {
  const bytes = new TextEncoder().encode("\ufeffa\n\ufeffb");
  assert.deepEqual((await linesOf(chunksOf(bytes, [2]))).lines, ["a", "b"]);
  assert.deepEqual((await linesOf(chunksOf(new Uint8Array(0), [1]))).lines, []);
});

test("readLines() names the lines that are not UTF-8", async () => {
  const bytes = new Uint8Array([0x61, 10, 0xff, 10, 0xc3, 0xa9, 10, 0xc3, 10, 0x62]);
  for (const size of [1, 3, 99]) {
    const { lines, damaged } = await linesOf(chunksOf(bytes, [size]));
    assert.deepEqual(damaged, [2, 4]);
    assert.deepEqual([lines[0], lines[2], lines[4]], ["a", "é", "b"]);
  }
});

test("readLines() refuses chunks that are no bytes", async () => {
  async function* texts() {
    yield "text" as unknown as Uint8Array;
  }
  await assert.rejects(linesOf(texts()), /^TypeError: Input chunk is string, expected Uint8Array/);
});

test("readLines() left amid the first chunk leaves its source", async () => {
  let isLeft = false;
  async function* source() {
    try {
      yield new TextEncoder().encode("a\nb\n");
      yield new TextEncoder().encode("c\n");
    } finally {
      isLeft = true;
    }
  }
  for await (const _ of readLines(source(), "in")) break;
  assert.ok(isLeft);
});

test("readStates() refuses a quoted cell over thousands of blank lines", async () => {
  const text = `f,id,say\n0,1,"a${"\n".repeat(200_000)}b"\n1,1,c\n`;
  const options = { source: "in", rateHz: 60 };
  await assert.rejects(async () => {
    for await (const _ of readStates(new Blob([text]).stream(), options));
  }, /in:\d+: a quoted cell goes on over \d+ blank lines; close the quote/);
});

test("readLines() counts thousands of blank lines without giving them out", async () => {
  const blank = new Uint8Array(1 << 20).fill(10);
  async function* source() {
    yield new TextEncoder().encode("a\n");
    yield blank;
    yield new TextEncoder().encode("b\n");
  }
  const numbers = new Map<string, number>();
  let count = 0;
  for await (const { lines, firstLine } of readLines(source(), "in")) {
    count += lines.length;
    lines.forEach((line, i) => numbers.set(line, firstLine + i));
  }
  assert.equal(numbers.get("a"), 1);
  assert.equal(numbers.get("b"), 2 + (1 << 20));
  assert.ok(count < 1000);
});
