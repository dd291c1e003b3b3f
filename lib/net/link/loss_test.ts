import assert from "node:assert/strict";
import { test } from "node:test";
import { createLossModel } from "./create_link.ts";
import { createRandom } from "./random.ts";

test("BernoulliLoss loses its share, in runs of 1 / (1 - L)", () => {
  const packets = 400_000;
  for (const loss of [0.02, 0.3]) {
    const model = createLossModel({ model: "bernoulli", loss }, createRandom(11, 0, "down"));
    let lost = 0;
    for (let i = 0; i < packets; i++) if (model.isLost()) lost++;
    // Four standard deviations: of a binomial share, and of the mean of geometric runs.
    const shareBound = 4 * Math.sqrt(loss * (1 - loss) / packets);
    const meanBound = 4 * Math.sqrt(loss) / (1 - loss) / Math.sqrt(model.lossRuns.runs);
    assert.ok(Math.abs(lost / packets - loss) < shareBound, `${lost}`);
    assert.ok(Math.abs(model.lossRuns.mean - 1 / (1 - loss)) < meanBound, `${model.lossRuns.mean}`);
    assert.equal(model.lossRuns.packets, lost);
    assert.equal(model.badStay, undefined);
  }
});

test("BernoulliLoss of 0 and of 1 is certain", () => {
  for (const loss of [0, 1]) {
    const model = createLossModel({ model: "bernoulli", loss }, createRandom(1, 0, "down"));
    for (let i = 0; i < 100; i++) assert.equal(model.isLost(), loss === 1);
  }
});

test("NoLoss loses nothing", () => {
  const model = createLossModel({ model: "none" }, createRandom(1, 0, "down"));
  for (let i = 0; i < 100; i++) assert.equal(model.isLost(), false);
  assert.equal(model.lossRuns.runs, 0);
});

test("createLossModel() refuses probabilities outside 0 .. 1", () => {
  const random = createRandom(1, 0, "down");
  assert.throws(() => createLossModel({ model: "bernoulli", loss: 1.5 }, random), RangeError);
  const chain = { p: 0.1, r: -0.1, badLoss: 1, goodLoss: 0 };
  assert.throws(() => createLossModel({ model: "gilbert-elliott", ...chain }, random), RangeError);
});
