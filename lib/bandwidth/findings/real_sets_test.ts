import assert from "node:assert/strict";
import { createReadStream } from "node:fs";
import { test } from "node:test";
import { Snapshot } from "../../core/state/snapshot.ts";
import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { StateFrame } from "../../core/state/state.ts";
import { readStates } from "../../ingest/read_states.ts";
import { SchemaInference } from "../../schema/infer.ts";
import { judge, type MadeRecording } from "./finding_lab_test_helper.ts";

const FRAMES_MAX = 600;

/** Recordings, and what was looked up by hand in the report of each. */
const SETS: readonly {
  readonly name: string;
  readonly sparse: boolean;
  /** Codes by network, worst first. */
  readonly told: Readonly<Record<string, readonly string[]>>;
}[] = [
  {
    name: "duel/duel",
    sparse: false,
    told: {
      none: [
        "note framing-share",
      ],
      "4g": [
        "note framing-share",
        "note constant-fields",
      ],
      satellite: [
        "error interpolation-too-short",
        "error history-shorter-than-rtt",
        "warning constant-fields",
        "warning late-packets",
        "note freezes",
      ],
      "wifi-lossy": [
        "note framing-share",
      ],
    },
  },
  {
    name: "sets/rl-duel",
    sparse: false,
    told: {
      none: [],
      "4g": [
        "warning interpolation-too-short",
      ],
      satellite: [
        "error interpolation-too-short",
        "warning freezes",
        "note late-packets",
      ],
      "wifi-lossy": [
        "warning interpolation-too-short",
        "warning freezes",
      ],
    },
  },
  {
    name: "sets/soccer",
    sparse: false,
    told: {
      none: [],
      "4g": [],
      satellite: [
        "error interpolation-too-short",
        "note freezes",
        "note late-packets",
      ],
      "wifi-lossy": [
        "warning interpolation-too-short",
      ],
    },
  },
  {
    name: "sets/cubes-float",
    sparse: true,
    told: {
      none: [],
      "4g": [],
      satellite: [
        "error over-mtu",
        "note no-state",
        "note freezes",
      ],
      "wifi-lossy": [],
    },
  },
  {
    name: "sets/cubes",
    sparse: true,
    told: {
      none: [
        "note join-burst",
      ],
      "4g": [
        "note join-burst",
      ],
      satellite: [
        "error interpolation-too-short",
        "error over-mtu",
        "error history-shorter-than-rtt",
        "note freezes",
      ],
      "wifi-lossy": [
        "note join-burst",
      ],
    },
  },
];

for (const { name, sparse, told } of SETS) {
  test(`findFindings() says of ${name} what is true of it`, async () => {
    const made = await readSet(name, sparse);
    for (const [net, codes] of Object.entries(told)) {
      const { findings } = await judge(made, { net, consumers: 4 });
      const short = findings.map(({ code, severity }) => `${severity} ${code}`);
      assert.deepEqual(short, codes, `${name} over ${net}`);
    }
  });
}

async function readSet(name: string, sparse: boolean): Promise<MadeRecording> {
  const path = new URL(`../../../testdata/${name}.state.ndjson.gz`, import.meta.url);
  const frames: StateFrame[] = [];
  const inference = new SchemaInference();
  for await (const frame of readStates(createReadStream(path), { sparse, rateHz: 60 })) {
    frames.push(frame);
    inference.observe(frame);
    if (frames.length === FRAMES_MAX) break;
  }
  const layout = new SnapshotLayout(inference.schema());
  return { layout, frames: frames.map((frame) => Snapshot.of(layout, frame)) };
}

test("a longer history ends the keyframes of a duel over a satellite", async () => {
  const made = await readSet("duel/duel", false);
  const run = { net: "satellite", consumers: 4 };
  const { reports } = await judge(made, run, { ...run, historyFrames: 128 });
  const bytes = reports.map(({ payloadBytes }) => payloadBytes);
  assert.ok(bytes[1]! < bytes[0]! * 0.6, `${bytes}`);
  assert.equal(reports[1]!.keyframeReasons.evicted, 0);
});
