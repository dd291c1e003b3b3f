import assert from "node:assert/strict";
import { test } from "node:test";
import { WORLD_LAYOUT } from "../core/state/random_world_test_helper.ts";
import { CODEC_NAMES } from "../core/wire/world_codec.ts";
import { ACK_POLICIES } from "../core/tracker/tracker_options.ts";
import { parseNetSpec } from "../net/spec/net_text.ts";
import { ReplicationRun } from "./replication_run.ts";
import { optionsOf, recordWorld } from "./run_lab_test_helper.ts";
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
  budget: { net: parseNetSpec("delay=50,jitter=10,loss=5%"), budgetKbps: 20 },
};

// From one run of this code on Deno. What the test proves is that every runtime gets the same.
const HASHES: Record<string, string> = {
  "lossless append raw": "de119905ca28a577",
  "lossless append mask": "2d77fd85ac18386d",
  "lossless append varint": "56f3dcc53d380ca5",
  "lossless strict raw": "b312dc85643fff7c",
  "lossless strict mask": "799f0005826c2c8a",
  "lossless strict varint": "f3023a05c4fe8d65",
  "lossless nack raw": "2899c3c516faecf3",
  "lossless nack mask": "4a1c4a053afa09e8",
  "lossless nack varint": "5397184592a9db03",
  "lossy append raw": "cea8d1af0702585b",
  "lossy append mask": "f128c42428b66948",
  "lossy append varint": "c861d3d2ec9a3393",
  "lossy strict raw": "b222306994cb74da",
  "lossy strict mask": "2fb0fee89b0c21d2",
  "lossy strict varint": "bde305e43b7c8204",
  "lossy nack raw": "560293c424138888",
  "lossy nack mask": "685531c08bd25d6e",
  "lossy nack varint": "e87490353400cd95",
  "rough append raw": "be24278cf76524a4",
  "rough append mask": "467213fd23b38784",
  "rough append varint": "191d3cdad60b098a",
  "rough strict raw": "f31489e5a7361795",
  "rough strict mask": "3112d5b3a934db86",
  "rough strict varint": "b20154a1b4d28912",
  "rough nack raw": "02c90482fc4a985c",
  "rough nack mask": "70939ec34371eccd",
  "rough nack varint": "d959deaa146af291",
  "views append raw": "86f14d56148fa3bd",
  "views append mask": "8463719eb4237a3b",
  "views append varint": "97ea6ecc7957694f",
  "views strict raw": "1b563b5196e20223",
  "views strict mask": "c2fdefa1a3216f66",
  "views strict varint": "5fcba669dbc29519",
  "views nack raw": "c35f56843a92a4cf",
  "views nack mask": "480f5bcdca113d70",
  "views nack varint": "a44723aaf1d15f56",
  "budget append mask": "31ec72fa579a2c38",
  "budget append varint": "384fd91a13d5beb0",
  "budget strict mask": "9f1eea328092cb0d",
  "budget strict varint": "03e9a0f23339db14",
  "budget nack mask": "bc54ac45a4ea6245",
  "budget nack varint": "da8fbb3a7f6f3470",
};

for (const [name, given] of Object.entries(SETTINGS)) {
  test(`ReplicationRun.hash of ${name} runs is the same on every runtime`, () => {
    for (const policy of ACK_POLICIES) {
      for (const codec of CODEC_NAMES) {
        // A budget cannot be kept with it.
        if (codec === "raw" && given.budgetKbps !== undefined) continue;
        const options = optionsOf({ policy, codec, consumers: 8, seed: 2026, ...given });
        const run = new ReplicationRun(WORLD_LAYOUT, options, {
          sent() {},
          lost() {},
          arrived() {},
          wrongFor() {},
          stale() {},
          joined() {},
          left() {},
          framed() {},
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
