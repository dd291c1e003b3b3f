import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { ByteReader, ByteSyntaxError, ByteWriter } from "../../core/bytes/bytes.ts";
import { readWords, writeWords } from "./words.ts";

function packed(words: readonly number[]): number[] {
  const out = new ByteWriter();
  writeWords(out, Int32Array.from(words));
  return [...out.bytes()];
}

function unpacked(bytes: readonly number[], count: number): number[] {
  const input = new ByteReader(Uint8Array.from(bytes));
  const words = readWords(input, count);
  input.end();
  return [...words];
}

// Bytes worked out by hand from FORMAT.md, "Packed words".
const golden: readonly [string, number[], number[]][] = [
  ["nothing for no words", [], []],
  ["zeros in one byte", [0, 0, 0], [0x00]],
  ["one plane of values", [100, -1], [0x01, 0xc8, 0x01]],
  ["steps of a staircase", [7, 7, 8, 8], [0x11, 0x0e, 0x00, 0x02, 0x00]],
  ["the bends of a line", [1000, 2000, 3000], [0x22, 0xd0, 0x00, 0x00, 0x07, 0x00, 0x00]],
  ["the extremes in four planes", [-0x80000000], [0x04, 0xff, 0xff, 0xff, 0xff]],
  [
    "a lone change by its place",
    [0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0],
    [0x05, 0x01, 0x07, 0x0a],
  ],
];

describe("writeWords() packs", () => {
  for (const [name, words, bytes] of golden) {
    test(name, () => assert.deepEqual(packed(words), bytes));
  }
});

describe("readWords() unpacks", () => {
  for (const [name, words, bytes] of golden) {
    test(name, () => assert.deepEqual(unpacked(bytes, words.length), words));
  }

  test("whatever writeWords() packed", () => {
    const word = fc.oneof(fc.integer(), fc.integer({ min: -3, max: 3 }), fc.constant(0));
    fc.assert(fc.property(fc.array(word, { maxLength: 200 }), (words) => {
      assert.deepEqual(unpacked(packed(words), words.length), words);
    }));
  });

  test("a form that no writer would choose: four planes of small words", () => {
    assert.deepEqual(unpacked([0x04, 2, 4, 0, 0, 0, 0, 0, 0], 2), [1, 2]);
  });

  const refused: readonly [string, number[], number][] = [
    ["a packing that does not exist", [0x06, 0], 1],
    ["a predictor that does not exist", [0x31, 0], 1],
    ["planes that end too early", [0x02, 1, 2, 3], 2],
    ["more changes than words", [0x05, 3, 0, 0, 0, 1, 1, 1], 2],
    ["a change past the end", [0x05, 1, 2, 1], 2],
    ["a header that is missing", [], 1],
  ];
  for (const [name, bytes, count] of refused) {
    test(`and refuses ${name}`, () => {
      assert.throws(() => unpacked(bytes, count), ByteSyntaxError);
    });
  }
});
