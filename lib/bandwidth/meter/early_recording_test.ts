import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { WORLD_LAYOUT } from "../../core/state/random_world_test_helper.ts";
import type { Snapshot } from "../../core/state/snapshot.ts";
import { ACK_POLICIES } from "../../core/tracker/tracker_options.ts";
import { parseNetSpec } from "../../net/spec/net_text.ts";
import { optionsOf, recordWorld } from "../../replication/run_lab_test_helper.ts";
import type { RunOptions } from "../../replication/run_options.ts";
import type { WindowRow } from "../report/window_row.ts";
import { measureBandwidth } from "./measure_bandwidth.ts";
import { tracePacket } from "./trace_packet.ts";

const TRACE = ["packet,send_ms,delay_ms,lost", "0,0,40,0", "1,16,70,1", "2,33,20,0", ""].join("\n");
const CAPACITY = Array.from({ length: 40 }, (_, i) => 7 * i * i + 3).join("\n");
const readFile = (file: string) => file.endsWith(".csv") ? TRACE : CAPACITY;
const net = (text: string) => parseNetSpec(text, readFile);

const RUNS: readonly Partial<RunOptions>[] = [
  {},
  { net: net("acklag=6"), sendRateHz: 20 },
  { net: net("delay=50,jitter=40,loss=10%,duplicate=5%,reorder=5%") },
  { net: net("delay=30,rate=60,queue=3"), sendRateHz: 25, mtuBytes: 100 },
  { net: net("trace:link.csv") },
  { net: net("mahimahi:up,down,delay=20,queue=5"), sendEveryFrames: 2 },
  { net: net("delay=60,loss=20%"), churn: { joinMs: 700, reconnectMs: 500, awayMs: 90 } },
  {
    net: net("delay=30,loss=10%"),
    churn: { joinMs: 300, leaveMs: 2500, timeoutMs: 400 },
    interest: { radius: 300, position: ["x", "y"], ownKind: "mover" },
    budgetKbps: 40,
  },
];

/** A world of 3 seconds that begins at a time. */
function worldAt(startMs: number): Snapshot[] {
  const [first] = recordWorld(7, 1);
  return recordWorld(7, 170).map((frame) => {
    frame.timeMs += startMs - first!.timeMs;
    return frame;
  });
}

/** What a report says of a recording that begins at a time; consumers' seconds as well. */
async function reportAt(startMs: number, runs: readonly RunOptions[]) {
  const rows: WindowRow[] = [];
  const reports = await measureBandwidth(WORLD_LAYOUT, worldAt(startMs), runs, {
    onWindowRow: (row) => rows.push(row),
  });
  return { reports, rows };
}

/** What became of the packets of some frames, without the times that the recording gives them. */
async function tracesAt(startMs: number, runs: readonly RunOptions[]) {
  const frames = worldAt(startMs);
  const traces = [];
  for (const { frame, timeMs } of [frames[1]!, frames[40]!, frames[120]!]) {
    for (const trace of await tracePacket(WORLD_LAYOUT, frames, runs, { frame, consumer: 1 })) {
      if ("timeMs" in trace) assert.equal(trace.timeMs, timeMs);
      traces.push({ ...trace, timeMs: null });
    }
  }
  return traces;
}

describe("a recording that begins before time 0 has the figures of one that begins at 0", () => {
  for (const policy of ACK_POLICIES) {
    const runs = RUNS.map((given) => optionsOf({ policy, ...given }));

    test(`in measureBandwidth(), ${policy}`, async () => {
      const wanted = await reportAt(0, runs);
      assert.ok(wanted.reports.every(({ verified, delivered }) => verified && delivered > 20));
      // One that ends before 0, one that begins just before it, and one that goes across it.
      for (const startMs of [-60_000, -0.001, -1000]) {
        assert.deepEqual(await reportAt(startMs, runs), wanted, `${startMs}`);
      }
    });

    test(`in tracePacket(), ${policy}`, async () => {
      const wanted = await tracesAt(0, runs);
      assert.ok(wanted.some((trace) => "between" in trace && trace.between.length > 0));
      assert.deepEqual(await tracesAt(-1000, runs), wanted);
    });
  }
});
