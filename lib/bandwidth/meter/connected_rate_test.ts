import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Snapshot } from "../../core/state/snapshot.ts";
import { WORLD_LAYOUT } from "../../core/state/random_world_test_helper.ts";
import { parseNetSpec } from "../../net/spec/net_text.ts";
import type { ChurnSpec } from "../../replication/churn.ts";
import { ReplicationRun } from "../../replication/replication_run.ts";
import { RUN_DEFAULTS, type RunOptions } from "../../replication/run_options.ts";
import { IDLE_LOG } from "../../replication/idle_log_test_helper.ts";
import type { WindowRow } from "../report/window_row.ts";
import { measureBandwidth } from "./measure_bandwidth.ts";

const INTERVAL_MS = 40;

/** A mover that moves in every frame. */
function walk(count: number): Snapshot[] {
  return Array.from({ length: count }, (_, frame) =>
    Snapshot.of(WORLD_LAYOUT, {
      frame,
      timeMs: 500 + frame * INTERVAL_MS,
      entities: [{ id: 1, kind: "mover", fields: { x: frame, y: frame * 0.5 } }],
    }));
}

/** When a consumer was there and what it was sent, from the run itself. */
interface Presence {
  readonly spans: { from: number; to: number }[];
  readonly sends: { us: number; bytes: number }[];
}

function presences(frames: readonly Snapshot[], options: RunOptions): Presence[] {
  const all = Array.from({ length: options.consumers }, (): Presence => ({ spans: [], sends: [] }));
  const run = new ReplicationRun(WORLD_LAYOUT, options, {
    ...IDLE_LOG,
    joined: (consumer, us) => all[consumer]!.spans.push({ from: us, to: Infinity }),
    left: (consumer, us) => all[consumer]!.spans.at(-1)!.to = us,
    sent: (consumer, { wireBytes }, us) => all[consumer]!.sends.push({ us, bytes: wireBytes }),
  });
  for (const frame of frames) run.step(frame);
  run.finish();
  return all;
}

const round = (value: number, unit = 1000) => Math.round(value * unit) / unit;

const CHURNS: Record<string, ChurnSpec> = {
  "joins late": { joinMs: 3000 },
  "drops out for long": { reconnectMs: 2500, awayMs: 1300 },
  "drops out within seconds": { reconnectMs: 1900, awayMs: 80 },
  "leaves for good": { joinMs: 1000, leaveMs: 2500 },
};

describe("BandwidthMeter of consumers that come and go", () => {
  for (const [name, churn] of Object.entries(CHURNS)) {
    test(`kbps is that of the connected, where one ${name}`, async () => {
      const frames = walk(250);
      const options = {
        ...{ ...RUN_DEFAULTS, consumers: 9, churn, seed: 4 },
        net: parseNetSpec("delay=30,jitter=10"),
      };
      const all = presences(frames, options);
      const startUs = Math.min(...all.flatMap(({ sends }) => sends.map(({ us }) => us)));
      // Frames of 40 ms: the last one ends 10 s after the first.
      const endUs = 500_000 + 10_000_000;
      const seconds = Math.ceil((endUs - startUs) / 1e6);
      const whole = Math.floor((endUs - startUs) / 1e6);
      const rates: number[] = [];
      const rows: string[] = [];
      const series: number[] = [];
      for (let second = 0; second < seconds; second++) {
        const from = startUs + second * 1e6;
        const to = from + 1e6;
        let bytes = 0;
        let connectedUs = 0;
        for (const [consumer, { spans, sends }] of all.entries()) {
          const own = sends.filter(({ us }) => us >= from && us < to)
            .reduce((sum, send) => sum + send.bytes, 0);
          const parts = spans.map((span) => Math.min(to, span.to) - Math.max(from, span.from))
            .filter((us) => us > 0);
          bytes += own;
          connectedUs += parts.reduce((sum, us) => sum + us, 0);
          if (second >= whole) continue;
          if (parts.includes(1e6)) rates.push(own * 8 / 1000);
          if (parts.length > 0) rows.push(`${second} ${consumer} ${own}`);
        }
        series.push(connectedUs === 0 ? 0 : round(bytes * 8 / 1000 / (connectedUs / 1e6)));
      }
      const told: WindowRow[] = [];
      const [report] = await measureBandwidth(WORLD_LAYOUT, frames, [options], {
        onWindowRow: (row) => told.push(row),
      });
      assert.ok(rates.length > 3 && rates.length < 9 * whole);
      assert.equal(report!.kbpsSeconds, rates.length);
      rates.sort((a, b) => a - b);
      assert.deepEqual(report!.kbps, {
        mean: round(rates.reduce((sum, rate) => sum + rate, 0) / rates.length),
        p95: round(rates[Math.ceil(rates.length * 0.95) - 1]!),
        max: round(rates.at(-1)!),
      });
      assert.deepEqual(report!.series.map(({ kbps }) => kbps), series);
      assert.deepEqual(
        told.map(({ second, consumer, wireBytes }) => `${second} ${consumer} ${wireBytes}`),
        rows,
      );
      assert.equal(report!.durationSeconds, round((endUs - startUs) / 1e6));
      const bits = report!.wireBytes * 8;
      assert.equal(report!.egressMbps, round(bits / (endUs - startUs), 1e6));
      assert.equal(report!.egressGBPerHour, round(bits / 8 / (endUs - startUs) * 3.6, 1e6));
    });
  }

  test("kbps and egress of one frame alone are both over a second", async () => {
    const [report] = await measureBandwidth(WORLD_LAYOUT, walk(1), [{
      ...{ ...RUN_DEFAULTS, consumers: 5 },
      net: parseNetSpec("none"),
    }]);
    assert.equal(report!.durationSeconds, 0);
    assert.equal(report!.kbps.mean, round(report!.wireBytes * 8 / 1000 / 5));
    assert.equal(report!.egressMbps, round(report!.wireBytes * 8 / 1e6, 1e6));
    assert.equal(report!.egressGBPerHour, round(report!.wireBytes * 3600 / 1e9, 1e6));
  });

  test("kbps is 0 and counts no second where nobody stays for one", async () => {
    const [report] = await measureBandwidth(WORLD_LAYOUT, walk(100), [{
      ...{ ...RUN_DEFAULTS, consumers: 3, churn: { reconnectMs: 300, awayMs: 40 } },
      net: parseNetSpec("none"),
    }]);
    assert.equal(report!.kbpsSeconds, 0);
    assert.deepEqual(report!.kbps, { mean: 0, p95: 0, max: 0 });
    assert.ok(report!.series.every(({ kbps }) => kbps > 0));
    assert.ok(report!.egressMbps > 0);
  });
});

test("BandwidthMeter tells what the whole server sends, per second and per hour", async () => {
  const frames = walk(250);
  const options = { ...RUN_DEFAULTS, consumers: 40, net: parseNetSpec("none") };
  const [report] = await measureBandwidth(WORLD_LAYOUT, frames, [options]);
  const bits = presences(frames, options).flatMap(({ sends }) => sends)
    .reduce((sum, { bytes }) => sum + bytes * 8, 0);
  // 10 s, which are 360 to the hour; a gigabyte is 10^9 bytes.
  assert.equal(report!.egressMbps, round(bits / 1e6 / 10, 1e6));
  assert.equal(report!.egressGBPerHour, round(bits / 8 * 360 / 1e9, 1e6));
  assert.ok(report!.egressMbps > 0.2);
});
