import assert from "node:assert/strict";
import { test } from "node:test";
import { ResultHash } from "./result_hash.ts";

test("ResultHash is FNV-1a of 32 bits", () => {
  // Test vectors of draft-eastlake-fnv: "", "a", "foobar".
  assert.equal(String(new ResultHash()), "811c9dc5");
  assert.equal(String(new ResultHash().text("a")), "e40c292c");
  assert.equal(String(new ResultHash().text("foo").text("bar")), "bf9cf968");
});

test("ResultHash takes words with their lowest byte first", () => {
  const bytes = new ResultHash().bytes(Uint8Array.of(0x04, 0x03, 0x02, 0x81));
  assert.equal(String(new ResultHash().word(0x81020304 | 0)), String(bytes));
});
