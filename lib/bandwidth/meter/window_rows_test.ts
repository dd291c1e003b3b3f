import assert from "node:assert/strict";
import { test } from "node:test";
import type { RunOptions } from "../../replication/run_options.ts";
import { windowRows } from "./window_rows.ts";

const OPTIONS = {
  policy: "strict",
  codec: "varint",
  net: { name: "loss=2%" },
  seed: 7,
} as RunOptions;

test("windowRows() names the run and turns bytes into kbps", () => {
  assert.deepEqual(windowRows("strict varint none", OPTIONS)(3, 9, 4251, 1), {
    run: "strict varint none",
    ack: "strict",
    codec: "varint",
    net: "loss=2%",
    seed: 7,
    second: 3,
    consumer: 9,
    wireBytes: 4251,
    kbps: 34.008,
  });
});

test("windowRows() divides by the length of a window that is shorter than a second", () => {
  assert.equal(windowRows("strict varint none", OPTIONS)(0, 0, 100, 0.5).kbps, 1.6);
});
