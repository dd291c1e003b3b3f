import assert from "node:assert/strict";
import { createReadStream } from "node:fs";
import { test } from "node:test";
import { SchemaInference } from "../../schema/infer.ts";
import { Snapshot } from "../../core/state/snapshot.ts";
import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { StateFrame } from "../../core/state/state.ts";
import { ACK_POLICIES } from "../../core/tracker/tracker_options.ts";
import { CODEC_NAMES } from "../../core/wire/world_codec.ts";
import { readStates } from "../../ingest/read_states.ts";
import { parseNetSpec } from "../../net/spec/net_text.ts";
import { NET_PRESETS } from "../../net/spec/presets.ts";
import { RUN_DEFAULTS } from "../../replication/run_options.ts";
import { measureBandwidth } from "./measure_bandwidth.ts";

/** Cuts of every kind of data, with the frames that are sent. */
const SETS = [
  { name: "rl-duel", frames: 90, sparse: false },
  { name: "soccer", frames: 90, sparse: false },
  { name: "cubes-float", frames: 8, sparse: true },
  { name: "cubes", frames: 8, sparse: true },
];

const NETS = [
  "none",
  "acklag=6",
  "delay=50,jitter=10,loss=5%",
  "delay=50,loss=2%,burst=8",
  "delay=30,jitter=20,jitterdist=normal,reorder=5%,duplicate=2%,rate=500,queue=20",
  ...NET_PRESETS.map(({ name }) => name),
];

for (const { name, frames, sparse } of SETS) {
  test(`measureBandwidth() verifies every policy, codec and network on ${name}`, async () => {
    const { layout, snapshots } = await readCut(name, frames, sparse);
    for (const net of NETS) {
      const runs = ACK_POLICIES.flatMap((policy) =>
        CODEC_NAMES.map((codec) => ({
          ...RUN_DEFAULTS,
          policy,
          codec,
          net: parseNetSpec(net),
          consumers: 2,
          seed: 3,
        }))
      );
      for (const report of await measureBandwidth(layout, snapshots, runs)) {
        assert.ok(report.verified, `${report.name}: ${report.fault}`);
        assert.equal(report.packets, 2 * frames);
        if (report.ack === "strict") assert.equal(report.divergence.wrongFieldFrames, 0);
      }
    }
  });
}

async function readCut(name: string, count: number, sparse: boolean) {
  const path = new URL(`../../../testdata/sets/${name}.state.ndjson.gz`, import.meta.url);
  const frames: StateFrame[] = [];
  const inference = new SchemaInference();
  for await (const frame of readStates(createReadStream(path), { sparse, rateHz: 60 })) {
    frames.push(frame);
    inference.observe(frame);
    if (frames.length === count) break;
  }
  assert.equal(frames.length, count);
  const layout = new SnapshotLayout(inference.schema());
  return { layout, snapshots: frames.map((frame) => Snapshot.of(layout, frame)) };
}
