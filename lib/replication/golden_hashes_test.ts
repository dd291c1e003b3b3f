import assert from "node:assert/strict";
import { test } from "node:test";
import { WORLD_LAYOUT } from "../core/random_world_test.ts";
import { CODEC_NAMES } from "../core/snapshot_codec.ts";
import { POLICIES } from "../core/tracker.ts";
import { parseNetSpec } from "../net/net_text.ts";
import { ReplicationRun } from "./replication_run.ts";
import { optionsOf, recordWorld } from "./run_lab_test.ts";
import type { RunOptions } from "./run_options.ts";

/** Settings whose hash is fixed, by what the table below calls them. */
const SETTINGS: Record<string, Partial<RunOptions>> = {
  lossless: { net: parseNetSpec("acklag=6") },
  lossy: { net: parseNetSpec("delay=50,jitter=10,loss=5%") },
  rough: {
    net: parseNetSpec("delay=40,jitter=30,jitterdist=normal,loss=8%,burst=3,duplicate=5%"),
    sendEveryFrames: 2,
    mtuBytes: 64,
    keyframeEveryFrames: 50,
    historyFrames: 8,
    churn: { joinMs: 400, reconnectMs: 900, awayMs: 150, timeoutMs: 700 },
  },
  views: {
    net: parseNetSpec("delay=50,jitter=10,loss=5%"),
    interest: { radius: 300, position: ["x", "y"], ownKind: "mover" },
    detailLevels: [{ name: "near", distance: 100, fields: undefined }, {
      name: "far",
      distance: 600,
      fields: ["x"],
    }],
  },
};

// From one run of this code on Deno. What the test proves is that every runtime gets the same.
const HASHES: Record<string, string> = {
  "lossless append raw": "87a08bddaa974ccc",
  "lossless append mask": "d2eee1ddaaade461",
  "lossless append varint": "e5ffa60ded1a988f",
  "lossless strict raw": "f8990e5da733307f",
  "lossless strict mask": "77f1c55dd240b1af",
  "lossless strict varint": "734a968dca451af2",
  "lossless nack raw": "87a08bddaa974ccc",
  "lossless nack mask": "d2eee1ddaaade461",
  "lossless nack varint": "e5ffa60ded1a988f",
  "lossy append raw": "0f7a1fb2fedab42b",
  "lossy append mask": "08db7b0656bc8ae0",
  "lossy append varint": "2b3ce6e6c9dc4cc6",
  "lossy strict raw": "c9974717da319cd0",
  "lossy strict mask": "89f9aa666d755df3",
  "lossy strict varint": "f7c9fd00ece92003",
  "lossy nack raw": "70cfbd722828a8e0",
  "lossy nack mask": "0c8a46c9cb992b65",
  "lossy nack varint": "2fd9fabe3d3460e8",
  "rough append raw": "ade881d6ba907920",
  "rough append mask": "233719f4acb01a5c",
  "rough append varint": "7b8cf3e1af82577a",
  "rough strict raw": "ee182fca7382f4c6",
  "rough strict mask": "15dfa654b78cc317",
  "rough strict varint": "73ab7244acdb04d5",
  "rough nack raw": "97e3e5e6ee8cc03c",
  "rough nack mask": "f1d96e29cd9c08be",
  "rough nack varint": "59af72202eba98bf",
  "views append raw": "3294262e473ba85a",
  "views append mask": "fd70d2bce4ab7903",
  "views append varint": "853000d4777adfaa",
  "views strict raw": "bcd9c38f7da8855c",
  "views strict mask": "2181f02b8eaf393a",
  "views strict varint": "e1881075b83edd8a",
  "views nack raw": "3294262e473ba85a",
  "views nack mask": "7aec0fd73f7b0186",
  "views nack varint": "8f9d5a7ad60dc324",
};

for (const [name, given] of Object.entries(SETTINGS)) {
  test(`ReplicationRun.hash of ${name} runs is the same on every runtime`, () => {
    for (const policy of POLICIES) {
      for (const codec of CODEC_NAMES) {
        const options = optionsOf({ policy, codec, consumers: 8, seed: 2026, ...given });
        const run = new ReplicationRun(WORLD_LAYOUT, options, {
          sent() {},
          lost() {},
          arrived() {},
          wrongFor() {},
          stale() {},
          encoded() {},
        });
        for (const frame of recordWorld(11, 150)) run.step(frame);
        run.finish();
        assert.equal(run.fault, undefined);
        assert.equal(run.hash, HASHES[`${name} ${policy} ${codec}`], `${name} ${policy} ${codec}`);
      }
    }
  });
}
