import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ShipEncoder } from "../wire/ship_encoder_test_helper.ts";
import {
  ACK_POLICIES,
  type AckPolicy,
  type ConsumerId,
  type TrackerOptions,
} from "./tracker_options.ts";
import { RECORD_DESPAWN, RECORD_SPAWN } from "../wire/entity_records.ts";
import { dice, RandomWorld, WORLD_LAYOUT } from "../state/random_world_test_helper.ts";
import type { RowLayout } from "../state/row_layout.ts";
import { Snapshot } from "../state/snapshot.ts";
import { SnapshotLayout } from "../state/snapshot_layout.ts";
import type { EntityState } from "../state/state.ts";
import { Tracker } from "./tracker.ts";
import type { View } from "../state/view.ts";
import { CODEC_NAMES, type CodecName } from "../wire/world_codec.ts";
import { WorldTracker } from "./world_tracker.ts";

const snapshotOf = (frame: number, entities: readonly EntityState[]) =>
  Snapshot.of(WORLD_LAYOUT, { frame, timeMs: frame * 16, entities });
const mover = (id: number, x: number): EntityState => ({ id, kind: "mover", fields: { x, y: 0 } });
const mark = (id: number): EntityState => ({ id, kind: "mark", fields: {} });

function viewOf<K extends ConsumerId>(
  tracker: WorldTracker<K>,
  isWanted: (id: number) => boolean,
): View {
  const view = tracker.view();
  for (let i = 0; i < tracker.world.count; i++) {
    if (isWanted(tracker.world.ids[i]!)) view.show(tracker.world, i);
  }
  return view;
}

describe("WorldTracker bytes", () => {
  test("nack: a lost field of an entity that is another kind by now is not sent to it", () => {
    const tracker = new WorldTracker(WORLD_LAYOUT, "mask", { policy: "nack" });
    const append = (frame: number, entity: EntityState) => {
      tracker.begin(snapshotOf(frame, [entity]));
      return [...tracker.append("a")];
    };
    append(1, mover(7, 1));
    tracker.ack("a", 1);
    append(2, mover(7, 2));
    assert.deepEqual(append(3, mark(7)), [2, 3, 0, 0, 0, 7 * 4 + RECORD_SPAWN, 2]);
    // Frame 2 is lost; what it held went with the mover.
    tracker.ack("a", 3, 0b10);
    assert.deepEqual(append(4, mark(7)), [2, 4, 0, 0, 0]);
  });

  test("a packet to a view holds what changed of it, and the goings of what left it", () => {
    const tracker = new WorldTracker(WORLD_LAYOUT, "varint", { schemaHash: false });
    const append = (frame: number, ids: readonly number[], ...entities: EntityState[]) => {
      tracker.begin(snapshotOf(frame, entities));
      const packet = tracker.appendPacket("a", viewOf(tracker, (id) => ids.includes(id)));
      tracker.ack("a", frame);
      return [...packet.bytes.subarray(packet.headerLength)];
    };
    const tables = [...tracker.codec.tables];
    // Kind 0, x as a zigzag varint, y as a binary32, and no item.
    const spawn = (head: number, x: number) => [head, 0, x * 2, 0, 0, 0, 0, 0];
    assert.deepEqual(append(1, [2, 5], mover(1, 1), mover(2, 2), mark(5)), [
      ...tables,
      ...spawn(2 * 4 + RECORD_SPAWN, 2),
      2 * 4 + RECORD_SPAWN,
      2,
    ]);
    // 1 comes into view, 2 moved by three, 5 went out of it.
    assert.deepEqual(append(2, [1, 2], mover(1, 1), mover(2, 5), mark(5)), [
      ...spawn(1 * 4 + RECORD_SPAWN, 1),
      0,
      1,
      6,
      2 * 4 + RECORD_DESPAWN,
    ]);
    assert.deepEqual(append(3, [], mover(1, 1), mover(2, 5), mark(5)), [
      1 * 4 + RECORD_DESPAWN,
      RECORD_DESPAWN,
    ]);
    assert.deepEqual(append(4, [], mover(1, 9)), []);
  });

  test("keyframes hold the tables of texts until the first ack of an epoch, in forms of their own", () => {
    for (const policy of ACK_POLICIES) {
      for (const schemaHash of [true, false]) {
        const options = { policy, schemaHash, keyframeEveryFrames: 1 };
        const tracker = new WorldTracker(WORLD_LAYOUT, "mask", options);
        const { tables } = tracker.codec;
        assert.ok(tables.length > 0);
        const append = (frame: number) => {
          tracker.begin(snapshotOf(frame, [mark(0)]));
          const tableBytes = tracker.tableBytes("a");
          const { bytes, headerLength } = tracker.appendPacket("a");
          const body = [...bytes.subarray(headerLength)];
          const isWithTables = body.length > 2;
          assert.equal(tableBytes, isWithTables ? tables.length : 0);
          assert.deepEqual(body, [...isWithTables ? tables : [], RECORD_SPAWN, 2]);
          assert.equal(headerLength, schemaHash ? 9 : 5);
          return bytes[0];
        };
        const [withTables, without] = schemaHash ? [5, 4] : [3, 0];
        assert.deepEqual([append(1), append(2)], [withTables, withTables]);
        tracker.ack("a", 1);
        assert.deepEqual([append(3), append(4)], [without, without]);
        tracker.reset("a");
        assert.deepEqual([append(5), append(6)], [withTables, withTables]);
        tracker.ack("a", 6);
        assert.equal(append(7), without);
      }
      const plain = new SnapshotLayout({ kinds: [{ name: "k", fields: [] }] });
      const tracker = new WorldTracker(plain, "mask", { policy });
      tracker.begin(new Snapshot(plain));
      assert.equal(tracker.tableBytes("a"), 0);
      assert.equal(tracker.append("a")[0], 4);
    }
  });
});

describe("WorldTracker.baseline() and preview()", () => {
  test("baseline() is nothing before a keyframe, else what was acked or sent", () => {
    for (const policy of ACK_POLICIES) {
      const tracker = new WorldTracker(WORLD_LAYOUT, "mask", { policy, historyFrames: 4 });
      const begin = (frame: number) => tracker.begin(snapshotOf(frame, [mover(1, frame)]));
      /** The value that tells which frame the baseline is of. */
      const x = () => tracker.baseline("a")?.toSnapshot(0, 0).entity(0).fields.x;
      begin(1);
      assert.equal(x(), undefined);
      tracker.append("a");
      assert.equal(tracker.keyframeReason("a"), "no-ack");
      begin(2);
      assert.equal(x(), policy === "append" ? 1 : undefined);
      tracker.ack("a", 1);
      assert.equal(x(), 1);
      tracker.append("a");
      begin(5);
      assert.equal(x(), policy === "strict" ? undefined : 2);
      tracker.append("a");
      assert.equal(tracker.keyframeReason("a"), policy === "strict" ? "evicted" : undefined);
      tracker.reset("a");
      begin(6);
      assert.equal(x(), undefined);
      tracker.append("a");
      assert.equal(tracker.keyframeReason("a"), "reset");
      assert.equal(tracker.epoch("a"), 1);
      assert.equal(tracker.ack("a", 6, 0, 0), false);
      assert.equal(tracker.ack("a", 6, 0, 1), true);
    }
  });

  test("preview() says what an entity adds to a packet, before and after views are used", () => {
    for (const policy of ACK_POLICIES) {
      for (const codec of ["mask", "varint"] as const) {
        const tracker = new WorldTracker<number>(WORLD_LAYOUT, codec, { policy });
        const world = new RandomWorld(8);
        const roll = dice(9);
        let news = 0;
        for (let frame = 1; frame <= 120; frame++) {
          tracker.begin(world.step(frame));
          for (let c = 0; c < 4; c++) {
            // Nobody asks for a view or a cost at first.
            const isShared = frame > 30;
            const isWanted = (id: number) => frame <= 60 || (id + c + (frame >> 3)) % 4 > 0;
            const view = frame > 40 ? viewOf(tracker, isWanted) : tracker.world;
            const base = tracker.baseline(c);
            const expected = new Map<number, number>();
            for (let i = 0; i < view.count && isShared && base; i++) {
              const hasNews = tracker.preview(c, view).hasNews(i);
              if (hasNews) expected.set(view.ids[i]!, tracker.preview(c, view).cost(i));
            }
            if (!isShared || base === undefined) tracker.append(c, view);
            else {
              const { bytes, headerLength, records } = tracker.appendPacket(c, view);
              const despawns = policy === "nack"
                // The going of an entity may be owed as well.
                ? [...records.types.subarray(0, records.count)].filter((t) => t === RECORD_DESPAWN)
                : [...base.ids.subarray(0, base.count)].filter((id) => view.find(id) < 0);
              // Ids are small enough for headers of one byte.
              const sum = [...expected.values()].reduce((sum, cost) => sum + 1 + cost, 0);
              const length = bytes.length - headerLength - despawns.length;
              assert.equal(sum, length, `${policy} ${codec} ${c} at ${frame}`);
              news += expected.size;
            }
            if (roll(4) > 0) tracker.ack(c, frame - roll(3), -roll(3) - 1);
          }
        }
        assert.ok(news > 500);
      }
    }
  });

  test("preview() is right while baselines are from before the first view", () => {
    const layout = new SnapshotLayout({
      kinds: [{ name: "k", fields: ["a", "b"].map((name) => ({ name, type: "u8" })) }],
    });
    const tracker = new WorldTracker(layout, "mask");
    const begin = (frame: number, a: number, b: number) =>
      tracker.begin(Snapshot.of(layout, {
        frame,
        timeMs: 0,
        entities: [{ id: 1, kind: "k", fields: { a, b } }],
      }));
    begin(1, 1, 1);
    tracker.append("ada");
    tracker.ack("ada", 1);
    begin(2, 1, 5);
    tracker.append("bob");
    tracker.ack("bob", 2);
    const world = begin(3, 2, 5);
    // A mask and the fields: both of them, and one.
    assert.deepEqual(
      [tracker.preview("ada", world).cost(0), tracker.preview("bob", world).cost(0)],
      [3, 2],
    );
    assert.equal(tracker.preview("cyd", world).cost(0), 2);
  });
});

describe("WorldTracker sharing", () => {
  /** Acks of random frames for the consumers of several trackers at once. */
  function settle<K extends ConsumerId>(
    roll: (sides: number) => number,
    frame: number,
    pairs: readonly (readonly [WorldTracker<K>, K])[],
  ): void {
    const target = (frame - roll(6)) >>> 0;
    const bits = roll(3) === 0 ? roll(256) : -1;
    const epoch = pairs[0]![0].epoch(pairs[0]![1]) - (roll(30) === 0 ? 1 : 0);
    const given = roll(4) === 0 ? undefined : epoch;
    const news = pairs.map(([tracker, consumer]) => tracker.ack(consumer, target, bits, given));
    assert.equal(new Set(news).size, 1);
  }

  /** Consumers of one tracker and of one tracker each, with sends, losses and acks by chance. */
  function checkCrowd(policy: AckPolicy, codec: CodecName, seed: number): void {
    const options = { policy, historyFrames: 32, keyframeEveryFrames: 60 };
    const shared = new WorldTracker<number>(WORLD_LAYOUT, codec, options);
    const count = 16;
    const alone = Array.from(
      { length: count },
      () => new WorldTracker<number>(WORLD_LAYOUT, codec, options),
    );
    const world = new RandomWorld(seed);
    const roll = dice(seed + 1);
    for (let k = 0; k < 120; k++) {
      const frame = (4294967250 + k) >>> 0;
      const state = world.step(frame);
      shared.begin(state);
      const before = shared.encodes;
      const serials = new Set<number>();
      const bytes = new Set<string>();
      for (let c = 0; c < count; c++) {
        if (roll(2)) settle(roll, frame - 1, [[shared, c], [alone[c]!, c]]);
        if (c % 3 === 1 && k % 2 === 0) continue;
        const own = alone[c]!;
        own.begin(state);
        for (const tracker of [shared, own]) {
          if (k % 50 === c) tracker.reset(c);
          if (k % 70 === c + 20) tracker.remove(c);
        }
        // Half of the consumers are shown a part of the world, in groups of four.
        const isWanted = (id: number) => c % 8 < 4 || (id + (c >> 3)) % 3 > 0;
        const isPart = k > 30 && c % 8 >= 4;
        const packet = shared.appendPacket(c, isPart ? viewOf(shared, isWanted) : undefined);
        const expected = own.append(c, isPart ? viewOf(own, isWanted) : undefined);
        assert.deepEqual(packet.bytes, expected, `${policy} ${codec} ${c} at ${k}`);
        assert.equal(shared.keyframeReason(c), own.keyframeReason(c));
        serials.add(packet.serial);
        bytes.add(packet.bytes.join());
      }
      assert.equal(shared.encodes - before, serials.size);
      assert.equal(shared.sharedPackets, serials.size);
      assert.ok(serials.size >= bytes.size);
    }
    const sum = alone.reduce((total, { encodes }) => total + encodes, 0);
    assert.ok(shared.encodes < sum * 0.8, `${shared.encodes} of ${sum}`);
  }

  for (const policy of ACK_POLICIES) {
    test(`${policy}: every consumer gets the bytes of a tracker of its own`, () => {
      for (const codec of CODEC_NAMES) checkCrowd(policy, codec, 7);
    });
  }

  test("raw nack: consumers share what follows a loss, since every packet holds everything", () => {
    const tracker = new WorldTracker(WORLD_LAYOUT, "raw", { policy: "nack" });
    const send = (frame: number, ...entities: EntityState[]) => {
      tracker.begin(snapshotOf(frame, entities));
      const before = tracker.encodes;
      for (const consumer of ["ada", "bob"]) tracker.append(consumer);
      return tracker.encodes - before;
    };
    assert.equal(send(1, mover(1, 1), mark(2)), 1);
    for (const consumer of ["ada", "bob"]) tracker.ack(consumer, 1);
    assert.equal(send(2, mover(1, 2), mark(2)), 1);
    assert.equal(send(3, mover(1, 2)), 1);
    // Frame 2 was lost on its way to ada alone, and with it a mark that is gone by now.
    tracker.ack("ada", 3, 0b10);
    tracker.ack("bob", 3, 0b11);
    assert.equal(send(4, mover(1, 2)), 1);
    assert.equal(send(5, mover(1, 3)), 1);
  });

  test("a view that holds everything is the whole world, in bytes and in encodes", () => {
    for (const policy of ACK_POLICIES) {
      for (const codec of CODEC_NAMES) {
        const options = { policy, historyFrames: 16, keyframeEveryFrames: 50 };
        const plain = new WorldTracker<number>(WORLD_LAYOUT, codec, options);
        const mixed = new WorldTracker<number>(WORLD_LAYOUT, codec, options);
        const world = new RandomWorld(4);
        const roll = dice(policy.length);
        for (let k = 0; k < 150; k++) {
          const frame = (4294967200 + k) >>> 0;
          const truth = world.step(frame);
          plain.begin(truth);
          mixed.begin(truth);
          for (let c = 0; c < 6; c++) {
            if (roll(3) > 0) settle(roll, frame - 1, [[plain, c], [mixed, c]]);
            const fate = roll(40);
            if (fate === 0) { for (const tracker of [plain, mixed]) tracker.reset(c); }
            if (fate === 1) { for (const tracker of [plain, mixed]) tracker.remove(c); }
            if (fate < 8) continue;
            // Consumer 0 never uses a view, the others do so from some frame on, or now and then.
            const isView = c > 0 && k > 20 && (c > 3 ? k > 60 : roll(2) === 0);
            const bytes = mixed.append(c, isView ? viewOf(mixed, () => true) : undefined);
            assert.deepEqual(bytes, plain.append(c), `${policy} ${codec} ${c} at ${k}`);
          }
          assert.equal(mixed.encodes, plain.encodes, `${policy} ${codec} at ${k}`);
        }
        assert.equal(mixed.recordEncodes, 0);
      }
    }
  });

  test("consumers share a record when it leads from the same to the same, whatever else they see", () => {
    const tracker = new WorldTracker<number>(WORLD_LAYOUT, "mask");
    const append = (c: number, ...ids: number[]) =>
      tracker.append(c, viewOf(tracker, (id) => ids.includes(id)));
    tracker.begin(snapshotOf(1, [mover(1, 1), mover(2, 1), mark(3)]));
    for (let c = 0; c < 10; c++) append(c, ...c % 2 === 0 ? [1, 2] : [1]);
    assert.deepEqual([tracker.encodes, tracker.recordEncodes], [2, 2]);
    for (let c = 0; c < 10; c++) tracker.ack(c, 1);
    tracker.begin(snapshotOf(2, [mover(1, 2), mover(2, 1), mark(3)]));
    for (let c = 0; c < 10; c++) append(c, 1, 2);
    // One update of entity 1; entity 2 stands, or its spawn is new to the frame.
    assert.deepEqual([tracker.encodes, tracker.recordEncodes], [4, 4]);
    // Those with frame 2 as their baseline and those with frame 1 need two updates.
    for (let c = 0; c < 5; c++) tracker.ack(c, 2);
    tracker.begin(snapshotOf(3, [mover(1, 3), mover(2, 1), mark(3)]));
    for (let c = 0; c < 10; c++) append(c, 1, 2);
    // Frame 1 with entity 2 and without it, and frame 2: two updates, and a spawn.
    assert.deepEqual([tracker.encodes, tracker.recordEncodes], [7, 7]);
  });

  test("records are written once for each pair of versions of an entity, as a model counts them", () => {
    for (const codec of ["mask", "varint"] as const) {
      const tracker = new WorldTracker<number>(WORLD_LAYOUT, codec, { historyFrames: 32 });
      tracker.view();
      const world = new RandomWorld(12);
      const roll = dice(13);
      /** Version of each entity: it counts up with every change, and with every life. */
      const versions = new Map<number, { text: string; version: number }>();
      const texts = new Map<string, string>();
      /** What a consumer was shown at each frame. */
      const shown = Array.from({ length: 8 }, () => new Map<number, Map<number, string>>());
      let version = 0;
      let shares = 0;
      for (let frame = 1; frame <= 150; frame++) {
        const truth = world.step(frame);
        tracker.begin(truth);
        const now = new Map<number, string>();
        for (const { id, kind, fields } of truth.toFrame().entities) {
          const values = Object.entries(fields).map(([name, v]) =>
            `${name} ${Object.is(v, -0)} ${v}`
          );
          const text = `${kind} ${values.join()}`;
          const last = versions.get(id);
          if (last?.text !== text) versions.set(id, { text, version: version++ });
          const name = `${kind} ${versions.get(id)!.version}`;
          texts.set(name, text);
          now.set(id, name);
        }
        for (const id of versions.keys()) if (!now.has(id)) versions.delete(id);
        const records = new Set<string>();
        const before = tracker.recordEncodes;
        shown.forEach((frames, c) => {
          if (roll(3) > 0) tracker.ack(c, frame - 1 - roll(3));
          // Entity 13 is in the world for nobody here, so that no view is the whole world.
          const isWanted = (id: number) => id < 13 && (id * 5 + c + (frame >> 4)) % 6 > 0;
          const view = new Map([...now].filter(([id]) => isWanted(id)));
          if (view.size === now.size) return;
          const packet = tracker.appendPacket(c, viewOf(tracker, isWanted));
          frames.set(frame, view);
          const base = packet.form === "keyframe" ? undefined : frames.get(packet.baselineFrame)!;
          for (const [id, to] of view) {
            const from = base?.get(id);
            // Who changed and changed back is another version, of which nothing has to be said.
            if (from !== undefined && texts.get(from) === texts.get(to)) continue;
            const isUpdate = from?.split(" ")[0] === to.split(" ")[0];
            const key = `${id}: ${isUpdate ? from : "nothing"} to ${to}`;
            if (records.has(key)) shares++;
            records.add(key);
          }
        });
        assert.equal(tracker.recordEncodes - before, records.size, `${codec} at ${frame}`);
      }
      assert.ok(shares > 1000, `only ${shares} were shared`);
    }
  });
});

describe("WorldTracker memory", () => {
  test("keeps a packet for a consumer until its next append, whoever moves on", () => {
    for (const policy of ACK_POLICIES) {
      for (const codec of CODEC_NAMES) {
        const tracker = new WorldTracker<number>(WORLD_LAYOUT, codec, {
          policy,
          historyFrames: 16,
        });
        const world = new RandomWorld(3);
        const roll = dice(4);
        const held = new Map<number, { view: Uint8Array; copy: Uint8Array }>();
        for (let frame = 1; frame <= 250; frame++) {
          tracker.begin(world.step(frame));
          for (let c = 0; c < 12; c++) {
            // Consumer c sends every (c + 1)-th frame or so, and is removed at times.
            if (roll(c + 1) > 0) continue;
            const fate = roll(60);
            if (fate === 0) {
              tracker.remove(c);
              held.delete(c);
            } else if (fate === 1) tracker.reset(c);
            const isPart = c % 2 === 0 && frame > 50;
            const part = isPart ? viewOf(tracker, (id) => id % 3 !== c % 3) : undefined;
            const omitted = isPart && c % 4 === 0 && codec !== "raw"
              ? new Set([1, 2, 3])
              : undefined;
            const view = tracker.append(c, part, omitted);
            held.set(c, { view, copy: view.slice() });
            if (roll(3)) tracker.ack(c, frame, roll(256));
          }
          for (const [c, { view, copy }] of held) {
            assert.deepEqual(view, copy, `${policy} ${codec}: consumer ${c} at frame ${frame}`);
          }
        }
      }
    }
  });

  /** References to the rows of a store, counted from the outside. */
  function countReferences<K extends ConsumerId>({ rows }: WorldTracker<K>): Map<number, number> {
    const counts = new Map<number, number>();
    const bump = (row: number, by: number) => {
      const count = (counts.get(row) ?? 0) + by;
      assert.ok(count >= 0, `row ${row} has ${count}`);
      if (count === 0) counts.delete(row);
      else counts.set(row, count);
    };
    const add = rows.add.bind(rows);
    const retain = rows.retain.bind(rows);
    const release = rows.release.bind(rows);
    const retainAll = rows.retainAll.bind(rows);
    rows.add = (layout: RowLayout, words: Int32Array, at: number) => {
      const row = add(layout, words, at);
      assert.equal(counts.has(row), false, `row ${row} is given out twice`);
      bump(row, 1);
      return row;
    };
    rows.retain = (row: number) => {
      assert.equal(counts.has(row), true, `row ${row} is nobody's`);
      bump(row, 1);
      retain(row);
    };
    rows.release = (layout: RowLayout, row: number) => {
      bump(row, -1);
      release(layout, row);
    };
    rows.retainAll = (view: View) => {
      for (let i = 0; i < view.count; i++) {
        assert.equal(counts.has(view.rows[i]!), true, `row ${view.rows[i]} is nobody's`);
        bump(view.rows[i]!, 1);
      }
      retainAll(view);
    };
    return counts;
  }

  test("gives up all rows but the world's, and none too early, once no consumer is left", () => {
    for (const policy of ACK_POLICIES) {
      for (const codec of CODEC_NAMES) {
        const tracker = new WorldTracker<number>(WORLD_LAYOUT, codec, {
          policy,
          historyFrames: 16,
        });
        const counts = countReferences(tracker);
        const world = new RandomWorld(6);
        const roll = dice(7);
        for (let frame = 1; frame <= 200; frame++) {
          tracker.begin(world.step(frame));
          for (let c = 0; c < 8; c++) {
            if (roll(3) > 0) tracker.ack(c, frame - 1 - roll(4), roll(3) ? -1 : roll(256));
            const fate = roll(50);
            if (fate === 0) tracker.remove(c);
            else if (fate === 1) tracker.reset(c);
            if (fate < 8) continue;
            const isPart = frame > 20 && c % 2 === 0;
            const part = isPart ? viewOf(tracker, (id) => (id + frame >> 3) % 3 > 0) : undefined;
            const isLess = frame > 20 && c % 4 < 2 && codec !== "raw";
            tracker.append(c, part, isLess ? new Set([roll(14), roll(14)]) : undefined);
          }
        }
        for (let c = 0; c < 8; c++) tracker.remove(c);
        // Packets of a frame are shared until one of another frame is sent.
        for (const frame of [201, 202]) {
          tracker.begin(world.step(frame));
          tracker.append(-1);
          tracker.remove(-1);
        }
        const rows = [...tracker.world.rows.subarray(0, tracker.world.count)];
        const byRow = ([a]: [number, number], [b]: [number, number]) => a - b;
        assert.deepEqual(
          [...counts].sort(byRow),
          rows.map((row): [number, number] => [row, 1]).sort(byRow),
        );
      }
    }
  });

  test("grows no more for consumers that never ack", () => {
    for (const policy of ACK_POLICIES) {
      for (const isPart of [false, true]) {
        const tracker = new WorldTracker<number>(WORLD_LAYOUT, "mask", { policy });
        const world = new RandomWorld(2);
        const packets = new Set<unknown>();
        const views = new Set<unknown>();
        let frame = 0;
        const run = (frames: number) => {
          for (let i = 0; i < frames; i++) {
            tracker.begin(world.step(++frame));
            for (let c = 0; c < 2; c++) {
              const part = isPart ? viewOf(tracker, (id) => id % 4 !== c) : undefined;
              const omitted = isPart && c === 1 ? new Set([frame % 14]) : undefined;
              const packet = tracker.appendPacket(c, part, omitted);
              packets.add(packet);
              views.add(packet.state);
              // One consumer acks no longer, the other never did.
              if (c === 0 && frame < 10) tracker.ack(c, frame);
            }
          }
          return [packets.size, views.size, tracker.rows.words.length];
        };
        const before = run(1500);
        assert.deepEqual(run(isPart ? 8500 : 1500), before, `${policy}, parts ${isPart}`);
        // Two consumers, and the frames for which acks are awaited.
        const frames = policy === "append" ? 2 : policy === "strict" ? 70 : 1030;
        assert.ok(packets.size <= 2 * frames + 4, `${packets.size} packets`);
        assert.ok(views.size <= 2 * frames + 8, `${views.size} views`);
      }
    }
  });
});

describe("Options of trackers", () => {
  test("are checked alike, whatever a state is", () => {
    const bad: [Record<string, unknown>, string][] = [
      [{ policy: "bogus" }, "Policy is bogus, expected one of append, strict, nack"],
      ...[NaN, 0, -1, 0.5].map((value): [Record<string, unknown>, string] => [
        { keyframeEveryFrames: value },
        `keyframeEveryFrames is ${value}, expected 1 or more`,
      ]),
      ...[0, 1.5, -1, NaN, 2 ** 24 + 1].map((value): [Record<string, unknown>, string] => [
        { historyFrames: value },
        `historyFrames is ${value}, expected an integer from 1 to 16777216`,
      ]),
    ];
    for (const [options, message] of bad) {
      const error = { name: "RangeError", message };
      assert.throws(() => new Tracker(new ShipEncoder(), options as TrackerOptions), error);
      assert.throws(() => new WorldTracker(WORLD_LAYOUT, "mask", options as TrackerOptions), error);
    }
    const good = { policy: "nack", historyFrames: 2 ** 24, keyframeEveryFrames: 1 } as const;
    assert.equal(new Tracker(new ShipEncoder(), good).historyFrames, 2 ** 24);
    assert.equal(new WorldTracker(WORLD_LAYOUT, "mask", good).policy, "nack");
    assert.equal(new Tracker(new ShipEncoder()).policy, "strict");
    assert.equal(new WorldTracker(WORLD_LAYOUT, "mask").historyFrames, 64);
    assert.throws(
      () => new WorldTracker(WORLD_LAYOUT, "gzip" as CodecName),
      { name: "RangeError", message: "Codec is gzip, expected one of raw, mask, varint" },
    );
  });
});
