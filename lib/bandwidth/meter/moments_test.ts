import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { WORLD_LAYOUT } from "../../core/state/random_world_test_helper.ts";
import { Snapshot } from "../../core/state/snapshot.ts";
import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { FieldValue } from "../../core/state/schema.ts";
import { ACK_POLICIES } from "../../core/tracker/tracker_options.ts";
import { parseNetSpec } from "../../net/spec/net_text.ts";
import { IDLE_LOG } from "../../replication/idle_log_test_helper.ts";
import { ReplicationRun } from "../../replication/replication_run.ts";
import { recordWorld } from "../../replication/run_lab_test_helper.ts";
import { RUN_DEFAULTS, type RunOptions } from "../../replication/run_options.ts";
import type { RunMoments } from "../moments/run_moments.ts";
import type { RunReport } from "../report/run_report.ts";
import { measureBandwidth, type MeasureOptions } from "./measure_bandwidth.ts";
import { tracePacket } from "./trace_packet.ts";

interface Measured {
  readonly report: RunReport;
  readonly moments: RunMoments;
}

async function momentsOf(
  layout: SnapshotLayout,
  frames: readonly Snapshot[],
  options: Partial<RunOptions>,
  figures: MeasureOptions = {},
): Promise<Measured> {
  const told: RunMoments[] = [];
  const [report] = await measureBandwidth(layout, frames, [{ ...RUN_DEFAULTS, ...options }], {
    ...figures,
    onMoments: (run, moments) => told[run] = moments,
  });
  assert.ok(report!.verified, report!.fault);
  assert.equal(told.length, 1);
  return { report: report!, moments: told[0]! };
}

/** Frames 50 ms apart of units that say how far they have come. */
function unitsOf(
  count: number,
  units: number,
  fieldsOf: (frame: number, unit: number) => { readonly x: number; readonly noise: number },
): { readonly layout: SnapshotLayout; readonly frames: Snapshot[] } {
  const layout = new SnapshotLayout({
    kinds: [{ name: "unit", fields: [{ name: "x", type: "i32" }, { name: "noise", type: "i32" }] }],
  });
  const frames = Array.from({ length: count }, (_, frame) =>
    Snapshot.of(layout, {
      frame,
      timeMs: 7000 + frame * 50,
      entities: Array.from({ length: units }, (_, unit) => ({
        id: unit,
        kind: "unit",
        fields: fieldsOf(frame, unit),
      })),
    }));
  return { layout, frames };
}

/** What a run sends in each second, added up by a plain loop. */
function sumSeconds(frames: readonly Snapshot[], options: RunOptions) {
  const seconds = new Map<
    number,
    { bits: number; packets: number; keyframes: number; largest: number; consumer: number }
  >();
  let firstUs: number | undefined;
  const run = new ReplicationRun(WORLD_LAYOUT, options, {
    ...IDLE_LOG,
    sent(consumer, { wireBytes }, sendUs, reason) {
      const second = Math.floor((sendUs - (firstUs ??= sendUs)) / 1e6);
      const sums = seconds.get(second) ??
        { bits: 0, packets: 0, keyframes: 0, largest: 0, consumer: -1 };
      sums.bits += wireBytes * 8;
      sums.packets++;
      if (reason !== undefined) sums.keyframes++;
      if (wireBytes * 8 > sums.largest) Object.assign(sums, { largest: wireBytes * 8, consumer });
      seconds.set(second, sums);
    },
  });
  for (const [i, frame] of frames.entries()) run.step(frame, frames[i + 1]?.timeMs);
  run.finish();
  return seconds;
}

const bitsOf = (things: readonly { readonly bits: number }[]) =>
  things.reduce((sum, { bits }) => sum + bits, 0);

/** A value as JSON has it, but for what it has no word for. */
const spelt = (value: FieldValue | null) =>
  Object.is(value, -0) ? "-0" : Number.isNaN(value) ? "NaN" : value;

const VIEWS: readonly Partial<RunOptions>[] = [
  {},
  { sendRateHz: 9 },
  { churn: { reconnectMs: 900, awayMs: 100 } },
  { budgetKbps: 24, mtuBytes: 64 },
];

describe("moments of a run add up", () => {
  for (const policy of ACK_POLICIES) {
    for (const view of VIEWS) {
      test(`${policy} ${JSON.stringify(view)}`, async () => {
        const frames = recordWorld(11, 260);
        const options = {
          ...RUN_DEFAULTS,
          policy,
          consumers: 3,
          net: parseNetSpec("delay=40,jitter=30,loss=8%"),
          codec: "varint" as const,
          ...view,
        };
        const { moments, report } = await momentsOf(WORLD_LAYOUT, frames, options);
        const expected = sumSeconds(frames, options);
        assert.equal(moments.startMs, frames[0]!.timeMs);
        assert.deepEqual(
          moments.seconds.map(({ second }) => second),
          report.series.map(({ second }) => second),
        );
        assert.ok(moments.seconds.length >= 4);
        let bits = 0;
        for (
          const { entities, entityCount, largest, packets, parts, restBits, second } of moments
            .seconds
        ) {
          const sums = expected.get(second)!;
          const secondBits = bitsOf(parts) + restBits;
          bits += secondBits;
          assert.equal(secondBits, sums.bits, `second ${second}`);
          assert.equal(packets, sums.packets);
          assert.equal(largest!.wireBits, sums.largest);
          assert.equal(largest!.consumer, sums.consumer);
          assert.ok(entities.length <= 8 && entities.length <= entityCount!);
          const byBits = [...parts].sort((a, b) => b.bits - a.bits);
          assert.deepEqual(parts, byBits);
          const { header, records, recordsLeftOut } = largest!.contents!;
          assert.equal(bitsOf(header) + bitsOf(records) + recordsLeftOut.bits, largest!.bits);
          const [trace] = await tracePacket(WORLD_LAYOUT, frames, [options], {
            frame: largest!.frame,
            consumer: largest!.consumer,
          });
          assert.ok(trace !== undefined && "records" in trace);
          assert.equal(largest!.form, trace.form);
          assert.equal(largest!.timeMs, trace.timeMs);
          assert.equal(largest!.keyframeReason, trace.keyframeReason);
          assert.equal(largest!.baselineAgeFrames, trace.baselineAgeFrames);
          assert.deepEqual(header, trace.header);
          assert.deepEqual(
            // The trace also knows which packet was lost that is sent again, and of what kind is who goes.
            records.map(({ id, kind, type, fields, bits }) => ({
              id,
              kind: type === "despawn" ? null : kind,
              fields,
              bits,
            })),
            [...trace.records].sort((a, b) => b.bits - a.bits).slice(0, 24).map((record) => ({
              id: record.id,
              kind: record.type === "despawn" ? null : record.kind,
              fields: record.fields.map(({ sentAgain: _, ...field }) => ({
                ...field,
                from: spelt(field.from),
                to: spelt(field.to),
              })),
              bits: record.bits,
            })),
          );
        }
        assert.equal(bits, report.wireBytes * 8);
      });
    }
  }
});

test("onMoments changes no figure of a run", async () => {
  const frames = recordWorld(3, 120);
  const options = { ...RUN_DEFAULTS, consumers: 4, net: parseNetSpec("delay=30,loss=10%") };
  const [without] = await measureBandwidth(WORLD_LAYOUT, frames, [options], { figures: "all" });
  const { report } = await momentsOf(WORLD_LAYOUT, frames, options, { figures: "all" });
  assert.deepEqual(report, without);
});

test("moments lead from a second to the entity and the field that is noisy from then on", async () => {
  // All walk; from second 3 on a field of unit 5 jumps about.
  const { layout, frames } = unitsOf(120, 9, (frame, unit) => ({
    x: frame,
    noise: unit === 5 && frame >= 60 ? (frame % 2) * 1e9 : 0,
  }));
  const { moments } = await momentsOf(layout, frames, { consumers: 2 });
  const worst = moments.seconds.map(({ entities }) => entities[0]!);
  assert.deepEqual(worst.map(({ id }) => id), [0, 0, 0, 5, 5, 5]);
  for (const { entities, largest, parts } of moments.seconds.slice(3)) {
    assert.deepEqual([entities[0]!.kind, entities.length], ["unit", 8]);
    const [record] = largest!.contents!.records;
    assert.equal(record!.id, 5);
    const dearest = [...record!.fields].sort((a, b) => b.bits - a.bits)[0]!;
    assert.equal(dearest.field, "noise");
    assert.deepEqual([dearest.from, dearest.to].sort(), [0, 1e9]);
    assert.ok(parts.some(({ field }) => field === "noise"));
  }
});

test("moments show a burst in its second alone", async () => {
  // Nothing happens, but that frame 47 moves everybody: 2.35 s after the first.
  const { layout, frames } = unitsOf(100, 40, (frame) => ({ x: frame >= 47 ? 1000 : 0, noise: 0 }));
  const { moments } = await momentsOf(layout, frames, {});
  const [, , burst] = moments.seconds;
  assert.equal(burst!.largest!.frame, 47);
  assert.equal(burst!.largest!.timeMs, 7000 + 47 * 50);
  const { records, recordsLeftOut } = burst!.largest!.contents!;
  assert.deepEqual([records.length, recordsLeftOut.count], [24, 16]);
  assert.deepEqual(records[0]!.fields, [{ field: "x", bits: 16, from: 0, to: 1000 }]);
  assert.equal(burst!.entityCount, 40);
  assert.equal(moments.seconds[3]!.entityCount, 0);
  assert.deepEqual(moments.seconds[3]!.entities, []);
  assert.deepEqual(moments.seconds[3]!.largest!.contents!.records, []);
});

test("moments show the keyframes of those who come again, and why they are sent", async () => {
  // Little changes, so that keyframes are what is largest.
  const { layout, frames } = unitsOf(200, 4, (frame) => ({ x: frame >> 3, noise: 1e6 }));
  const churn = { reconnectMs: 4000, awayMs: 200 };
  const { moments, report } = await momentsOf(layout, frames, { consumers: 6, churn });
  let resets = 0;
  for (const [i, { keyframeReasons, largest }] of moments.seconds.entries()) {
    const { keyframes } = report.series[i]!;
    const counts = Object.values(keyframeReasons ?? {});
    assert.equal(counts.reduce((sum, count) => sum + count, 0), keyframes, `second ${i}`);
    assert.equal(largest!.form === "keyframe", keyframes > 0, `second ${i}`);
    if (keyframes === 0) continue;
    assert.ok(keyframeReasons![largest!.keyframeReason!]! > 0);
    resets += keyframeReasons!["reset"] ?? 0;
  }
  assert.equal(moments.seconds[0]!.largest!.keyframeReason, "no-ack");
  assert.equal(resets, report.keyframeReasons["reset"]);
  assert.ok(resets > 5);
});

test("moments say when which consumer froze", async () => {
  // Packets every second, of which half a second is no freeze: the rest is told twice a consumer.
  const { layout, frames } = unitsOf(61, 1, (frame) => ({ x: frame, noise: 0 }));
  const { moments, report } = await momentsOf(
    layout,
    frames,
    { consumers: 2, sendEveryFrames: 20, net: parseNetSpec("delay=10") },
    { figures: "all", freezeMs: 500 },
  );
  assert.deepEqual(
    moments.freezes,
    [0, 1, 2].flatMap((second) =>
      [0, 1].map((consumer) => ({
        consumer,
        fromMs: 7010 + 1000 * second,
        toMs: second === 2 ? 10_000 : 8010 + 1000 * second,
      }))
    ),
  );
  assert.equal(moments.freezesLeftOut, 0);
  assert.equal(report.freezes!.count, 6);
});

test("moments have a place for seconds in which nothing is sent", async () => {
  const { layout, frames } = unitsOf(40, 1, (frame) => ({ x: frame, noise: 0 }));
  const late = frames.map((frame, i) => {
    const copy = new Snapshot(layout).copy(frame);
    if (i >= 20) copy.timeMs += 2000;
    return copy;
  });
  const { moments } = await momentsOf(layout, late, {});
  assert.deepEqual(moments.seconds.map(({ packets }) => packets), [20, 0, 0, 20]);
  assert.equal(moments.seconds[1]!.largest, null);
  assert.equal(moments.secondsLeftOut, 0);
});
