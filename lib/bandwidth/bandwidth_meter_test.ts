import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { lowestBit } from "../core/mask.ts";
import { RECORD_DESPAWN } from "../core/packet_breakdown.ts";
import { RandomWorld, WORLD_LAYOUT } from "../core/random_world_test.ts";
import { Snapshot } from "../core/snapshot.ts";
import { CODEC_NAMES } from "../core/snapshot_codec.ts";
import type { FieldValues } from "../core/state.ts";
import { POLICIES } from "../core/tracker.ts";
import { parseNetSpec } from "../net/net_text.ts";
import type { RunOptions } from "../replication/run_options.ts";
import { measureBandwidth } from "./measure_bandwidth.ts";
import type { RunReport } from "./run_report.ts";

const optionsOf = (given: Partial<RunOptions>): RunOptions => ({
  policy: "strict",
  codec: "mask",
  net: parseNetSpec("none"),
  consumers: 1,
  sendEveryFrames: 1,
  mtuBytes: 1200,
  historyFrames: 64,
  seed: 1,
  ...given,
});

const measure = async (
  frames: Iterable<Snapshot>,
  given: Partial<RunOptions>,
): Promise<RunReport> => (await measureBandwidth(WORLD_LAYOUT, frames, [optionsOf(given)]))[0]!;

const randomFrames = (seed: number, count: number) => {
  const world = new RandomWorld(seed);
  return Array.from({ length: count }, (_, frame) => {
    const snapshot = world.step(frame);
    snapshot.timeMs = frame * 16;
    return snapshot;
  });
};

/** One mark, which has no field, at each of the given times. */
const marksAt = (...timesMs: number[]) =>
  timesMs.map((timeMs, frame) => {
    const snapshot = new Snapshot(WORLD_LAYOUT).clear(frame, timeMs);
    snapshot.add(3, 2);
    return snapshot;
  });

/** A packet with nothing new under `append`: 5 bytes of header, and 28 of IPv4 and UDP. */
const EMPTY_WIRE_BYTES = 33;
/** The table of the one enum: a count, and two texts of 4 bytes with their lengths. */
const TABLE_BYTES = 11;
/** The keyframe before it: the table, and 2 bytes for the spawn of entity 3. */
const FIRST_WIRE_BYTES = 35 + TABLE_BYTES;

const kbpsOf = (...wireBytes: number[]) =>
  wireBytes.reduce((sum, bytes) => sum + bytes, 0) * 8 / 1000;

describe("BandwidthMeter attribution", () => {
  for (const policy of POLICIES) {
    test(`${policy}: the parts add up to the payload, bit for bit`, async () => {
      for (const codec of CODEC_NAMES) {
        const runs: Partial<RunOptions>[] = [
          {},
          { interest: { radius: 300, position: ["x", "y"], ownKind: "mover" } },
          ...(codec === "raw" ? [] : [{ budgetKbps: 30 }]),
        ];
        for (const given of runs) {
          const report = await measure(randomFrames(4, 100), {
            policy,
            codec,
            net: parseNetSpec("delay=40,jitter=20,loss=5%"),
            consumers: 7,
            mtuBytes: 64,
            ...given,
          });
          const { packet, entity, mask, tables } = report.overheadBits;
          const bits = report.fields.reduce((sum, field) => sum + field.bits, 0);
          assert.equal(packet + entity + mask + tables + bits, report.payloadBytes * 8);
          assert.ok(tables >= 7 * TABLE_BYTES * 8 && tables % (TABLE_BYTES * 8) === 0);
          assert.equal(report.verified, true);
          const headers = report.wireBytes - report.payloadBytes;
          const split = report.fragments - report.packets + report.overMtu;
          assert.equal(headers, 28 * report.fragments + 4 * split);
          assert.equal(report.delivered + report.lost, report.packets);
          const reasons = Object.values(report.keyframeReasons);
          assert.equal(reasons.reduce((sum, count) => sum + count), report.keyframes);
          for (const field of report.fields) {
            assert.ok(Math.abs(field.share - field.bits / (report.payloadBytes * 8)) < 1e-6);
          }
        }
      }
    });
  }

  test("changes counts how often a field was sent, to all consumers", async () => {
    // x changes in frames 1 and 3, item appears in 3; y and the spawn's absent item in frame 0.
    const fields: FieldValues[] = [
      { x: 0, y: 1 },
      { x: 1, y: 1 },
      { x: 1, y: 1 },
      { x: 2, y: 1, item: 5 },
    ];
    const frames = fields.map((values, frame) =>
      Snapshot.of(WORLD_LAYOUT, {
        frame,
        timeMs: frame * 16,
        entities: [{ id: 0, kind: "mover", fields: values }],
      })
    );
    const report = await measure(frames, { policy: "append", consumers: 10 });
    const sent = Object.fromEntries(
      report.fields.filter(({ kind }) => kind === "mover").map(({ field, changes, bits }) => [
        field,
        [changes, bits],
      ]),
    );
    // i16 takes 2 bytes, f32 4; an optional u8 1 byte for its presence and 1 when it is there.
    assert.deepEqual(sent, {
      x: [30, 30 * 16],
      y: [10, 10 * 32],
      item: [20, 10 * 8 + 10 * 16],
    });
    // Kind and record header: 2 bytes in each packet but the empty one; a mask of 1 in two.
    assert.deepEqual(report.overheadBits, {
      packet: 4 * 400,
      entity: 3 * 160,
      mask: 2 * 80,
      tables: 10 * TABLE_BYTES * 8,
    });
  });

  test("changes agree with the records of every packet", async () => {
    const expected = new Map<string, number>();
    const frames = randomFrames(9, 150);
    const { ReplicationRun } = await import("../replication/replication_run.ts");
    const given = { policy: "append", net: parseNetSpec("loss=5%"), consumers: 4 } as const;
    const run = new ReplicationRun(WORLD_LAYOUT, optionsOf(given), {
      sent(_consumer, { records }) {
        for (let i = 0; i < (records?.count ?? 0); i++) {
          if (records!.type(i) === RECORD_DESPAWN) continue;
          const { kind } = WORLD_LAYOUT.kinds[records!.kind(i)]!;
          for (let bits = records!.maskLo(i); bits !== 0; bits &= bits - 1) {
            const key = `${kind.name} ${kind.fields[lowestBit(bits)]!.name}`;
            expected.set(key, (expected.get(key) ?? 0) + 1);
          }
        }
      },
      lost() {},
      arrived() {},
      wrongFor() {},
      stale() {},
      encoded() {},
    });
    for (const frame of frames) run.step(frame);
    // The first packet is a keyframe, which has no records here.
    const first = frames[0]!;
    for (let i = 0; i < first.count; i++) {
      const { kind } = WORLD_LAYOUT.kinds[first.kinds[i]!]!;
      for (const { name } of kind.fields) {
        const key = `${kind.name} ${name}`;
        expected.set(key, (expected.get(key) ?? 0) + 4);
      }
    }
    for (const { kind, field, changes } of (await measure(frames, given)).fields) {
      assert.equal(changes, expected.get(`${kind} ${field}`) ?? 0, `${kind} ${field}`);
    }
  });
});

describe("BandwidthMeter kbps", () => {
  test("windows of one second from the first frame, uneven frames, the last one partial", async () => {
    // Seconds: [0, 1) has 5 frames, [1, 2) has 2, [2, 3) begins and is not whole.
    const frames = marksAt(7000, 7013, 7035, 7500, 7999, 8000, 8999, 9000, 9100);
    const report = await measure(frames, { policy: "append", consumers: 3 });
    const first = kbpsOf(FIRST_WIRE_BYTES, ...new Array(4).fill(EMPTY_WIRE_BYTES));
    const second = kbpsOf(EMPTY_WIRE_BYTES, EMPTY_WIRE_BYTES);
    assert.equal(report.kbps.max, first);
    assert.equal(report.kbps.mean, Math.round((first + second) / 2 * 1000) / 1000);
    assert.deepEqual(report.series.map(({ second, frame, kbps }) => [second, frame, kbps]), [
      [0, 0, first],
      [1, 5, second],
      [2, 7, kbpsOf(EMPTY_WIRE_BYTES, EMPTY_WIRE_BYTES)],
    ]);
    // From the first frame to the end of the last, whose length is the mean of the others'.
    assert.equal(report.durationSeconds, 2.1 + 0.263);
  });

  test("a recording shorter than a second is its own window", async () => {
    const report = await measure(marksAt(0, 100, 200, 300), { policy: "append" });
    const bytes = FIRST_WIRE_BYTES + 3 * EMPTY_WIRE_BYTES;
    assert.equal(report.durationSeconds, 0.4);
    assert.equal(report.kbps.mean, Math.round(bytes * 8 / 0.4) / 1000);
    assert.equal(report.kbps.max, report.kbps.mean);
  });

  test("a single frame, and none, have a report", async () => {
    const one = await measure(marksAt(5), { policy: "append" });
    assert.equal(one.packets, 1);
    assert.equal(one.kbps.mean, kbpsOf(FIRST_WIRE_BYTES));
    const none = await measure([], {});
    assert.equal(none.packets, 0);
    assert.equal(none.verified, true);
    assert.deepEqual(none.series, []);
  });

  test("a second without a frame counts as one without bytes", async () => {
    const report = await measure(marksAt(0, 2500, 3000), { policy: "append" });
    assert.deepEqual(report.series.map(({ kbps }) => kbps), [
      kbpsOf(FIRST_WIRE_BYTES),
      0,
      kbpsOf(EMPTY_WIRE_BYTES),
      kbpsOf(EMPTY_WIRE_BYTES),
    ]);
  });
});
