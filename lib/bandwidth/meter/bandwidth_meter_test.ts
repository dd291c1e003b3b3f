import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ACK_POLICIES } from "../../core/tracker/tracker_options.ts";
import { RandomWorld, WORLD_LAYOUT } from "../../core/state/random_world_test_helper.ts";
import { Snapshot } from "../../core/state/snapshot.ts";
import type { EntityState, FieldValues } from "../../core/state/state.ts";
import { CODEC_NAMES } from "../../core/wire/world_codec.ts";
import { parseNetSpec } from "../../net/spec/net_text.ts";
import type { RunOptions } from "../../replication/run_options.ts";
import { measureBandwidth } from "./measure_bandwidth.ts";
import type { RunReport } from "../report/run_report.ts";

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
  for (const policy of ACK_POLICIES) {
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
          const split = report.datagrams - report.packets + report.overMtu;
          assert.equal(headers, 28 * report.datagrams + 4 * split);
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

  test("changes agree with what differs from frame to frame, value by value", async () => {
    const frames = randomFrames(9, 150);
    const expected = new Map<string, number>();
    let before = new Map<number, EntityState>();
    for (const frame of frames) {
      const { entities } = frame.toFrame();
      for (const { id, kind, fields } of entities) {
        const was = before.get(id);
        for (const { name } of WORLD_LAYOUT.kinds[WORLD_LAYOUT.kindIndex(kind)]!.kind.fields) {
          if (was?.kind === kind && Object.is(was.fields[name], fields[name])) continue;
          const key = `${kind} ${name}`;
          expected.set(key, (expected.get(key) ?? 0) + 4);
        }
      }
      before = new Map(entities.map((entity) => [entity.id, entity]));
    }
    // What is lost is not sent again.
    const given = { policy: "append", net: parseNetSpec("loss=5%"), consumers: 4 } as const;
    const { fields, lost } = await measure(frames, given);
    assert.ok(lost > 0);
    for (const { kind, field, changes } of fields) {
      assert.equal(changes, expected.get(`${kind} ${field}`) ?? 0, `${kind} ${field}`);
    }
  });
});

describe("BandwidthMeter of a run with interest in everything", () => {
  test("differs from one without in its encodes alone, which are of records", async () => {
    const interest = { radius: Infinity, position: ["x", "y"], ownKind: "mover" };
    const frames = randomFrames(12, 60);
    for (const policy of ACK_POLICIES) {
      for (const codec of CODEC_NAMES) {
        const given = {
          policy,
          codec,
          net: parseNetSpec("delay=40,jitter=20,loss=15%"),
          consumers: 5,
          keyframeEveryFrames: 25,
          churn: { reconnectMs: 500, awayMs: 60 },
        };
        const alike = (
          { encodes: _e, distinctBaselines: _d, settings: _s, ...report }: RunReport,
        ) => report;
        const all = alike(await measure(frames, given));
        assert.deepEqual(alike(await measure(frames, { ...given, interest })), all);
        assert.ok(all.lost > 0 && all.keyframeReasons.reset > 0);
      }
    }
  });
});

describe("BandwidthMeter of consumers without a state", () => {
  test("counts them, and everything as wrong until a keyframe", async () => {
    // Who loses the first of three packets can do nothing with the others.
    const given = { policy: "append", consumers: 100, net: parseNetSpec("loss=50%") } as const;
    const frames = marksAt(0, 16, 32);
    const without = await measure(frames, given);
    // One in two loses the first, and three in four of those get one of the others.
    assert.ok(without.consumersWithoutState > 25 && without.consumersWithoutState < 50);
    assert.equal(without.divergence.wrongFieldFrames, without.discarded);
    assert.ok(without.discarded > without.consumersWithoutState);
    assert.equal(without.divergence.longestStreakFrames, 2);
    const wrong = without.series.reduce((sum, { wrongFields }) => sum + wrongFields, 0);
    assert.equal(wrong, without.discarded);
    assert.deepEqual(without.healFrames, { p50: 0, p99: 0, max: 0 });

    const healed = await measure(frames, { ...given, keyframeEveryFrames: 2 });
    assert.ok(healed.consumersWithoutState > 10 && healed.consumersWithoutState < 45);
    assert.equal(healed.divergence.wrongFieldFrames, healed.consumersWithoutState);
    assert.deepEqual(healed.healFrames, { p50: 1, p99: 1, max: 1 });
    for (const policy of ["strict", "nack"] as const) {
      const report = await measure(frames, { ...given, policy });
      assert.equal(report.consumersWithoutState, 0);
      assert.equal(report.divergence.wrongFieldFrames, 0);
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
