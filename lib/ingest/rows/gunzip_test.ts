import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { gunzip, isGzip } from "./gunzip.ts";

const TEXT = Array.from({ length: 9000 }, (_, i) => `{"f":${i},"x":${Math.imul(i, 0x9e3779b1)}}\n`)
  .join("");
const ZIPPED = new Uint8Array(gzipSync(TEXT));

async function* chunksOf(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Text that came out, and the error after it. */
async function inflate(bytes: Uint8Array, size: number) {
  const decoder = new TextDecoder();
  let text = "";
  try {
    for await (const part of gunzip(chunksOf(bytes, size), "a.gz")) {
      text += decoder.decode(part, { stream: true });
    }
  } catch (error) {
    return { text, error: error as Error };
  }
  return { text, error: undefined };
}

const joined = (...parts: Uint8Array[]) => new Uint8Array(parts.flatMap((part) => [...part]));

test("isGzip() knows gzip data by two bytes", () => {
  assert.ok(isGzip(ZIPPED));
  assert.ok(!isGzip(new TextEncoder().encode("{}")));
  assert.ok(!isGzip(new Uint8Array(0)));
});

for (const size of [1000, 16384, 1 << 20]) {
  test(`gunzip() reads members one after another, chunks of ${size}`, async () => {
    const padded = joined(ZIPPED, new Uint8Array(1500));
    assert.deepEqual(await inflate(ZIPPED, size), { text: TEXT, error: undefined });
    assert.equal((await inflate(joined(ZIPPED, ZIPPED), size)).text, TEXT + TEXT);
    assert.deepEqual(await inflate(padded, size), { text: TEXT, error: undefined });
  });

  test(`gunzip() gives out what comes before the end of cut data, chunks of ${size}`, async () => {
    for (const length of [3, 20, ZIPPED.length >> 1, ZIPPED.length - 4]) {
      const { text, error } = await inflate(ZIPPED.subarray(0, length), size);
      assert.ok(TEXT.startsWith(text));
      if (length > 20) assert.ok(text.length > TEXT.length * (length / ZIPPED.length - 0.1));
      assert.equal(
        error?.message,
        `Cannot read a.gz: the gzip data is cut off after ${text.length} bytes of text; ` +
          "copy the file again; what came before was read",
      );
    }
  });

  test(`gunzip() refuses damaged data, chunks of ${size}`, async () => {
    const sum = Uint8Array.from(ZIPPED);
    sum[ZIPPED.length - 6]! ^= 1;
    const method = Uint8Array.from(ZIPPED);
    method[2] = 9;
    const garbage = joined(ZIPPED, ZIPPED, new Uint8Array([1, 2, 3]));
    for (const [bytes, all] of [[sum, TEXT], [method, ""], [garbage, TEXT + TEXT]] as const) {
      const { error, text } = await inflate(bytes, size);
      assert.equal(text, all);
      assert.equal(
        error?.message,
        `Cannot read a.gz: the gzip data is damaged after ${all.length} bytes of text; ` +
          "test it with gzip -t; what came before was read and may be wrong",
      );
    }
  });
}

test("gunzip() gives out most of what comes before damage behind a megabyte of data", async () => {
  const noise = Uint8Array.from({ length: 1_500_000 }, (_, i) => Math.imul(i, 0x9e3779b1) >>> 24);
  const text = Array.from(noise, (byte, i) => String(byte ^ (i >> 7))).join();
  const zipped = new Uint8Array(gzipSync(text));
  assert.ok(zipped.length > 1_200_000, String(zipped.length));
  const damaged = joined(zipped, new Uint8Array([1, 2, 3]));
  const found = await inflate(damaged, 1 << 16);
  assert.ok(text.startsWith(found.text));
  assert.ok(found.text.length > text.length * 0.9);
  assert.match(found.error!.message, new RegExp(`damaged after ${found.text.length} bytes`));
});
