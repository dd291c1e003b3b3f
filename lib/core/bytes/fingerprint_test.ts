import assert from "node:assert/strict";
import { test } from "node:test";
import { Fingerprint } from "./fingerprint.ts";

// Computed in Python from the doc comment's two lanes: a = (a ^ w) * 0x01000193,
// b = (b ^ w ^ (a >>> 15)) * 0x85ebca6b, both modulo 2^32.
test("Fingerprint.word() agrees with vectors computed elsewhere", () => {
  const hashOf = (words: number[]) => {
    const hash = new Fingerprint();
    for (const word of words) hash.word(word);
    return hash.toString();
  };
  assert.equal(hashOf([]), "811c9dc51b873593");
  assert.equal(hashOf([0]), "050c5d1fc5443d19");
  assert.equal(hashOf([1, 2, 3]), "56cf37abae4a07bb");
  assert.equal(hashOf([0xffffffff]), "f9f3a14e2fabbb19");
  assert.equal(hashOf([-1]), "f9f3a14e2fabbb19");
});

test("Fingerprint.integer() takes in all 53 bits, and tells -1 from all others", () => {
  const hashOf = (value: number) => {
    const hash = new Fingerprint();
    hash.integer(value);
    return hash.toString();
  };
  assert.equal(hashOf(2 ** 40 + 5), "5368a0c026e9eb19");
  assert.equal(hashOf(-1), "367910a3a928885c");
  assert.equal(new Set([5, 2 ** 32 + 5, 2 ** 40 + 5, -1, 2 ** 32 - 1].map(hashOf)).size, 5);
});

test("Fingerprint.words() adds the first words of an array", () => {
  const hash = new Fingerprint();
  hash.words(Int32Array.of(1, 2, 9), 2);
  hash.words(Int32Array.of(3), 1);
  hash.words(Int32Array.of(4), 0);
  assert.equal(hash.toString(), "56cf37abae4a07bb");
});
