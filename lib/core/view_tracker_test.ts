import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { RandomWorld, WORLD_LAYOUT } from "./random_world_test.ts";
import { RowVersions } from "./row_version.ts";
import { Snapshot } from "./snapshot.ts";
import { CODEC_NAMES, SnapshotCodec } from "./snapshot_codec.ts";
import type { EntityState } from "./state.ts";
import { POLICIES, Tracker } from "./tracker.ts";
import { ViewDebts } from "./view_debts.ts";
import { ViewTracker } from "./view_tracker.ts";
import {
  PacketBreakdown,
  RECORD_DESPAWN,
  RECORD_SPAWN,
  RECORD_UPDATE,
} from "./packet_breakdown.ts";

const snapshotOf = (frame: number, entities: readonly EntityState[]) =>
  Snapshot.of(WORLD_LAYOUT, { frame, timeMs: frame * 16, entities });
const mover = (id: number, x: number): EntityState => ({ id, kind: "mover", fields: { x, y: 0 } });
const mark = (id: number): EntityState => ({ id, kind: "mark", fields: {} });

describe("RowVersions", () => {
  test("keeps a version as long as nothing changes, and no longer", () => {
    const versions = new RowVersions(WORLD_LAYOUT);
    const first = versions.update(snapshotOf(1, [mover(1, 5), mover(2, 5), mark(3)]));
    const second = versions.update(snapshotOf(2, [mover(1, 5), mover(2, 6), mover(3, 0)]));
    assert.equal(second[0], first[0]);
    assert.notEqual(second[1], first[1]);
    assert.notEqual(second[2], first[2]);
    assert.deepEqual(second.map(({ id, kind }) => [id, kind]), [[1, 0], [2, 0], [3, 0]]);
    const third = versions.update(snapshotOf(3, [mover(2, 6)]));
    assert.deepEqual(third, [second[1]]);
    // Entity 1 was away: what comes back is another version, though it looks the same.
    const fourth = versions.update(snapshotOf(4, [mover(1, 5), mover(2, 6)]));
    assert.notEqual(fourth[0], first[0]);
    assert.ok(fourth[0]!.equals(first[0]!));
    assert.equal(versions.current, fourth);
  });

  test("tells -0 from 0, and a NaN not from itself", () => {
    const versions = new RowVersions(WORLD_LAYOUT);
    const at = (frame: number, y: number) =>
      versions.update(snapshotOf(frame, [{ id: 1, kind: "mover", fields: { x: 0, y } }]))[0];
    const [zero, minusZero, nan, sameNan] = [0, -0, NaN, NaN].map((y, i) => at(i, y));
    assert.notEqual(zero, minusZero);
    assert.notEqual(minusZero, nan);
    assert.equal(nan, sameNan);
  });
});

describe("ViewTracker", () => {
  test("writes what a Tracker writes when the view is the whole world", () => {
    for (const policy of POLICIES) {
      for (const codec of CODEC_NAMES) {
        const tracker = new Tracker(new SnapshotCodec(WORLD_LAYOUT, codec), { policy });
        const views = new ViewTracker(WORLD_LAYOUT, codec, { policy });
        const versions = new RowVersions(WORLD_LAYOUT);
        const world = new RandomWorld(3);
        for (let frame = 0; frame < 200; frame++) {
          const truth = world.step(frame);
          const bytes = [...tracker.append("a", frame, truth)];
          const packet = views.append("a", frame, versions.update(truth));
          assert.deepEqual([...packet.bytes], bytes, `${policy} ${codec} frame ${frame}`);
          const { entityBits, maskBits, tableBits, fieldBits } = views.breakdown;
          const framing = entityBits + maskBits + tableBits;
          const bits = fieldBits.reduce((sum, field) => sum + field, framing);
          assert.equal(bits + packet.headerLength * 8, packet.bytes.length * 8);
          // Every packet applied, acked five frames later.
          if (frame < 5) continue;
          tracker.ack("a", frame - 5, -1);
          views.ack("a", frame - 5, -1);
        }
      }
    }
  });

  test("makes one fragment for all consumers that hold the same", () => {
    const views = new ViewTracker<number>(WORLD_LAYOUT, "mask");
    const versions = new RowVersions(WORLD_LAYOUT);
    const first = versions.update(snapshotOf(1, [mover(1, 1), mover(2, 1)]));
    for (let i = 0; i < 10; i++) views.append(i, 1, i % 2 === 0 ? first : first.slice(0, 1));
    assert.equal(views.fragments.encodes, 2);
    for (let i = 0; i < 10; i++) views.ack(i, 1);
    const second = versions.update(snapshotOf(2, [mover(1, 2), mover(2, 1)]));
    for (let i = 0; i < 10; i++) views.append(i, 2, second);
    // One update of entity 1; entity 2 stands, or its spawn is there already.
    assert.equal(views.fragments.encodes, 3);
  });

  test("nack: a lost field of an entity that is another kind by now is not sent to it", () => {
    const views = new ViewTracker(WORLD_LAYOUT, "mask", { policy: "nack" });
    const versions = new RowVersions(WORLD_LAYOUT);
    const append = (
      frame: number,
      entity: EntityState,
    ) => [...views.append("a", frame, versions.update(snapshotOf(frame, [entity]))).bytes];
    append(1, mover(7, 1));
    append(2, mover(7, 2));
    assert.deepEqual(append(3, mark(7)), [2, 3, 0, 0, 0, 7 * 4 + RECORD_SPAWN, 2]);
    // Frame 2 is lost; what it held went with the mover.
    views.ack("a", 3, 0b10);
    assert.deepEqual(append(4, mark(7)), [2, 4, 0, 0, 0]);
  });

  test("baseline: empty before a keyframe, else what was acked or sent", () => {
    const world = new RowVersions(WORLD_LAYOUT).update(snapshotOf(1, [mover(1, 1)]));
    for (const policy of POLICIES) {
      const views = new ViewTracker(WORLD_LAYOUT, "mask", { policy, historyFrames: 4 });
      assert.deepEqual(views.baseline("a", 1), []);
      assert.equal(views.append("a", 1, world).reason, "no-ack");
      assert.deepEqual(views.baseline("a", 2), policy === "strict" ? [] : world);
      views.ack("a", 1);
      assert.equal(views.baseline("a", 4), world);
      if (policy === "strict") assert.equal(views.append("a", 5, world).reason, "evicted");
      views.reset("a");
      assert.deepEqual(views.baseline("a", 6), []);
      assert.equal(views.append("a", 6, world).reason, "reset");
      assert.equal(views.epoch("a"), 1);
      assert.equal(views.ack("a", 6, 0, 0), false);
      assert.equal(views.ack("a", 6, 0, 1), true);
    }
  });
});

describe("ViewDebts", () => {
  const packet = (records: [type: number, id: number, kind: number, lo: number][]) => {
    const breakdown = new PacketBreakdown(WORLD_LAYOUT);
    for (const [type, id, kind, lo] of records) breakdown.addRecord(type, id, kind, lo, 0);
    return breakdown;
  };

  test("owes what lost packets held until it is sent again", () => {
    const debts = new ViewDebts();
    debts.noteSent(1, packet([[RECORD_SPAWN, 4, 0, 0b111]]));
    debts.noteSent(2, packet([[RECORD_UPDATE, 4, 0, 0b001], [RECORD_UPDATE, 5, 0, 0b100]]));
    debts.noteSent(3, packet([[RECORD_UPDATE, 4, 0, 0b010], [RECORD_DESPAWN, 6, 1, 0]]));
    debts.noteSent(4, packet([]));
    // 4 arrived and 1 did, 2 and 3 did not.
    debts.settle(4, 0b100);
    assert.deepEqual([...debts.despawns()], [{ id: 6, kind: 1 }]);
    assert.equal(debts.fields(4, 0)?.mask.lo, 0b011);
    assert.equal(debts.fields(4, 0)?.isSpawn, false);
    assert.equal(debts.fields(5, 0)?.mask.lo, 0b100);
    assert.equal(debts.fields(5, 1), undefined);
    assert.equal(debts.fields(6, 1), undefined);
    debts.noteSent(5, packet([[RECORD_UPDATE, 4, 0, 0b011], [RECORD_DESPAWN, 6, 1, 0]]));
    assert.equal(debts.fields(4, 0), undefined);
    assert.deepEqual([...debts.despawns()], []);
    // Lost as well, and acked 40 frames later, when the bits reach no longer.
    debts.settle(45, -1);
    assert.equal(debts.fields(4, 0)?.mask.lo, 0b011);
    debts.clear();
    assert.equal(debts.fields(4, 0), undefined);
  });

  test("counts across 2^32", () => {
    const debts = new ViewDebts();
    debts.noteSent(0xffffffff, packet([[RECORD_SPAWN, 1, 0, 0b111]]));
    debts.noteSent(0, packet([]));
    debts.settle(0, 0b1);
    assert.equal(debts.fields(1, 0), undefined);
    debts.noteSent(1, packet([[RECORD_SPAWN, 1, 0, 0b111]]));
    debts.noteSent(2, packet([]));
    debts.settle(2, 0b10);
    assert.equal(debts.fields(1, 0)?.isSpawn, true);
  });
});
