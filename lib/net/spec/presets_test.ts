import assert from "node:assert/strict";
import { test } from "node:test";
import { formatLinkOptions } from "./link_options.ts";
import { parseNetSpec } from "./net_text.ts";
import { findPreset, NET_PRESETS } from "./presets.ts";

// DESIGN section 6: delay/jitter ms, loss %.
const PLAIN: [string, number, number, number][] = [
  ["wifi", 1, 1, 1],
  ["5g", 0, 5, 3],
  ["4g", 35, 5, 3],
  ["3g", 120, 10, 5],
  ["2g", 200, 20, 5],
  ["good", 40, 10, 0.2],
  ["average", 100, 25, 2],
  ["poor", 200, 50, 4],
  ["very-poor", 300, 75, 6],
];

// Delay, jitter, mean good and bad run in packets.
const BURSTY: [string, number, number, number, number][] = [
  ["wifi-lossy", 15, 10, 40, 2],
  ["cellular", 50, 15, 100, 2],
  ["satellite", 600, 30, 100, 3],
  ["congested", 80, 40, 20, 2],
];

test("presets have the values of their sources, in each direction", () => {
  for (const [name, delayMs, jitterMs, lossPercent] of PLAIN) {
    const { up, down } = parseNetSpec(name);
    assert.deepEqual(up, down);
    assert.deepEqual(down.loss, { model: "bernoulli", loss: lossPercent / 100 }, name);
    assert.deepEqual([down.delay.delayUs, down.delay.jitterUs], [delayMs * 1000, jitterMs * 1000]);
    assert.equal(down.capacity.model, "unlimited");
  }
  for (const [name, delayMs, jitterMs, goodRun, badRun] of BURSTY) {
    const { loss, delay } = parseNetSpec(name).down;
    assert.equal(loss.model, "gilbert-elliott");
    if (loss.model !== "gilbert-elliott") return;
    assert.ok(Math.abs(loss.p * goodRun - 1) < 1e-12, name);
    assert.equal(loss.r, 1 / badRun);
    assert.deepEqual([loss.badLoss, loss.goodLoss], [1, 0]);
    assert.deepEqual([delay.delayUs, delay.jitterUs], [delayMs * 1000, jitterMs * 1000]);
  }
  const { capacity } = parseNetSpec("congested").down;
  assert.ok(capacity.model === "rate" && capacity.rateBps === 10_000_000);
  assert.equal(NET_PRESETS.length, PLAIN.length + BURSTY.length);
});

test("every preset names its source", () => {
  for (const preset of NET_PRESETS) assert.match(preset.source, /Unity|naia|str0m/, preset.name);
  assert.equal(findPreset("none such"), undefined);
});

test("formatLinkOptions() writes what --net reads", () => {
  assert.equal(formatLinkOptions(findPreset("4g")!.down), "delay=35,jitter=5,loss=3%");
  assert.equal(
    formatLinkOptions(findPreset("congested")!.up),
    "delay=80,jitter=40,loss=9.0909%,burst=2,rate=10000",
  );
  assert.equal(formatLinkOptions({}), "none");
  const chain = { gemodel: [0.01, 0.25, 1, 0] } as const;
  assert.equal(formatLinkOptions(chain), "gemodel=1%,25%,100%,0%");
  for (const { up } of NET_PRESETS) parseNetSpec(formatLinkOptions(up));
});
