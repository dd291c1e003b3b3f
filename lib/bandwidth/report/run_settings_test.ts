import assert from "node:assert/strict";
import { test } from "node:test";
import { parseNetSpec } from "../../net/spec/net_text.ts";
import { RUN_DEFAULTS } from "../../replication/run_options.ts";
import { FIGURE_DEFAULTS, settingsOf } from "./run_settings.ts";
import { seedsText, sharedSettings } from "./setting_text.ts";

test("settingsOf() says every setting, numbers as numbers, and null where nothing is set", () => {
  const { netHash, ...settings } = settingsOf(RUN_DEFAULTS, FIGURE_DEFAULTS);
  assert.match(netHash, /^[0-9a-f]{16}$/);
  assert.deepEqual(settings, {
    ack: "strict",
    codec: "varint",
    net: "none",
    consumers: 1,
    sendEvery: 1,
    sendRateHz: null,
    keyframeEvery: null,
    mtu: 1200,
    history: 64,
    seed: 1,
    wire: null,
    wireHash: null,
    interest: null,
    lod: null,
    budgetKbps: null,
    churn: null,
    figures: "all",
    interpMs: 100,
    freezeMs: 250,
  });
});

test("settingsOf() survives JSON, an endless radius and all fields of a level included", () => {
  const settings = settingsOf({
    ...RUN_DEFAULTS,
    sendRateHz: 12.5,
    keyframeEveryFrames: 30,
    interest: { radius: Infinity, position: ["x", "y"], ownKind: "ship" },
    detailLevels: [
      { name: "near", distance: 300, fields: undefined },
      { name: "far", distance: 800, fields: ["x"] },
    ],
    budgetKbps: 0.5,
    churn: { joinMs: 500 },
    wire: { name: "half.json", schema: { kinds: [] } },
  }, { figures: "cost", interpMs: 0, freezeMs: 1 });
  const { netHash: _net, wireHash, ...rest } = JSON.parse(JSON.stringify(settings));
  assert.match(wireHash, /^[0-9a-f]{16}$/);
  assert.deepEqual(rest, {
    ack: "strict",
    codec: "varint",
    net: "none",
    consumers: 1,
    sendEvery: null,
    sendRateHz: 12.5,
    keyframeEvery: 30,
    mtu: 1200,
    history: 64,
    seed: 1,
    wire: "half.json",
    interest: { radius: "all", position: ["x", "y"], ownKind: "ship" },
    lod: [
      { name: "near", distance: 300, fields: "all" },
      { name: "far", distance: 800, fields: ["x"] },
    ],
    budgetKbps: 0.5,
    churn: { joinMs: 500, reconnectMs: null, awayMs: null, leaveMs: null, timeoutMs: null },
    figures: "cost",
    interpMs: 0,
    freezeMs: 1,
  });
});

test("settingsOf() has a hash of what a network and a wire schema say, whatever they are called", () => {
  const netOf = (text: string, name = "net.json") =>
    settingsOf({ ...RUN_DEFAULTS, net: { ...parseNetSpec(text), name } }, FIGURE_DEFAULTS).netHash;
  assert.equal(netOf("delay=20,loss=2%"), netOf("loss=2%,delay=20", "other.json"));
  const texts = ["delay=20,loss=2%", "delay=21,loss=2%", "delay=20,loss=2.1%", "acklag=2", "none"];
  assert.equal(new Set(texts.map((text) => netOf(text))).size, texts.length);
  const wireOf = (step: number) =>
    settingsOf({
      ...RUN_DEFAULTS,
      wire: {
        name: "w",
        schema: { kinds: [{ name: "a", fields: [{ name: "x", type: "fixed", step }] }] },
      },
    }, FIGURE_DEFAULTS).wireHash;
  assert.notEqual(wireOf(1), wireOf(0.5));
});

test("settingsOf() refuses figures outside their ranges", () => {
  const refuse = (figures: object, message: RegExp) =>
    assert.throws(() => settingsOf(RUN_DEFAULTS, { ...FIGURE_DEFAULTS, ...figures }), message);
  refuse({ interpMs: -1 }, /interpMs is -1, expected 0 to 10000 milliseconds/);
  refuse({ interpMs: NaN }, /interpMs is NaN/);
  refuse({ freezeMs: 0 }, /freezeMs is 0, expected 1 to 86400000 milliseconds/);
  refuse({ figures: "some" }, /figures is "some", expected one of cost, all/);
});

test("sharedSettings() are those that all runs have and that are not the default", () => {
  const of = (...runs: readonly object[]) =>
    sharedSettings(
      runs.map((run) => ({ settings: settingsOf({ ...RUN_DEFAULTS, ...run }, FIGURE_DEFAULTS) })),
    );
  assert.deepEqual(of({}), []);
  assert.deepEqual(of(), []);
  assert.deepEqual(of({ historyFrames: 128, mtuBytes: 900 }), ["mtu 900", "history 128"]);
  assert.deepEqual(of({ historyFrames: 128, mtuBytes: 900 }, { historyFrames: 128 }), [
    "history 128",
  ]);
  const interest = { radius: 800, position: ["x"], ownKind: "ship" };
  assert.deepEqual(of({ interest, sendRateHz: 20, churn: { leaveMs: 5000 } }), [
    "send-rate 20",
    "interest 800@x",
    "own ship",
    "churn leave=5s",
  ]);
  // They have places of their own.
  const wire = { name: "half.json", schema: { kinds: [] } };
  assert.deepEqual(of({ consumers: 9, seed: 3, wire }), []);
});

test("seedsText() says the seeds of all runs", () => {
  const of = (...seeds: readonly number[]) =>
    seedsText(
      seeds[0] ?? 7,
      seeds.map((seed) => ({ settings: settingsOf({ ...RUN_DEFAULTS, seed }, FIGURE_DEFAULTS) })),
    );
  assert.equal(of(), "seed 7");
  assert.equal(of(3, 3), "seed 3");
  assert.equal(of(3, 1, 3), "seeds 3, 1");
  assert.equal(of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), "seeds 1, 2, 3, 4, 5, 6, 7, 8 and 2 more");
});
