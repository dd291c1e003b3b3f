import assert from "node:assert/strict";
import { test } from "node:test";
import { isCredible } from "./shot_checks.ts";

// 30 frames a second; a client draws 100 ms, 3 frames, behind what it has, at most 100 ms later.
const KNOWN = { frame: 200, ackedFrame: 190 };

test("isCredible() believes a client that drew about as far behind as clients do", () => {
  const credible = [
    { src: 187, dst: 188, fraction: 0 },
    { src: 184, dst: 185, fraction: 0.5 },
    { src: 184, dst: 188, fraction: 0.25 }, // packets between them were lost
    { src: 199, dst: 200, fraction: 1 }, // its ack is still on its way
  ];
  for (const stamp of credible) assert.ok(isCredible(stamp, KNOWN), JSON.stringify(stamp));
});

test("isCredible() does not believe what no client can have drawn", () => {
  const incredible = [
    { src: 183, dst: 184, fraction: 0.5 }, // 6.5 frames behind what it acked
    { src: 200, dst: 201, fraction: 0.5 }, // was not sent
    { src: 188, dst: 188, fraction: 0 },
    { src: 189, dst: 188, fraction: 0.5 },
    { src: 180, dst: 200, fraction: 0.9 }, // a body that slides from one place to any other
    { src: 187.5, dst: 188, fraction: 0.5 },
    { src: -1, dst: 1, fraction: 0.5 },
    { src: 187, dst: 188, fraction: 1.5 },
    { src: 187, dst: 188, fraction: -0.5 },
  ];
  for (const stamp of incredible) assert.ok(!isCredible(stamp, KNOWN), JSON.stringify(stamp));
  const stamp = { src: 187, dst: 188, fraction: 0 };
  assert.ok(!isCredible(stamp, { frame: 200, ackedFrame: undefined }), "it has nothing");
});
