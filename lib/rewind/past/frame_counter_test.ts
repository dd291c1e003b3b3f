import assert from "node:assert/strict";
import { test } from "node:test";
import { type FrameCounter, frameOfCounter, readFrameCounter } from "./frame_counter.ts";

test("frameOfCounter: the frame of that count that is nearest, of two the older", () => {
  const wraps: FrameCounter = { bits: 8, offset: 0 };
  // By hand: 250 is 250, 506, 762; 4 is 4, 260, 516.
  for (
    const [count, near, frame] of [
      [250, 252, 250],
      [250, 510, 506],
      [4, 252, 260],
      [4, 262, 260],
      [4.5, 252, 260.5],
      [255.5, 256, 255.5],
      [255, 2, -1],
      [128, 256, 128],
      [127, 256, 383],
      // A client that unwraps by itself says the same.
      [516, 252, 260],
    ] as const
  ) {
    assert.equal(frameOfCounter(count, near, wraps), frame, `${count} near ${near}`);
  }
  assert.equal(frameOfCounter(65535, 131073, { bits: 16, offset: 0 }), 131071);
});

test("frameOfCounter: the offset is added, before the turn is told", () => {
  assert.equal(frameOfCounter(-30, 500, { bits: undefined, offset: 100 }), 70);
  // 250 + 10 is 260 or 4.
  assert.equal(frameOfCounter(250, 8, { bits: 8, offset: 10 }), 4);
  assert.equal(frameOfCounter(250, 258, { bits: 8, offset: 10 }), 260);
  assert.equal(frameOfCounter(5, 15, { bits: 8, offset: -246 }), 15);
});

test("readFrameCounter: what record writes, and nothing else", () => {
  const read = (facts: Record<string, string>) => readFrameCounter(new Map(Object.entries(facts)));
  assert.equal(read({ game: "x" }), undefined);
  assert.deepEqual(read({ "record.frameBits": "16" }), { bits: 16, offset: 0 });
  assert.deepEqual(read({ "record.frameOffset": "-7" }), { bits: undefined, offset: -7 });
  const unreadable: readonly Record<string, string>[] = [
    { "record.frameBits": "12" },
    { "record.frameBits": "" },
    { "record.frameOffset": "1.5" },
    { "record.frameOffset": "9007199254740993" },
  ];
  for (const facts of unreadable) {
    assert.throws(() => read(facts), /^SyntaxError: Cannot read how frames were counted: record\./);
  }
});
