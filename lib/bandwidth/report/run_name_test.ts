import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseNetSpec } from "../../net/spec/net_text.ts";
import { RUN_DEFAULTS, type RunOptions } from "../../replication/run_options.ts";
import { namedRuns } from "./run_name.ts";
import { FIGURE_DEFAULTS } from "./run_settings.ts";

function namesOf(...runs: readonly Partial<RunOptions>[]): string[] {
  return namedRuns(runs.map((run) => ({ ...RUN_DEFAULTS, ...run })), FIGURE_DEFAULTS)
    .map(({ name }) => name);
}

const INTEREST = { radius: 800, position: ["x", "y"], ownKind: "ship" };
const WIRE = { name: "half.json", schema: { kinds: [] } };

test("namedRuns() names policy, codec and network, and what all runs share not", () => {
  assert.deepEqual(namesOf({ historyFrames: 128, seed: 9, interest: INTEREST, budgetKbps: 64 }), [
    "strict varint none",
  ]);
  const net = parseNetSpec("delay=50,loss=2%");
  assert.deepEqual(namesOf({ net, seed: 9 }, { policy: "nack", codec: "mask", net, seed: 9 }), [
    "strict varint delay=50,loss=2%",
    "nack mask delay=50,loss=2%",
  ]);
});

test("namedRuns() names each setting that differs, as options spell it", () => {
  const pairs: readonly (readonly [Partial<RunOptions>, string])[] = [
    [{ sendEveryFrames: 3 }, "send-every=3"],
    [{ sendRateHz: 20 }, "send-rate=20"],
    [{ keyframeEveryFrames: 30 }, "keyframe-every=30"],
    [{ mtuBytes: 900 }, "mtu=900"],
    [{ historyFrames: 128 }, "history=128"],
    [{ interest: INTEREST }, "interest=800@x,y"],
    [{ interest: { ...INTEREST, radius: Infinity } }, "interest=all@x,y"],
    [{ budgetKbps: 256 }, "budget=256kbps"],
    [{ churn: { joinMs: 30_000, awayMs: 1500 } }, "churn=join=30s,away=1500ms"],
    [{ consumers: 10 }, "consumers=10"],
    [{ seed: 2 }, "seed=2"],
  ];
  for (const [run, text] of pairs) {
    assert.equal(namesOf({}, run)[1], `strict varint none ${text}`);
  }
  assert.deepEqual(namesOf({ historyFrames: 4, seed: 1 }, { historyFrames: 128, seed: 2 }), [
    "strict varint none history=4 seed=1",
    "strict varint none history=128 seed=2",
  ]);
});

test("namedRuns() names a wire schema always, and nothing where values are sent as recorded", () => {
  assert.deepEqual(namesOf({ wire: WIRE }), ["strict varint none wire=half.json"]);
  assert.deepEqual(namesOf({}, { wire: WIRE }), [
    "strict varint none",
    "strict varint none wire=half.json",
  ]);
});

test("namedRuns() names owners and levels of detail only where interest does not say as much", () => {
  const detailLevels = [
    { name: "near", distance: 300, fields: undefined },
    { name: "far", distance: 800, fields: ["x", "y"] },
  ];
  assert.deepEqual(namesOf({}, { interest: INTEREST, detailLevels }), [
    "strict varint none",
    "strict varint none interest=800@x,y",
  ]);
  assert.deepEqual(namesOf({ interest: INTEREST }, { interest: INTEREST, detailLevels }), [
    "strict varint none",
    "strict varint none lod=near=300:all,far=800:x,y",
  ]);
  assert.deepEqual(
    namesOf({ interest: INTEREST }, { interest: { ...INTEREST, ownKind: "pilot" } }),
    ["strict varint none own=ship", "strict varint none own=pilot"],
  );
});

test("namedRuns() gives runs of one name and other content numbers, and equal runs one name", () => {
  const other = { name: "half.json", schema: { kinds: [{ name: "ship", fields: [] }] } };
  assert.deepEqual(namesOf({ wire: WIRE }, { wire: other }, { wire: WIRE }), [
    "strict varint none wire=half.json",
    "strict varint none wire=half.json (2)",
    "strict varint none wire=half.json",
  ]);
  // A network whose file is called like a setting of another run.
  const net = { ...RUN_DEFAULTS.net, name: "none history=4" };
  const names = namesOf({ net, historyFrames: 8 }, { historyFrames: 4 }, { historyFrames: 8 });
  assert.equal(new Set(names).size, 3);
});

test("namedRuns() gives names that differ exactly where settings do", () => {
  const text = fc.constantFrom("a", "a seed=1", "a (2)", "none", "", "wire=a");
  const run = fc.record({
    net: text.map((name) => ({ ...RUN_DEFAULTS.net, name })),
    historyFrames: fc.constantFrom(1, 2),
    seed: fc.constantFrom(1, 2),
    wire: fc.option(text.map((name) => ({ name, schema: { kinds: [] } })), { nil: undefined }),
    interest: fc.option(
      fc.record({
        radius: fc.constantFrom(1, Infinity),
        position: fc.constantFrom(["x"], ["x,y"], ["x", "y"]),
        ownKind: text,
      }),
      { nil: undefined },
    ),
  });
  fc.assert(fc.property(fc.array(run, { minLength: 1, maxLength: 8 }), (given) => {
    const runs = given.map(({ interest, wire, ...rest }) => ({
      ...RUN_DEFAULTS,
      ...rest,
      ...(interest === undefined ? {} : { interest }),
      ...(wire === undefined ? {} : { wire }),
    }));
    const names = namedRuns(runs, FIGURE_DEFAULTS).map(({ name }) => name);
    // Radii are the only numbers that JSON does not tell apart from nothing.
    const keys = runs.map((run) =>
      JSON.stringify(run, (_, value) => value === Infinity ? "all" : value)
    );
    for (const [i, name] of names.entries()) {
      for (const [j, other] of names.entries()) {
        assert.equal(name === other, keys[i] === keys[j], `${name} | ${other}`);
      }
    }
  }));
});
