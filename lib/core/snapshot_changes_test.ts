import assert from "node:assert/strict";
import { test } from "node:test";
import { ByteReader, ByteWriter } from "./bytes.ts";
import { FrameSpans } from "./frame_spans.ts";
import { dice, RandomWorld, WORLD_LAYOUT } from "./random_world_test.ts";
import { Snapshot, SnapshotLayout } from "./snapshot.ts";
import { type CodecName, SnapshotCodec } from "./snapshot_codec.ts";
import type { EntityState } from "./state.ts";

const LAYOUT = new SnapshotLayout({
  kinds: [
    { name: "p", fields: [{ name: "x", type: "u8" }, { name: "y", type: "u8" }] },
    { name: "q", fields: [{ name: "z", type: "u8" }] },
  ],
});

type Entity = [id: number, kind: "p" | "q", ...values: number[]];

function world(...entities: Entity[]): Snapshot {
  return Snapshot.of(LAYOUT, {
    frame: 0,
    timeMs: 0,
    entities: entities.map(([id, kind, a, b]): EntityState => ({
      id,
      kind,
      fields: kind === "p" ? { x: a!, y: b! } : { z: a! } as EntityState["fields"],
    })),
  });
}

/** A table that notes worlds from frame 1 on, and patches of its newest one. */
function noted(worlds: Snapshot[], name: CodecName = "mask", horizonFrames = 100, firstFrame = 1) {
  const codec = new SnapshotCodec(LAYOUT, name);
  const table = codec.changeTable();
  worlds.forEach((state, i) => table.note(state, (firstFrame + i) >>> 0, horizonFrames));
  return (...spans: [from: number, to: number][]) => {
    const set = new FrameSpans();
    for (const [from, to] of spans) set.add(from, to);
    const out = new ByteWriter();
    table.writePatch(worlds.at(-1)!, set, out);
    return [...out.bytes()];
  };
}

test("SnapshotChanges sends a field once, by its newest change", () => {
  const patch = noted([
    world([0, "p", 1, 1], [2, "q", 5]),
    world([0, "p", 2, 1], [2, "q", 5]),
    world([0, "p", 2, 9], [2, "q", 6]),
    world([0, "p", 3, 9], [2, "q", 6]),
  ]);
  assert.deepEqual(patch([3, 4]), [0, 0, 1, 3]);
  assert.deepEqual(patch([2, 3]), [0, 0, 2, 9, 1 * 4, 1, 1, 6]);
  assert.deepEqual(patch([1, 2]), []);
  assert.deepEqual(patch([2, 4]), [0, 0, 3, 3, 9, 1 * 4, 1, 1, 6]);
  assert.deepEqual(patch([0, 1]), [1, 0, 3, 9, 1 * 4 + 1, 1, 6]);
  assert.deepEqual(patch([2, 3], [3, 4]), [0, 0, 3, 3, 9, 1 * 4, 1, 1, 6]);
  assert.deepEqual(patch(), []);
});

test("SnapshotChanges sends a lost spawn whole, whatever changed since", () => {
  const patch = noted([world(), world([3, "p", 1, 2]), world([3, "p", 7, 2])]);
  assert.deepEqual(patch([1, 2]), [3 * 4 + 1, 0, 7, 2]);
  assert.deepEqual(patch([2, 3]), [3 * 4, 0, 1, 7]);
});

test("SnapshotChanges sends despawns among the others, in ascending order of id", () => {
  const patch = noted([
    world([0, "q", 1], [1, "p", 1, 1], [2, "q", 1], [5, "q", 1], [6, "q", 1]),
    world([0, "q", 1], [1, "p", 1, 1], [2, "q", 1], [6, "q", 1]),
    world([2, "q", 1]),
    world([2, "q", 4]),
  ]);
  assert.deepEqual(patch([3, 4]), [2 * 4, 1, 1, 4]);
  assert.deepEqual(patch([2, 3]), [2, 2, 4 * 4 + 2]);
  assert.deepEqual(patch([1, 2]), [5 * 4 + 2]);
  // Died in the order 5, then 0, 1, 6.
  assert.deepEqual(patch([1, 4]), [2, 2, 0, 1, 1, 4, 2 * 4 + 2, 2]);
});

test("SnapshotChanges sends an id that came back as another kind, and buries it no more", () => {
  const patch = noted([world([4, "p", 1, 1]), world(), world([4, "q", 9]), world([4, "q", 9])]);
  assert.deepEqual(patch([1, 2]), []);
  assert.deepEqual(patch([2, 3]), [4 * 4 + 1, 1, 9]);
  assert.deepEqual(patch([1, 4]), [4 * 4 + 1, 1, 9]);
  const swapped = noted([world([4, "p", 1, 1]), world([4, "q", 9])]);
  assert.deepEqual(swapped([1, 2]), [4 * 4 + 1, 1, 9]);
  const same = noted([world([4, "p", 1, 1]), world(), world([4, "p", 1, 1])]);
  assert.deepEqual(same([2, 3]), [4 * 4 + 1, 0, 1, 1]);
});

test("SnapshotChanges forgets the dead after the horizon, not before", () => {
  const death = [world([0, "q", 1], [1, "q", 1]), world([0, "q", 1])];
  const later = (count: number) => Array.from({ length: count }, () => world([0, "q", 1]));
  // Entity 1 died at frame 2; at frame 12 it is 10 frames dead.
  assert.deepEqual(noted([...death, ...later(10)], "mask", 10)([1, 12]), [6]);
  assert.deepEqual(noted([...death, ...later(11)], "mask", 10)([1, 13]), []);
  const wrapped = noted([...death, ...later(10)], "mask", 10, 4294967290);
  assert.deepEqual(wrapped([4294967290, 5]), [6]);
});

test("SnapshotChanges of the codec raw sends everything", () => {
  const patch = noted([world([0, "q", 1]), world([0, "q", 1], [1, "q", 2])], "raw");
  assert.deepEqual(patch([1, 1]), [1, 1, 1, 1, 1, 2]);
});

test("SnapshotChanges brings whoever missed any frames to the newest state, across 2^32", () => {
  for (const name of ["mask", "varint"] as const) {
    const codec = new SnapshotCodec(WORLD_LAYOUT, name);
    const table = codec.changeTable();
    const world = new RandomWorld(11);
    const roll = dice(12);
    const firstFrame = 4294967200;
    const past: Snapshot[] = [];
    const spans = new FrameSpans();
    for (let k = 0; k < 400; k++) {
      const state = world.step(k);
      past.push(state);
      table.note(state, (firstFrame + k) >>> 0, 60);
      const back = roll(Math.min(k + 1, 60));
      const out = new ByteWriter();
      table.writePatch(
        state,
        spans.clear().add((firstFrame + k - back) >>> 0, (firstFrame + k) >>> 0),
        out,
      );
      const read = codec.readPatch(new ByteReader(out.bytes()), past[k - back]);
      assert.equal(read.equals(state), true, `${name}: from frame ${k - back} to ${k}`);
    }
  }
});
