import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { assertFrame, FRAME_MAX, frameDistance, isFrame, isNewer } from "./frame.ts";

const frames = fc.integer({ min: 0, max: 4294967295 });
const notFrames = [-1, 0.5, 4294967296, NaN, Infinity, -Infinity, 2 ** 53];

test("FRAME_MAX is the largest unsigned 32-bit integer", () => {
  assert.equal(FRAME_MAX, 4294967295);
});

test("isFrame() takes unsigned 32-bit integers and nothing else", () => {
  for (const value of [0, 1, 2147483648, 4294967295]) assert.equal(isFrame(value), true);
  for (const value of [...notFrames, "1", 1n, null, undefined, true, [1], {}]) {
    assert.equal(isFrame(value), false);
  }
});

test("assertFrame() throws a RangeError that names the value", () => {
  assertFrame(0);
  assertFrame(4294967295);
  for (const value of notFrames) {
    assert.throws(() => assertFrame(value), (error: Error) => {
      assert.ok(error instanceof RangeError);
      assert.ok(error.message.includes(`Frame is ${value},`), error.message);
      return true;
    });
  }
});

test("frameDistance() counts across the wrap at 2^32", () => {
  assert.equal(frameDistance(7, 5), 2);
  assert.equal(frameDistance(5, 7), -2);
  assert.equal(frameDistance(0, 4294967295), 1);
  assert.equal(frameDistance(4294967295, 0), -1);
  assert.equal(frameDistance(2147483647, 0), 2147483647);
  assert.equal(frameDistance(2147483649, 0), -2147483647);
});

test("frameDistance() undoes an addition modulo 2^32", () => {
  const steps = fc.integer({ min: -2147483647, max: 2147483647 });
  fc.assert(fc.property(frames, steps, (frame, step) => {
    const later = Number(BigInt.asUintN(32, BigInt(frame) + BigInt(step)));
    assert.equal(frameDistance(later, frame), step);
    assert.equal(isNewer(later, frame), step > 0);
  }));
});

test("isNewer() is false both ways at half the range", () => {
  assert.equal(isNewer(2147483648, 0), false);
  assert.equal(isNewer(0, 2147483648), false);
});
