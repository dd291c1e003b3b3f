import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { RandomWorld, WORLD_LAYOUT } from "../../core/state/random_world_test_helper.ts";
import { Snapshot } from "../../core/state/snapshot.ts";
import type { EntityState } from "../../core/state/state.ts";
import { bodyRecords } from "../../core/wire/wire_model_test_helper.ts";
import { CODEC_NAMES } from "../../core/wire/world_codec.ts";
import { ACK_POLICIES } from "../../core/tracker/tracker_options.ts";
import { parseNetSpec } from "../../net/spec/net_text.ts";
import { IDLE_LOG } from "../../replication/idle_log_test_helper.ts";
import { ReplicationRun } from "../../replication/replication_run.ts";
import { RUN_DEFAULTS, type RunOptions } from "../../replication/run_options.ts";
import type { RunReport } from "../report/run_report.ts";
import { measureBandwidth } from "../meter/measure_bandwidth.ts";

const { kinds: KINDS } = WORLD_LAYOUT.schema;

function optionsOf(given: Partial<RunOptions>): RunOptions {
  return { ...RUN_DEFAULTS, ...given };
}

async function measure(
  frames: readonly Snapshot[],
  given: Partial<RunOptions>,
): Promise<RunReport> {
  return (await measureBandwidth(WORLD_LAYOUT, frames, [optionsOf(given)]))[0]!;
}

const randomFrames = (seed: number, count: number): Snapshot[] => {
  const world = new RandomWorld(seed);
  return Array.from({ length: count }, (_, frame) => {
    const snapshot = world.step(frame);
    snapshot.timeMs = frame * 16;
    return snapshot;
  });
};

const framesOf = (...frames: readonly EntityState[][]): Snapshot[] =>
  frames.map((entities, frame) =>
    Snapshot.of(WORLD_LAYOUT, { frame, timeMs: frame * 16, entities })
  );

describe("PayloadCosts", () => {
  test("tells what each kind and entity cost, by paper", async () => {
    const mover = (id: number, x: number): EntityState => ({
      id,
      kind: "mover",
      fields: { x, y: 0 },
    });
    const frames = framesOf(
      [mover(1, 0), { id: 2, kind: "mark", fields: {} }],
      [mover(1, 5), { id: 2, kind: "mark", fields: {} }],
      [mover(1, 6)],
    );
    const run = await measure(frames, { policy: "append", codec: "mask", consumers: 10 });
    // Of the mover: a spawn of id, kind, 2 bytes of x, 4 of y, 1 for the absent item; two patches of
    // id, kind, mask, x. Of the mark: a spawn of id and kind; a despawn of an id.
    const { kinds, entities, entityCount, payloadBytes } = run;
    assert.deepEqual(entities.map(({ id, kind, bits }) => [id, kind, bits]), [
      [1, "mover", 10 * 8 * (9 + 5 + 5)],
      [2, "mark", 10 * 8 * (2 + 1)],
    ]);
    assert.equal(entityCount, 2);
    assert.deepEqual(
      kinds.map((kind) => [
        kind.kind,
        kind.bits,
        kind.framingBits,
        kind.records,
        kind.bitsPerRecord,
      ]),
      [
        ["mover", 10 * 8 * 19, 10 * 8 * (2 + 3 + 3), 30, 50.667],
        ["mark", 10 * 8 * 3, 10 * 8 * 3, 20, 12],
        ["door", 0, 0, 0, 0],
      ],
    );
    for (const { bits, share } of [...entities, ...kinds]) {
      assert.ok(Math.abs(share - bits / (payloadBytes * 8)) < 1e-6);
    }
    // The header of three packets, and the enum table (a count, two texts of 4 and their lengths).
    assert.equal(payloadBytes, 10 * (19 + 3 + 3 * 5 + 11));
  });

  test("an entity that changes its kind has the one that it had last", async () => {
    const frames = framesOf(
      [{ id: 4, kind: "mark", fields: {} }],
      [{ id: 4, kind: "door", fields: { t: 0, is: "open" } }],
    );
    const { entities, kinds } = await measure(frames, { codec: "raw", consumers: 1 });
    assert.equal(entities.length, 1);
    assert.equal(entities[0]!.kind, "door");
    assert.equal(entities[0]!.bits, kinds[0]!.bits + kinds[1]!.bits);
  });

  test("agrees with packets that are cut up by the format's description", async () => {
    for (const seed of [1, 2, 3]) {
      for (const codec of CODEC_NAMES) {
        for (const policy of ["append", "strict"] as const) {
          const frames = randomFrames(seed, 80);
          const states = frames.map((frame) => frame.toFrame().entities);
          const given = {
            ...{ policy, codec, consumers: 6, seed },
            net: parseNetSpec("delay=40,jitter=20,loss=15%"),
          };
          const byEntity = new Map<number, number>();
          const byKind = new Map<string, [bits: number, framing: number, records: number]>();
          const run = new ReplicationRun(WORLD_LAYOUT, optionsOf(given), {
            ...IDLE_LOG,
            encoded({ form, frame, baselineFrame, sends, truth, headerBytes, payload }) {
              const base = states[policy === "append" ? frame - 1 : baselineFrame] ?? [];
              const state = truth.toFrame().entities;
              let bytes = headerBytes;
              for (const record of bodyRecords(KINDS, codec, form, state, base)) {
                const { id, head, mask, fields } = record;
                const framing = head.length + mask.length;
                const size = fields.reduce((sum, [, part]) => sum + part.length, framing);
                const kind = record.kind < 0
                  ? base.find((entity) => entity.id === id)!.kind
                  : KINDS[record.kind]!.name;
                bytes += size;
                byEntity.set(id, (byEntity.get(id) ?? 0) + size * 8 * sends);
                const cost = byKind.get(kind) ?? [0, 0, 0];
                cost[0] += size * 8 * sends;
                cost[1] += framing * 8 * sends;
                cost[2] += sends;
                byKind.set(kind, cost);
              }
              // What is left is the enum table of a keyframe to who has acked nothing.
              assert.ok([0, 11].includes(payload.length - bytes));
            },
          });
          for (const frame of frames) run.step(frame);
          run.finish();
          const report = await measure(frames, given);
          const dearest = [...byEntity].sort(([, a], [, b]) => b - a);
          assert.equal(report.entityCount, dearest.length);
          assert.deepEqual(
            report.entities.map(({ bits }) => bits),
            dearest.slice(0, 10).map(([, bits]) => bits),
          );
          for (const { id, bits } of report.entities) {
            assert.equal(bits, byEntity.get(id as number));
          }
          for (const { kind, bits, framingBits, records } of report.kinds) {
            assert.deepEqual([bits, framingBits, records], byKind.get(kind) ?? [0, 0, 0]);
          }
        }
      }
    }
  });

  test("kinds, entities and all parts add up, bit for bit, whatever the run", async () => {
    const interest = { radius: 300, position: ["x", "y"], ownKind: "mover" };
    const churn = { reconnectMs: 400, awayMs: 60, joinMs: 300 };
    for (const policy of ACK_POLICIES) {
      for (const codec of CODEC_NAMES) {
        const budget = codec === "raw" ? [] : [{ budgetKbps: 30 }, { budgetKbps: 40, interest }];
        const runs: Partial<RunOptions>[] = [{}, { churn }, { interest }, ...budget];
        for (const given of runs) {
          const report = await measure(randomFrames(8, 100), {
            ...{ policy, codec, consumers: 5, mtuBytes: 64, ...given },
            net: parseNetSpec("delay=40,jitter=20,loss=8%"),
          });
          const { entity, mask } = report.overheadBits;
          const fieldBits = report.fields.reduce((sum, { bits }) => sum + bits, 0);
          const kindBits = report.kinds.reduce((sum, { bits }) => sum + bits, 0);
          assert.equal(kindBits, entity + mask + fieldBits);
          const framing = report.kinds.reduce((sum, { framingBits }) => sum + framingBits, 0);
          assert.equal(framing, entity + mask);
          // There are 14 ids in this world.
          assert.ok(report.entityCount <= 14 && report.entityCount > 10);
          assert.equal(report.entities.length, 10);
          const dearest = report.entities.reduce((sum, { bits }) => sum + bits, 0);
          assert.ok(dearest < kindBits && dearest > kindBits / 2);
          const parts = report.costs.reduce((sum, { bits }) => sum + bits, 0);
          assert.equal(parts, report.wireBytes * 8);
          const costOf = (name: string) =>
            report.costs.find(({ part }) => part === name)?.bits ?? 0;
          assert.equal(costOf("ip"), 160 * report.datagrams);
          assert.equal(costOf("udp"), 64 * report.datagrams);
          const split = report.datagrams - report.packets + report.overMtu;
          assert.equal(costOf("pieces"), 32 * split);
          for (const { bits, share } of report.costs) {
            assert.ok(bits > 0 && Math.abs(share - bits / (report.wireBytes * 8)) < 1e-6);
          }
        }
      }
    }
  });
});
