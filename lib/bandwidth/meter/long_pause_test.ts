import assert from "node:assert/strict";
import { test } from "node:test";
import { Snapshot } from "../../core/state/snapshot.ts";
import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { RUN_DEFAULTS } from "../../replication/run_options.ts";
import { measureBandwidth } from "./measure_bandwidth.ts";

const layout = new SnapshotLayout({
  kinds: [{ name: "ship", fields: [{ name: "x", type: "f64" }] }],
});

function framesAt(timesMs: readonly number[]): Snapshot[] {
  return timesMs.map((timeMs, frame) =>
    Snapshot.of(layout, {
      frame,
      timeMs,
      entities: [{ id: 1, kind: "ship", fields: { x: frame } }],
    })
  );
}

test("measureBandwidth() takes no longer for fifty years between two frames", async () => {
  const years = 50 * 365.25 * 86_400;
  const churn = { joinMs: 1, reconnectMs: 1000, leaveMs: 60_000 };
  for (const options of [{}, { churn }, { sendRateHz: 20 }, { budgetKbps: 64 }]) {
    let rows = 0;
    const run = { ...RUN_DEFAULTS, ...options, consumers: 1000 };
    const [report] = await measureBandwidth(layout, framesAt([0, years * 1000]), [run], {
      onWindowRow: () => rows++,
    });
    assert.equal(report!.durationSeconds, 2 * years);
    // Seconds 1 to 60 stay, and the two in which the frames lie.
    assert.equal(report!.secondsLeftOut, years - 61);
    assert.equal(report!.series.length, 62);
    assert.equal(report!.series.at(-1)!.second, years);
    assert.ok(rows <= 62_000);
  }
});
