import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import fc from "fast-check";
import { ByteReader, ByteWriter } from "../../core/bytes/bytes.ts";
import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { StateFrame } from "../../core/state/state.ts";
import {
  assertChangesAnswered,
  assertCutsRefused,
  blockBytes,
  blockFrames,
  patchedBytes,
} from "./block_bytes_test_helper.ts";
import { readBlock, writeBlock } from "./block_codec.ts";

const layout = new SnapshotLayout({
  kinds: [{ name: "player", fields: [{ name: "x", type: "i16" }, { name: "hp", type: "u8" }] }],
});

const player = (id: number, x: number, hp: number) => ({ id, kind: "player", fields: { x, hp } });

/** The worked example of FORMAT.md: frame 12 is left out, player 5 spawns at 11 and rests. */
const frames: readonly StateFrame[] = [
  { frame: 10, timeMs: 0, entities: [player(3, 100, 100)] },
  { frame: 11, timeMs: 16, entities: [player(3, 103, 100), player(5, -1, 100)] },
  { frame: 13, timeMs: 48, entities: [player(3, 109, 90), player(5, -1, 100)] },
];

// Written by hand from FORMAT.md.
// deno-fmt-ignore
const golden = Uint8Array.of(
  0x03,                         // 3 frames
  0x0a, 0x00, 0x00, 0x00,       // the first is frame 10
  0x01, 0x00, 0x02,             // left out before the others: 0, 1 (values, 1 plane)
  0x00,                         // times: decimals, denominator 10^0
  0, 0, 0, 0, 0, 0, 0, 0,       // the first is 0 ms
  0x21, 0x00, 0x20, 0x20,       // offsets 0, 16, 48 ms (bends 0, 16, 16)
  0x01,                         // 1 kind
  0x00,                         // kind 0
  0x02,                         // 2 tracks
  0x21, 0x06, 0x01,             // ids 3, 5 (bends 3, -1)
  0x01, 0x00, 0x02,             // births at positions 0, 1
  0x11, 0x04, 0x01,             // spans less one: 2, 1 (steps 2, -1)
  0x01, 0x04, 0x00,             // samples less one: 2, 0
  0x00,                         // frames without a sample between samples: 0, 0
  0x01, 0xc8, 0x01,             // x of the first samples: 100, -1
  0x31, 0x06, 0x00,             // x of the others of player 3: 103, 109 (per time: 3, 0)
  0x11, 0xc8, 0x00,             // hp of the first samples: 100, 100 (steps 100, 0)
  0x11, 0x00, 0x13,             // hp of the others: 100, 90 (steps 0, -10)
);

const written = (source: readonly StateFrame[]) => blockBytes(source, layout);
const read = (bytes: Uint8Array) => blockFrames(bytes, layout);
const patched = (at: number, ...bytes: number[]) => patchedBytes(golden, at, ...bytes);

describe("readBlock()", () => {
  test("reads the bytes that FORMAT.md spells out", () => {
    assert.deepEqual(read(golden), frames);
  });

  test("FORMAT.md spells them out", () => {
    const text = readFileSync(new URL("../FORMAT.md", import.meta.url), "utf8");
    const [, example] = text.split(/## 8\. Worked example|## 9\. /);
    const lines = example!.split("\n").map((line) =>
      /^ {4}((?:[0-9a-f]{2} )*[0-9a-f]{2})(?: {2}|$)/.exec(line)
    );
    const hex = lines.flatMap((line) => line === null ? [] : line[1]!.split(" "));
    assert.deepEqual(Uint8Array.from(hex, (byte) => parseInt(byte, 16)), golden);
  });

  test("refuses every cut of them", () => {
    assertCutsRefused(golden, read);
  });

  test("refuses a byte after the end", () => {
    assert.throws(() => read(Uint8Array.of(...golden, 0)), /1 bytes follow the end/);
  });

  const refused: readonly [string, Uint8Array, RegExp][] = [
    ["no frames", patched(0, 0), /0 frames, expected 1 to 4096/],
    ["a kind that the schema lacks", patched(22, 1), /kind is 1/],
    ["a kind without tracks", patched(23, 0), /0 tracks/],
    ["a life past the end of the block", patched(31, 0x06), /track 0 lasts from frame position 0/],
    ["more samples than frames", patched(34, 0x06), /track 0 has 4 samples in 3 frames/],
    ["a sample past the end of its track", patched(36, 0x05, 0x01, 0x00, 0x02), /./],
    ["a word outside its type", patched(44, 0xff), /"player" field "hp" holds/],
    ["a predictor that does not exist", patched(40, 0x41), /predictor is 4/],
  ];
  for (const [name, bytes, message] of refused) {
    test(`refuses ${name}`, () => assert.throws(() => read(bytes), message));
  }

  test("refuses counts that would fill memory, in no time", () => {
    // 2^28 tracks of a kind in a few bytes.
    const head = golden.subarray(0, 23);
    const bytes = Uint8Array.of(...head, 0x80, 0x80, 0x80, 0x80, 0x01, 0, 0, 0, 0, 0);
    assert.throws(() => read(bytes), /268435456 tracks/);
  });

  test("answers any change of one byte with an error or a block", () => {
    assertChangesAnswered(golden, read);
  });
});

/** Fields whose every word is a value, so that rows may hold any bits. */
const words = new SnapshotLayout({
  kinds: [{
    name: "any",
    fields: [
      { name: "f64", type: "f64" },
      { name: "f32", type: "f32" },
      { name: "u32", type: "u32" },
      { name: "i32", type: "i32" },
    ],
  }],
});

test("readBlock() gives back every bit that writeBlock() was given, signalling NaNs included", () => {
  const word = fc.oneof(
    fc.integer(),
    fc.constantFrom(0x7f800001, 0xff800001 | 0, 0x7ff00000, 0xfff00000 | 0, -0x80000000, 0, 1, -1),
  );
  const sample = fc.array(word, { minLength: 5, maxLength: 5 });
  fc.assert(fc.property(fc.array(sample, { minLength: 1, maxLength: 30 }), (samples) => {
    const count = samples.length;
    const rows = new Int32Array(count * 8);
    samples.forEach((sample, i) => rows.set(sample, i * 8));
    const content = {
      frames: Uint32Array.from(samples, (_, i) => i),
      timesMs: Float64Array.from(samples, (_, i) => i * i),
      kinds: [{
        kind: 0,
        ids: Uint32Array.of(0xffffffff),
        births: Int32Array.of(0),
        spans: Int32Array.of(count),
        sampleCounts: Int32Array.of(count),
        positions: Int32Array.from(samples, (_, i) => i),
        rows,
      }],
    };
    const out = new ByteWriter();
    writeBlock(out, content, words);
    assert.deepEqual(readBlock(new ByteReader(out.bytes()), words), content);
  }));
});

describe("writeBlock()", () => {
  test("writes the bytes that FORMAT.md spells out", () => {
    assert.deepEqual(written(frames), golden);
  });

  test("gives states that rest no samples, whether or not they are the same objects", () => {
    const rest = (isShared: boolean) => {
      const shared = player(1, 5, 5);
      return written(Array.from({ length: 50 }, (_, i) => ({
        frame: i,
        timeMs: i,
        entities: [isShared ? shared : player(1, 5, 5)],
      })));
    };
    assert.deepEqual(rest(true), rest(false));
    assert.ok(rest(true).length < 50);
  });
});
