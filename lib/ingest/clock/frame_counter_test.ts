import assert from "node:assert/strict";
import { test } from "node:test";
import { FrameCounter } from "./frame_counter.ts";

test("FrameCounter.read() takes integers and their texts", () => {
  const counter = new FrameCounter("f");
  assert.equal(counter.read(7), 7);
  assert.equal(counter.read("7"), 7);
  assert.equal(counter.read("-7"), -7);
  assert.ok(Object.is(counter.read(-0), 0));
  for (
    const value of ["07", "7.0", "1e3", " 7", "", 7.5, 2 ** 53, "9007199254740993", NaN, true, {}]
  ) {
    assert.throws(() => counter.read(value), /the frame "f" is /);
  }
});

test("FrameCounter.frameOf() adds the offset, and names one where the frame is none", () => {
  assert.equal(new FrameCounter("f", { offset: 2 }).frameOf(-2), 0);
  assert.equal(new FrameCounter("f", { offset: -5_000_000_000 }).frameOf(5_000_000_007), 7);
  const remedyOf = (action: () => unknown): string => {
    try {
      return String(action());
    } catch (fault) {
      return String((fault as { remedy: unknown }).remedy);
    }
  };
  assert.match(remedyOf(() => new FrameCounter("f").frameOf(-3)), /^give frameOffset 3 or more,/);
  assert.match(
    remedyOf(() => new FrameCounter("f", { offset: 2 }).frameOf(-3)),
    /^give frameOffset 3 or more,/,
  );
  assert.match(
    remedyOf(() => new FrameCounter("f").frameOf(2 ** 32)),
    /^give frameOffset -4294967296 to make it frame 0,/,
  );
  assert.match(
    remedyOf(() => new FrameCounter("f").frameNear(2 ** 32, 2 ** 32 - 1, { frame: 2 ** 32 - 9 })),
    /^give frameOffset -4294967287 to make the first one frame 0,/,
  );
  assert.match(
    remedyOf(() => new FrameCounter("f").frameNear(2 ** 33, 1, { frame: 0 })),
    /^number the frames/,
  );
  assert.match(remedyOf(() => new FrameCounter("f").frameOf(0.5)), /^number the frames/);
});

test("FrameCounter.frameNear() unwraps by the shorter way", () => {
  const byte = new FrameCounter("f", { bits: 8 });
  const cases: readonly [count: number, near: number, frame: number][] = [
    [0, 255, 256],
    [255, 256, 255],
    [5, 250, 261],
    [128, 0, 128],
    [129, 256, 129],
    [129, 0, -127],
    [0, 1023, 1024],
    [7, 1031, 1031],
  ];
  for (const [count, near, frame] of cases) assert.equal(byte.frameNear(count, near), frame);
  const word = new FrameCounter("f", { bits: 16, offset: 10 });
  assert.equal(word.frameNear(0, 65_545), 65_546);
  assert.equal(word.frameNear(65_535, 65_546), 65_545);
  assert.throws(
    () => byte.read(256),
    /is 256, expected an integer from 0 to 255, since the counter/,
  );
  assert.throws(() => byte.read(-1), /is -1, expected an integer from 0 to 255/);
  assert.throws(() => byte.frameNear(0, 2 ** 32 - 1), /expected an integer from 0 to 4294967295/);
});

test("FrameCounter.refuseMissing() names default values where a counter is about to be 0", () => {
  const byte = new FrameCounter("f", { bits: 8, offset: 3 });
  const remedyOf = (counter: FrameCounter, before: number | undefined): string => {
    try {
      return counter.refuseMissing(before);
    } catch (fault) {
      return String((fault as { remedy: unknown }).remedy);
    }
  };
  assert.equal(
    remedyOf(byte, 511 + 3),
    "if it is a 0 that was left out, as protobuf does, print default values; else name its key with frameKey",
  );
  const others = [[byte, 100], [byte, 256 + 3], [byte, undefined]] as const;
  for (const [counter, before] of [...others, [new FrameCounter("f"), 255] as const]) {
    assert.equal(remedyOf(counter, before), "name its key with frameKey");
  }
});
