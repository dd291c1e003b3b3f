import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createReadStream, readFileSync } from "node:fs";
import { test } from "node:test";
import process from "node:process";
import { Snapshot } from "../../core/state/snapshot.ts";
import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { SchemaInference } from "../../schema/infer.ts";
import type { StateFrame } from "../../core/state/state.ts";
import { ACK_POLICIES } from "../../core/tracker/tracker_options.ts";
import { CODEC_NAMES } from "../../core/wire/world_codec.ts";
import { readStates } from "../../ingest/read_states.ts";
import { parseNetSpec } from "../../net/spec/net_text.ts";
import { NET_PRESETS } from "../../net/spec/presets.ts";
import { RUN_DEFAULTS, type RunOptions } from "../../replication/run_options.ts";
import { measureBandwidth } from "./measure_bandwidth.ts";

const DUEL = new URL("../../../testdata/duel/duel.state.ndjson.gz", import.meta.url);
const DIGESTS = new URL("../../../testdata/hashes/presets.json", import.meta.url);
const FRAMES = 1200;

/**
 * Digests of whole reports, taken from one run on one runtime: they prove no figure right, they
 * prove that every runtime computes the same. After a change of figures that is meant, write them
 * anew with HINDCAST_WRITE_DIGESTS=1.
 */
test("measureBandwidth() reports the same for every preset on every runtime", async () => {
  const frames = await duelFrames();
  const layout = new SnapshotLayout(frames.schema);
  const snapshots = frames.frames.map((frame) => Snapshot.of(layout, frame));
  const digests: Record<string, string> = {};
  for (const { name } of NET_PRESETS) {
    const reports = await measureBandwidth(layout, snapshots, runsOver(name));
    for (const report of reports) {
      assert.ok(report.verified, `${report.name}: ${report.fault}`);
      digests[report.name] = createHash("sha256").update(JSON.stringify(report)).digest("hex");
    }
  }
  if (process.env["HINDCAST_WRITE_DIGESTS"]) {
    const { mkdirSync, writeFileSync } = await import("node:fs");
    mkdirSync(new URL(".", DIGESTS), { recursive: true });
    writeFileSync(DIGESTS, JSON.stringify(digests, null, 2) + "\n");
  }
  assert.deepEqual(digests, JSON.parse(readFileSync(DIGESTS, "utf8")));
});

function runsOver(net: string): RunOptions[] {
  return ACK_POLICIES.flatMap((policy) =>
    CODEC_NAMES.map((codec) => ({
      ...RUN_DEFAULTS,
      policy,
      codec,
      net: parseNetSpec(net),
      consumers: 4,
      seed: 7,
    }))
  );
}

async function duelFrames() {
  const frames: StateFrame[] = [];
  const inference = new SchemaInference();
  for await (const frame of readStates(createReadStream(DUEL))) {
    if (frames.length === FRAMES) break;
    frames.push(frame);
    inference.observe(frame);
  }
  return { frames, schema: inference.schema() };
}
