import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decodeText, encodeText } from "./text_bytes.ts";

/** Texts with their bytes by the tables of UTF-8; halves of pairs take the bytes of their unit. */
const GOLDEN: readonly (readonly [string, readonly number[]])[] = [
  ["", []],
  ["a\0", [0x61, 0]],
  ["é", [0xc3, 0xa9]],
  ["€", [0xe2, 0x82, 0xac]],
  ["\ufeffx", [0xef, 0xbb, 0xbf, 0x78]],
  ["😀", [0xf0, 0x9f, 0x98, 0x80]],
  ["\ud83d", [0xed, 0xa0, 0xbd]],
  ["a\ude00b", [0x61, 0xed, 0xb8, 0x80, 0x62]],
  ["\ude00\ud83d", [0xed, 0xb8, 0x80, 0xed, 0xa0, 0xbd]],
];

test("encodeText() writes UTF-8, and halves of pairs by their code unit", () => {
  for (const [text, bytes] of GOLDEN) assert.deepEqual([...encodeText(text)], bytes);
});

test("decodeText() reads what encodeText() writes, whatever the text", () => {
  for (const [text, bytes] of GOLDEN) assert.equal(decodeText(Uint8Array.from(bytes)), text);
  const units = fc.array(fc.oneof(fc.nat(0xffff), fc.integer({ min: 0xd7ff, max: 0xe000 })));
  fc.assert(fc.property(units, (codes) => {
    const text = String.fromCharCode(...codes);
    assert.equal(decodeText(encodeText(text)), text);
  }));
});

test("decodeText() refuses bytes that no text has", () => {
  const pair = [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80];
  for (const bytes of [[0x80], [0xc0, 0x80], [0xed, 0xa0], [0xff], [0xed, 0xa0, 0x20], pair]) {
    assert.equal(decodeText(Uint8Array.from(bytes)), undefined, bytes.join());
  }
  fc.assert(fc.property(fc.uint8Array(), (bytes) => {
    const text = decodeText(bytes);
    if (text !== undefined) assert.deepEqual(encodeText(text), bytes);
  }));
});
