import { Buffer } from "node:buffer";
import assert from "node:assert/strict";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { wireBytes } from "./wire_bytes.ts";

test("wireBytes() takes what sockets give: an array, a buffer, a part of one", () => {
  const bytes = Uint8Array.of(1, 2, 3);
  assert.equal(wireBytes(bytes), bytes);
  assert.deepEqual(wireBytes(bytes.buffer), bytes);
  assert.deepEqual(wireBytes(Buffer.from([1, 2, 3]).subarray(1)), Buffer.from([2, 3]));
  assert.deepEqual(wireBytes(new DataView(bytes.buffer, 1) as never), Uint8Array.of(2, 3));
  const other = runInNewContext("Uint8Array.of(1, 2, 3)");
  assert.deepEqual([...wireBytes(other)], [1, 2, 3]);
  assert.deepEqual([...wireBytes(other.buffer)], [1, 2, 3]);
});

test("wireBytes() refuses what holds no bytes, and says what a socket has to be told", () => {
  for (const data of ["text", undefined, null, [1, 2], {}, 7, new Blob(["a"])]) {
    assert.throws(() => wireBytes(data as never), { name: "TypeError", message: /binaryType/ });
  }
});
