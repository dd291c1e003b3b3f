import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { FieldValueError } from "./field_value_error.ts";
import { type Schema, SchemaError } from "./schema.ts";
import { sameWords } from "./words.ts";
import { Snapshot } from "./snapshot.ts";
import { SnapshotLayout } from "./snapshot_layout.ts";
import type { EntityState, StateFrame } from "./state.ts";

const SCHEMA: Schema = {
  kinds: [
    { name: "player", fields: [{ name: "x", type: "f64" }, { name: "hp", type: "u8" }] },
    { name: "rocket", fields: [] },
    {
      name: "door",
      fields: [
        { name: "open", type: "bool" },
        { name: "key", type: "enum", values: ["red", "blue"], optional: true },
        { name: "n", type: "i32" },
        { name: "m", type: "i32" },
      ],
    },
  ],
};

const u32 = fc.integer({ min: 0, max: 4294967295 });
const ids = fc.oneof(u32, fc.integer({ min: 0, max: 200 }));

const entities: fc.Arbitrary<EntityState> = fc.oneof(
  fc.record({
    id: ids,
    kind: fc.constant("player"),
    fields: fc.record({ x: fc.double(), hp: fc.integer({ min: 0, max: 255 }) }),
  }),
  fc.record({ id: ids, kind: fc.constant("rocket"), fields: fc.constant({}) }),
  fc.record({
    id: ids,
    kind: fc.constant("door"),
    fields: fc.record(
      { open: fc.boolean(), n: fc.integer(), m: fc.integer(), key: fc.constantFrom("red", "blue") },
      { requiredKeys: ["open", "n", "m"], noNullPrototype: true },
    ),
  }),
);

const frames: fc.Arbitrary<StateFrame> = fc.record({
  frame: u32,
  timeMs: fc.double({ noNaN: true }),
  entities: fc.uniqueArray(entities, { selector: (entity) => entity.id, maxLength: 90 }),
});

/** What a snapshot of the frame shows: entities by id, fields in the order of the field table. */
function sorted(frame: StateFrame): StateFrame {
  const order = ["x", "hp", "open", "key", "n", "m"];
  const entities = [...frame.entities].sort((a, b) => a.id - b.id).map(({ id, kind, fields }) => ({
    id,
    kind,
    fields: Object.fromEntries(order.filter((key) => key in fields).map((k) => [k, fields[k]!])),
  }));
  return { ...frame, entities };
}

function frameOf(frame: number, ...entities: EntityState[]): StateFrame {
  return { frame, timeMs: frame * 10, entities };
}

function player(id: number, x: number, hp = 100): EntityState {
  return { id, kind: "player", fields: { x, hp } };
}

const layout = new SnapshotLayout(SCHEMA);

test("SnapshotLayout.kindIndex() finds kinds by name, and no property of Object", () => {
  assert.deepEqual(["player", "rocket", "door"].map((name) => layout.kindIndex(name)), [0, 1, 2]);
  for (const name of ["", "constructor", "__proto__", "Player"]) {
    assert.equal(layout.kindIndex(name), -1);
  }
  assert.deepEqual(layout.kinds.map((kind) => kind.stride), [4, 4, 8]);
});

test("SnapshotLayout takes kinds with names of Object's properties", () => {
  const kinds = ["__proto__", "constructor"].map((name) => ({ name, fields: [] }));
  const hostile = new SnapshotLayout({ kinds });
  const frame = frameOf(
    1,
    { id: 1, kind: "__proto__", fields: {} },
    { id: 2, kind: "constructor", fields: {} },
  );
  assert.deepEqual(Snapshot.of(hostile, frame).toFrame(), frame);
});

test("SnapshotLayout refuses a schema that cannot be used", () => {
  const twice = { kinds: [SCHEMA.kinds[0]!, SCHEMA.kinds[0]!] };
  assert.throws(() => new SnapshotLayout(twice), SchemaError);
});

test("Snapshot.toFrame() gives back what of() took, ids ascending", () => {
  fc.assert(fc.property(frames, (frame) => {
    assert.deepEqual(Snapshot.of(layout, frame).toFrame(), sorted(frame));
  }));
});

test("Snapshot.fill() leaves nothing of the frame before", () => {
  fc.assert(fc.property(frames, frames, (before, after) => {
    const snapshot = Snapshot.fill(Snapshot.of(layout, before), after);
    assert.deepEqual(snapshot.toFrame(), sorted(after));
    assert.equal(snapshot.equals(Snapshot.of(layout, after)), true);
  }));
});

test("Snapshot.fill() does not reorder the frame that it is given", () => {
  const frame = frameOf(1, player(9, 1), player(3, 2));
  Snapshot.of(layout, frame);
  assert.deepEqual(frame.entities.map((entity) => entity.id), [9, 3]);
});

test("Snapshot.fill() refuses an unknown kind, naming entity, frame and kind", () => {
  for (const kind of ["gun", "__proto__", ""]) {
    assert.throws(
      () => Snapshot.of(layout, frameOf(12, { id: 7, kind, fields: {} })),
      (error: Error) =>
        error instanceof RangeError && error.message.includes("entity 7 of frame 12") &&
        error.message.includes(JSON.stringify(kind)),
    );
  }
});

test("Snapshot.fill() refuses an id that occurs twice, also when ids do not ascend", () => {
  assert.throws(() => Snapshot.of(layout, frameOf(1, player(3, 1), player(3, 1))), RangeError);
  const scattered = frameOf(1, player(3, 1), player(5, 1), player(3, 1));
  assert.throws(() => Snapshot.of(layout, scattered), RangeError);
});

test("Snapshot.fill() refuses a frame or an id outside u32", () => {
  for (const bad of [-1, 4294967296, 1.5, NaN]) {
    assert.throws(() => Snapshot.of(layout, frameOf(bad)), RangeError);
    assert.throws(() => Snapshot.of(layout, frameOf(1, player(bad, 1))), RangeError);
    assert.throws(() => Snapshot.of(layout, frameOf(1, player(1, 1), player(bad, 1))), RangeError);
  }
  const edges = frameOf(4294967295, player(0, 1), player(4294967295, 2));
  assert.deepEqual(Snapshot.of(layout, edges).toFrame(), edges);
});

test("Snapshot.fill() refuses a value that does not fit and rounds when it is told to", () => {
  const coarse = new SnapshotLayout({
    kinds: [{ name: "p", fields: [{ name: "x", type: "fixed", step: 0.5 }] }],
  });
  const frame = frameOf(1, { id: 1, kind: "p", fields: { x: 1.3 } });
  assert.throws(() => Snapshot.of(coarse, frame), FieldValueError);
  assert.deepEqual(Snapshot.of(coarse, frame, true).entity(0).fields, { x: 1.5 });
});

test("Snapshot.add() lays rows one after another and fills them with zeros", () => {
  const snapshot = new Snapshot(layout);
  for (let round = 0; round < 2; round++) {
    snapshot.clear(round, 0);
    assert.deepEqual([snapshot.add(2, 0), snapshot.add(5, 2), snapshot.add(9, 1)], [0, 4, 12]);
    assert.deepEqual([snapshot.count, snapshot.wordCount], [3, 16]);
    assert.deepEqual([...snapshot.words.subarray(0, 16)], new Array(16).fill(0));
    snapshot.words.fill(-1);
  }
});

test("Snapshot.add() refuses ids that do not ascend and kinds that are none", () => {
  const snapshot = new Snapshot(layout);
  for (const kind of [-1, 3, 0.5, NaN]) assert.throws(() => snapshot.add(1, kind), RangeError);
  snapshot.add(5, 0);
  for (const id of [5, 4, 0]) assert.throws(() => snapshot.add(id, 0), RangeError);
  assert.deepEqual([snapshot.count, snapshot.wordCount], [1, 4]);
  snapshot.add(6, 0);
});

test("Snapshot.add() keeps all entities while the arrays grow", () => {
  const snapshot = new Snapshot(layout);
  for (let i = 0; i < 1000; i++) {
    const at = snapshot.add(i * 3, i % 3);
    if (i % 3 === 0) snapshot.words[at] = i;
  }
  assert.equal(snapshot.count, 1000);
  for (let i = 0; i < 1000; i++) {
    assert.equal(snapshot.ids[i], i * 3);
    assert.equal(snapshot.kinds[i], i % 3);
    assert.equal(snapshot.words[snapshot.rows[i]!], i % 3 === 0 ? i : 0);
  }
});

test("Snapshot.find() gives the position of an id, and -1 for all others", () => {
  fc.assert(fc.property(frames, ids, (frame, id) => {
    const snapshot = Snapshot.of(layout, frame);
    const ascending = frame.entities.map((entity) => entity.id).sort((a, b) => a - b);
    ascending.forEach((present, i) => assert.equal(snapshot.find(present), i));
    assert.equal(snapshot.find(id), ascending.indexOf(id));
  }));
  assert.equal(new Snapshot(layout).find(0), -1);
});

test("Snapshot.find() does not find an entity of the frame before", () => {
  const snapshot = Snapshot.of(layout, frameOf(1, player(1, 1), player(2, 1)));
  Snapshot.fill(snapshot, frameOf(2, player(1, 1)));
  assert.equal(snapshot.find(2), -1);
});

test("Snapshot.entity() refuses positions outside the snapshot", () => {
  const snapshot = Snapshot.of(layout, frameOf(1, player(4, 0.5, 1), player(8, -0)));
  assert.deepEqual(snapshot.entity(0), player(4, 0.5, 1));
  assert.deepEqual(snapshot.entity(1), player(8, -0));
  for (const position of [-1, 2, 0.5, NaN]) {
    assert.throws(() => snapshot.entity(position), RangeError);
  }
});

test("Snapshot.copy() equals the other, into larger and smaller memory alike", () => {
  fc.assert(fc.property(frames, frames, (target, source) => {
    const other = Snapshot.of(layout, source);
    const copy = Snapshot.of(layout, target).copy(other);
    assert.deepEqual(copy.toFrame(), sorted(source));
    assert.equal(copy.equals(other), true);
    other.clear(0, 0);
    for (const entity of [1, 2, 3]) other.add(entity, 0);
    other.words.fill(-1);
    assert.deepEqual(copy.toFrame(), sorted(source));
  }));
});

test("Snapshot.copy() takes from memory that is larger than what is in use", () => {
  const players = (count: number) => Array.from({ length: count }, (_, i) => player(i, i));
  const other = Snapshot.of(layout, frameOf(1, ...players(600)));
  for (const count of [600, 300, 100, 1, 0]) {
    Snapshot.fill(other, frameOf(2, ...players(count)));
    const copy = new Snapshot(layout).copy(other);
    assert.deepEqual(copy.toFrame(), frameOf(2, ...players(count)));
  }
});

test("Snapshot.copy() lets nothing behind it show in entities that are added later", () => {
  const counts = [0, 5, 700, 3, 90, 701, 70, 16, 17, 31, 32, 33, 64, 65, 2000, 128, 129, 0];
  const copy = new Snapshot(layout);
  for (const count of counts) {
    const players = Array.from({ length: count }, (_, i) => player(i, i + 0.5));
    const source = new Snapshot(layout);
    source.words = new Int32Array(16384).fill(-1);
    copy.copy(Snapshot.fill(source, frameOf(1, ...players)));
    assert.deepEqual(copy.toFrame(), frameOf(1, ...players));
    const at = copy.add(4000000, 2);
    assert.deepEqual([...copy.words.subarray(at, copy.wordCount)], new Array(8).fill(0));
  }
});

test("Snapshot.addFrom() appends an entity with its bits, wherever its row lies", () => {
  fc.assert(fc.property(frames, fc.infiniteStream(fc.boolean()), (frame, coins) => {
    const from = Snapshot.of(layout, frame);
    const chosen: EntityState[] = [];
    const to = new Snapshot(layout).clear(3, 4);
    sorted(frame).entities.forEach((entity, i) => {
      if (coins.next().value) return;
      const before = to.wordCount;
      assert.equal(to.addFrom(from, i), before);
      chosen.push(entity);
    });
    assert.deepEqual(to.toFrame(), { frame: 3, timeMs: 4, entities: chosen });
    assert.equal(to.equals(Snapshot.of(layout, to.toFrame())), true);
  }));
});

test("Snapshot.addBelow() appends what is below an id, from a position on, and tells the next", () => {
  fc.assert(fc.property(frames, fc.array(ids, { maxLength: 5 }), (frame, bounds) => {
    const from = Snapshot.of(layout, frame);
    const all = sorted(frame).entities;
    const to = new Snapshot(layout);
    let position = 0;
    for (const bound of [...new Set(bounds)].sort((a, b) => a - b)) {
      position = to.addBelow(bound, from, position);
      assert.equal(position, all.filter(({ id }) => id < bound).length);
    }
    assert.deepEqual(to.toFrame().entities, all.slice(0, position));
    assert.equal(to.addBelow(Infinity, from, position), all.length);
    assert.deepEqual(to.toFrame().entities, all);
    assert.equal(to.equals(from), true);
  }));
});

test("Snapshot.addBelow() leaves room for others in between", () => {
  const from = Snapshot.of(layout, frameOf(1, player(1, 1), player(5, 5), player(9, 9)));
  const to = new Snapshot(layout);
  assert.equal(to.addBelow(5, from, 0), 1);
  to.add(4, 2);
  // Entity 5 is passed by.
  assert.equal(to.addBelow(Infinity, from, 2), 3);
  const door = { id: 4, kind: "door", fields: { open: false, n: 0, m: 0 } };
  assert.deepEqual(to.toFrame().entities, [player(1, 1), door, player(9, 9)]);
  assert.equal(to.addBelow(0, from, 0), 0);
  assert.equal(to.count, 3);
});

test("Snapshot.push() names a row that is there, and layoutOf() tells its layout", () => {
  const snapshot = Snapshot.of(layout, frameOf(1, player(1, 2.5, 7)));
  snapshot.push(8, 0, snapshot.rows[0]!);
  assert.deepEqual(snapshot.entity(1), player(8, 2.5, 7));
  for (let i = 0; i < 40; i++) snapshot.push(100 + i, i % 3, 0);
  assert.equal(snapshot.count, 42);
  assert.deepEqual([0, 2, 3, 4].map((i) => snapshot.layoutOf(i).kind.name), [
    "player",
    "player",
    "rocket",
    "door",
  ]);
});

test("sameWords() compares as many words from two places, and no more", () => {
  const a = Int32Array.of(9, 1, 2, 3, 9);
  const b = Int32Array.of(1, 2, 3, 8);
  assert.equal(sameWords(a, 1, b, 0, 3), true);
  assert.equal(sameWords(a, 1, b, 0, 4), false);
  assert.equal(sameWords(a, 0, b, 0, 3), false);
  assert.equal(sameWords(a, 4, b, 3, 0), true);
  for (let i = 0; i < 3; i++) {
    const c = b.slice();
    c[i]! ^= 1 << 31;
    assert.equal(sameWords(a, 1, c, 0, 3), false);
  }
});

test("Snapshot.copy() carries NaN payloads", () => {
  const other = new Snapshot(layout).clear(1, 0);
  other.words.set([5, 0x7ff00001], other.add(1, 0));
  const copy = new Snapshot(layout).copy(other);
  assert.deepEqual([...copy.words.subarray(0, 4)], [5, 0x7ff00001, 0, 0]);
});

test("Snapshot.equals() compares entities and bits, and neither frame nor time", () => {
  const equals = (a: StateFrame, b: StateFrame) =>
    Snapshot.of(layout, a).equals(Snapshot.of(layout, b));
  const base = frameOf(1, player(1, 0), player(2, NaN));
  assert.equal(equals(base, { ...base, frame: 9, timeMs: 5 }), true);
  assert.equal(equals(base, frameOf(1, player(2, NaN), player(1, 0))), true);
  assert.equal(equals(base, frameOf(1, player(1, -0), player(2, NaN))), false);
  assert.equal(equals(base, frameOf(1, player(1, 0), player(3, NaN))), false);
  assert.equal(equals(base, frameOf(1, player(1, 0))), false);
  assert.equal(equals(frameOf(1), frameOf(2)), true);
  const rocket: EntityState = { id: 1, kind: "rocket", fields: {} };
  assert.equal(equals(frameOf(1, player(1, 0, 0)), frameOf(1, rocket)), false);
  const door = { id: 1, kind: "door", fields: { open: true, n: 0, m: 0 } };
  const red = { ...door, fields: { ...door.fields, key: "red" } };
  assert.equal(equals(frameOf(1, door), frameOf(1, red)), false);
});

test("Snapshot.equals() ignores what lies beyond the words in use", () => {
  const large = Snapshot.of(layout, frameOf(1, player(1, 5), player(2, 6)));
  Snapshot.fill(large, frameOf(2, player(1, 5)));
  assert.equal(large.equals(Snapshot.of(layout, frameOf(2, player(1, 5)))), true);
});

test("Snapshot.setField() writes a field of one entity, and refuses what it cannot hold", () => {
  const ships = new SnapshotLayout({
    kinds: [{
      name: "ship",
      fields: [{ name: "x", type: "f32" }, { name: "hp", type: "u8", optional: true }],
    }],
  });
  const snapshot = new Snapshot(ships).clear(1, 50);
  snapshot.add(3, 0);
  snapshot.add(8, 0);
  Snapshot.setField(snapshot, 1, 0, 1.5);
  Snapshot.setField(snapshot, 1, 1, 200);
  assert.deepEqual(snapshot.entity(0).fields, { x: 0 });
  assert.deepEqual(snapshot.entity(1).fields, { x: 1.5, hp: 200 });
  Snapshot.setField(snapshot, 1, 1);
  assert.deepEqual(snapshot.entity(1).fields, { x: 1.5 });
  assert.throws(() => Snapshot.setField(snapshot, 1, 1, 256), { name: "FieldValueError" });
});
