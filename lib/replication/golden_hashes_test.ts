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
  "lossless append raw": "de119905ca28a577",
  "lossless append mask": "2d77fd85ac18386d",
  "lossless append varint": "56f3dcc53d380ca5",
  "lossless strict raw": "b312dc85643fff7c",
  "lossless strict mask": "799f0005826c2c8a",
  "lossless strict varint": "f3023a05c4fe8d65",
  "lossless nack raw": "de119905ca28a577",
  "lossless nack mask": "2d77fd85ac18386d",
  "lossless nack varint": "56f3dcc53d380ca5",
  "lossy append raw": "93a048f2b84b1a1c",
  "lossy append mask": "c163d9468982ff96",
  "lossy append varint": "ecc6046e2071397a",
  "lossy strict raw": "b222306994cb74da",
  "lossy strict mask": "2fb0fee89b0c21d2",
  "lossy strict varint": "bde305e43b7c8204",
  "lossy nack raw": "0fb19a54f298d9e8",
  "lossy nack mask": "0701907f50066f28",
  "lossy nack varint": "81b8634037b05208",
  "rough append raw": "82fc9831d8ccb6d2",
  "rough append mask": "5e235e2d16f5d0cc",
  "rough append varint": "26aba2223dfd4f7c",
  "rough strict raw": "f31489e5a7361795",
  "rough strict mask": "3112d5b3a934db86",
  "rough strict varint": "b20154a1b4d28912",
  "rough nack raw": "61bae822b0a2232d",
  "rough nack mask": "df54391a61e0416a",
  "rough nack varint": "73259b6e2979ee69",
  "views append raw": "9774626ea22d35a8",
  "views append mask": "4e94a5fceef6392b",
  "views append varint": "497600ac2e7a410a",
  "views strict raw": "1b563b5196e20223",
  "views strict mask": "c2fdefa1a3216f66",
  "views strict varint": "5fcba669dbc29519",
  "views nack raw": "9774626ea22d35a8",
  "views nack mask": "fed9f4977b78c077",
  "views nack varint": "313998a21be35d6d",
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
