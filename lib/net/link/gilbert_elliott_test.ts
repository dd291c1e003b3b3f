import assert from "node:assert/strict";
import { test } from "node:test";
import { type GilbertElliott, GilbertElliottLoss } from "./gilbert_elliott.ts";
import { gilbertElliottFromMean } from "./gilbert_elliott.ts";
import { createRandom } from "./random.ts";
import { scripted } from "./scripted_random_test_helper.ts";

function near(actual: number, expected: number, bound: number, what: string): void {
  assert.ok(
    Math.abs(actual - expected) < bound,
    `${what}: ${actual}, expected ${expected} +-${bound}`,
  );
}

test("gilbertElliottFromMean() gives p = 1.316 % and r = 25 % for 5 % in bursts of 4", () => {
  const chain = gilbertElliottFromMean({ loss: 0.05, burst: 4, badLoss: 1, goodLoss: 0 });
  near(chain.p, 1 / 76, 1e-12, "p"); // 0.05 / 4 / 0.95
  assert.equal(chain.p.toFixed(5), "0.01316");
  assert.equal(chain.r, 0.25);
  assert.deepEqual([chain.badLoss, chain.goodLoss], [1, 0]);
});

test("gilbertElliottFromMean() solves for p with loss in both states", () => {
  // piBad = (5 - 1) / (41 - 1) % = 0.1, p = 0.1 * 0.5 / 0.9
  const chain = gilbertElliottFromMean({ loss: 0.05, burst: 2, badLoss: 0.41, goodLoss: 0.01 });
  near(chain.p, 1 / 18, 1e-12, "p");
});

test("gilbertElliottFromMean() refuses what no chain does, with range and remedy", () => {
  const cases: [number, number, number, number, RegExp][] = [
    [0.5, 4, 0.5, 0, /goodloss <= loss < badloss .*loss=50%, badloss=50%.*between/],
    [0.01, 4, 1, 0.02, /goodloss <= loss < badloss/],
    [1, 4, 1, 0, /goodloss <= loss < badloss/],
    [0.6, 1, 1, 0, /p <= 1 .*needs p = 1.5; use burst=1.5 or more/],
    [0.05, 0.5, 1, 0, /burst=1 or more/],
    [0.05, NaN, 1, 0, /burst=1 or more/],
    [NaN, 4, 1, 0, /goodloss <= loss < badloss/],
  ];
  for (const [loss, burst, badLoss, goodLoss, message] of cases) {
    assert.throws(
      () => gilbertElliottFromMean({ loss, burst, badLoss, goodLoss }),
      (error) => error instanceof RangeError && message.test(error.message),
    );
  }
  assert.equal(gilbertElliottFromMean({ loss: 0.5, burst: 1, badLoss: 1, goodLoss: 0 }).p, 1);
  assert.equal(gilbertElliottFromMean({ loss: 0, burst: 4, badLoss: 1, goodLoss: 0 }).p, 0);
});

/** Mean loss, mean loss run and mean stay in bad, from the stationary chain. */
function closedForm({ p, r, badLoss, goodLoss }: GilbertElliott) {
  const piBad = p / (p + r);
  const loss = piBad * badLoss + (1 - piBad) * goodLoss;
  const nextLossIfBad = (1 - r) * badLoss + r * goodLoss;
  const nextLossIfGood = p * badLoss + (1 - p) * goodLoss;
  const twoLost = piBad * badLoss * nextLossIfBad + (1 - piBad) * goodLoss * nextLossIfGood;
  return { loss, run: loss / (loss - twoLost), stay: 1 / r };
}

test("GilbertElliottLoss has the mean loss, loss run and bad stay of the closed form", () => {
  const packets = 1_000_000;
  const whole = gilbertElliottFromMean({ loss: 0.05, burst: 4, badLoss: 1, goodLoss: 0 });
  const half = gilbertElliottFromMean({ loss: 0.05, burst: 4, badLoss: 0.5, goodLoss: 0 });
  const cases: [GilbertElliott, { loss: number; run: number; stay: number }][] = [
    [whole, { loss: 0.05, run: 4, stay: 4 }],
    // A run goes on if the chain stays bad and loses: 1 / (1 - 0.75 * 0.5) = 1.6, not 4.
    [half, { loss: 0.05, run: 1.6, stay: 4 }],
    [{ p: 0.01, r: 0.1, badLoss: 0.7, goodLoss: 0.001 }, { loss: 0.0645, run: 2.641, stay: 10 }],
  ];
  for (const [chain, byHand] of cases) {
    const expected = closedForm(chain);
    near(expected.loss, byHand.loss, 0.0005, "closed form of loss");
    near(expected.run, byHand.run, 0.01, "closed form of run");
    near(expected.stay, byHand.stay, 1e-9, "closed form of stay");

    const model = new GilbertElliottLoss(chain, createRandom(3, 0, "down"));
    let lost = 0;
    for (let i = 0; i < packets; i++) if (model.isLost()) lost++;
    // Variance of a mean over a chain whose memory fades with 1 - p - r, and of geometric runs.
    const fade = 1 - chain.p - chain.r;
    const variance = expected.loss * (1 - expected.loss) * (1 + fade) / (1 - fade);
    near(lost / packets, expected.loss, 4 * Math.sqrt(variance / packets), "loss");
    const runBound = 4 * expected.run / Math.sqrt(model.lossRuns.runs);
    near(model.lossRuns.mean, expected.run, runBound, "loss run");
    const stayBound = 4 * expected.stay / Math.sqrt(model.badStay.runs);
    near(model.badStay.mean, expected.stay, stayBound, "bad stay");
    assert.equal(model.lossRuns.packets, lost);
  }
});

test("GilbertElliottLoss starts good and loses by the state before the transition, as netem", () => {
  const model = new GilbertElliottLoss({ p: 1, r: 1, badLoss: 1, goodLoss: 0 }, scripted([]));
  const fates = Array.from({ length: 6 }, () => model.isLost());
  assert.deepEqual(fates, [false, true, false, true, false, true]);
});

test("GilbertElliottLoss draws the transition first, then the loss, as netem", () => {
  const low = 0x10000000; // 1/16: below 1/2 and 1/4
  const high = 0xf0000000;
  const chain = { p: 0.5, r: 0.25, badLoss: 0.5, goodLoss: 0.25 };
  const model = new GilbertElliottLoss(
    chain,
    scripted([low, high, /* bad */ high, low, high, high, low, low, /* good */ high, low]),
  );
  const fates = Array.from({ length: 5 }, () => model.isLost());
  assert.deepEqual(fates, [false, true, false, true, true]);
  assert.deepEqual([model.badStay.runs, model.badStay.packets], [1, 3]);
  assert.deepEqual([model.lossRuns.runs, model.lossRuns.max], [2, 2]);
});
