import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { ByteReader, ByteSyntaxError, ByteWriter } from "../../core/bytes/bytes.ts";
import { readTimes, writeTimes } from "./frame_times.ts";

function packed(times: readonly number[], frames: readonly number[]): Uint8Array {
  const out = new ByteWriter();
  writeTimes(out, Float64Array.from(times), Uint32Array.from(frames));
  return out.bytes().slice();
}

function back(bytes: Uint8Array, frames: readonly number[]): number[] {
  const input = new ByteReader(bytes);
  const times = readTimes(input, Uint32Array.from(frames));
  input.end();
  return [...times];
}

const frames60 = Array.from({ length: 60 }, (_, i) => 5000 + i);

describe("writeTimes()", () => {
  test("takes decimals when each time has few", () => {
    assert.equal(packed([0, 13, 34], [0, 1, 2])[0], 0);
    assert.equal(packed([4233.5, 4283.3, 4316.7], [0, 1, 2])[0], 1);
    assert.equal(packed([4983.333, 5000, 5016.667], [0, 1, 2])[0], 3);
  });

  test("takes a line for the times of an even rate, in whichever order they were computed", () => {
    for (const time of [(f: number) => (f * 1000) / 60, (f: number) => (f / 60) * 1000]) {
      const bytes = packed(frames60.map(time), frames60);
      assert.equal(bytes[0], 7);
      assert.ok(bytes.length <= 1 + 16 + 1 + 60, `${bytes.length} bytes`);
      assert.deepEqual(back(bytes, frames60), frames60.map(time));
    }
  });

  test("falls back to the bits", () => {
    assert.equal(packed([0.1 + 0.2, 1e300, -5e-324], [0, 1, 2])[0], 8);
  });
});

describe("readTimes()", () => {
  test("gives back every finite number to the bit", () => {
    const time = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: -1e6, max: 1e9 }),
      fc.integer({ min: 0, max: 1e9 }).map((k) => k / 1000),
      fc.constantFrom(0, -0, 5e-324, Number.MAX_VALUE, -Number.MAX_VALUE),
    );
    fc.assert(fc.property(fc.array(time, { maxLength: 40 }), fc.integer({ min: 0 }), (times, f) => {
      const frames = times.map((_, i) => (f + i * 3) >>> 0);
      const read = back(packed(times, frames), frames);
      assert.equal(read.length, times.length);
      times.forEach((t, i) => assert.ok(Object.is(read[i], t), `${t} came back as ${read[i]}`));
    }));
  });

  test("refuses a form that does not exist", () => {
    assert.throws(() => back(Uint8Array.of(9), [0]), ByteSyntaxError);
  });
});
