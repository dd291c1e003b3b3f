import assert from "node:assert/strict";
import { test } from "node:test";
import { findingOf, judge, record } from "./finding_lab_test_helper.ts";

const WALK = record([{ name: "x", type: "u32" }], 600, (frame) => [{ x: frame * 77 }], {
  stepMs: 20,
});

test("findFindings() names a cause and a remedy of its own for runs that take another one", async () => {
  const bursts = { net: "loss=10%,burst=40", consumers: 4 };
  const { findings, reports } = await judge(
    WALK,
    bursts,
    { ...bursts, net: "loss=10%,burst=60" },
    { net: "loss=40%", consumers: 4, policy: "append" },
  );
  const told = findings.filter(({ code, severity }) => code === "freezes" && severity === "error");
  assert.ok(reports[2]!.consumersWithoutState > 0);
  assert.deepEqual(told.map(({ runs }) => runs.length).toSorted(), [1, 2]);
  for (const { remedy, runs } of told) {
    assert.match(remedy, runs.length === 2 ? /^extrapolate/ : /^policy strict/);
  }
});

test("interpolation-too-short is told of all that is late, whatever makes it so", async () => {
  const told = async (
    ...given: Parameters<typeof judge> extends [unknown, ...infer R] ? R : never
  ) => findingOf((await judge(WALK, ...given)).findings, "interpolation-too-short")!;
  const far = await told({ net: "delay=1200", policy: "append" });
  assert.equal(far.severity, "error");
  assert.match(
    far.remedy,
    /^serve players from nearer by; interpMs 12\d\d only where nobody plays/,
  );
  const queue = await told({ net: "rate=14,queue=100000" });
  assert.match(queue.remedy, /^stay below the bottleneck: /);
  const bursts = await told({ net: "loss=30%,burst=120", consumers: 4 });
  assert.match(bursts.remedy, /^end the losses and freezes/);
  const seldom = await told({ net: "loss=50%,burst=4", sendRateHz: 3 });
  assert.match(seldom.remedy, /^sendRateHz 8: /);
});
