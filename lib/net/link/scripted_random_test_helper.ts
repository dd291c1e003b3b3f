import assert from "node:assert/strict";
import { Random } from "./random.ts";

/** A stream that gives the listed words, for tests that count draws. */
export function scripted(words: readonly number[]): Random {
  let at = 0;
  class Scripted extends Random {
    override next(): number {
      assert.ok(at < words.length, "more words drawn than expected");
      return words[at++]! | 0;
    }
  }
  return new Scripted(new Int32Array(4));
}
