import assert from "node:assert/strict";
import { test } from "node:test";
import { Snapshot } from "../../core/state/snapshot.ts";
import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { parseNetSpec } from "../../net/spec/net_text.ts";
import { RUN_DEFAULTS, type RunOptions } from "../../replication/run_options.ts";
import { measureBandwidth } from "./measure_bandwidth.ts";
import type { WindowRow } from "../report/window_row.ts";

const LAYOUT = new SnapshotLayout({
  kinds: [{ name: "cube", fields: [{ name: "x", type: "i32" }] }],
});

/** Three seconds at 4 Hz, from frame 8 and 10 s on. */
const FRAMES = Array.from({ length: 12 }, (_, i) =>
  Snapshot.of(LAYOUT, {
    frame: 8 + i,
    timeMs: 10_000 + i * 250,
    entities: [{ id: 1, kind: "cube", fields: { x: i * 1000 } }],
  }));

function options(given: Partial<RunOptions>): RunOptions {
  return {
    ...RUN_DEFAULTS,
    net: parseNetSpec("delay=10"),
    consumers: 2,
    mtuBytes: 900,
    historyFrames: 16,
    ...given,
  };
}

test("measureBandwidth() tells a row a run, second and consumer, which add up to the report", async () => {
  const rows: WindowRow[] = [];
  const reports = await measureBandwidth(LAYOUT, FRAMES, [
    options({}),
    options({ policy: "append", codec: "raw", seed: 5 }),
  ], { onWindowRow: (row) => rows.push(row) });
  const names = ["strict varint delay=10 seed=1", "append raw delay=10 seed=5"];
  const places = [0, 1, 2].flatMap((second) =>
    names.flatMap((run) => [0, 1].map((consumer) => [second, run, consumer]))
  );
  places.sort(([a], [b]) => Number(a) - Number(b));
  const told = rows.map(({ second, run, consumer }) => [second, run, consumer]);
  // The last second closes when a run is over, run by run.
  assert.deepEqual(told, places);
  for (const [i, report] of reports.entries()) {
    const own = rows.filter(({ run }) => run === names[i]);
    assert.equal(own.reduce((sum, row) => sum + row.wireBytes, 0), report.wireBytes);
    assert.equal(Math.max(...own.map((row) => row.kbps)), report.kbps.max);
    assert.ok(own.every((row) => row.seed === [1, 5][i] && row.ack === report.ack));
  }
});

test("measureBandwidth() reports MTU, duration and the first frame of each second", async () => {
  const [report] = await measureBandwidth(LAYOUT, FRAMES, [options({})]);
  assert.equal(report!.mtuBytes, 900);
  assert.equal(report!.durationSeconds, 3);
  assert.deepEqual(report!.series.map(({ second, frame }) => [second, frame]), [
    [0, 8],
    [1, 12],
    [2, 16],
  ]);
});

test("measureBandwidth() tells progress frame by frame", async () => {
  const told: number[] = [];
  await measureBandwidth(LAYOUT, FRAMES, [options({})], {
    onProgress: (frames) => told.push(frames),
  });
  await measureBandwidth(LAYOUT, FRAMES.slice(0, 2), [options({})], {
    onProgress: (frames) => told.push(-frames),
  });
  assert.deepEqual(told, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, -1, -2]);
});
