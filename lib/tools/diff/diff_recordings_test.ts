import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Schema } from "../../core/state/schema.ts";
import type { EntityState, FieldValues, StateFrame } from "../../core/state/state.ts";
import { openBytes, record } from "../../recording/memory_recording_test_helper.ts";
import { randomWorld, WORLD_SCHEMA } from "../../recording/random_world_test_helper.ts";
import { countsOf, diffOf, foundDifferences, modelDifferences } from "./diff_model_test_helper.ts";
import { diffRecordings } from "./diff_recordings.ts";
import type { RecordingDiff } from "./recording_diff.ts";

const someWorld = randomWorld.filter((frames) => frames.length > 0);

/** A world, and another that is like it but for some frames. */
const twoWorlds = fc.tuple(
  someWorld,
  someWorld,
  fc.array(fc.record({ from: fc.nat(), what: fc.constantFrom("drop", "swap", "later", "fewer") })),
).map(([a, other, changes]) => {
  const b = a.map((frame) => ({ ...frame }));
  for (const { from, what } of changes) {
    const i = from % b.length;
    if (what === "drop" && b.length > 1) b.splice(i, 1);
    else if (what === "later") b[i] = { ...b[i]!, timeMs: b[i]!.timeMs + 1 };
    else if (what === "fewer") b[i] = { ...b[i]!, entities: b[i]!.entities.slice(1) };
    else b[i] = { ...b[i]!, entities: other[from % other.length]!.entities };
  }
  return [a, b] as const;
});

test("diffRecordings() counts what a look at everything finds, and begins with the same", async () => {
  await fc.assert(
    fc.asyncProperty(twoWorlds, fc.boolean(), async ([a, b], isDeclared) => {
      // Of two recordings, one may have another schema and other types.
      const schema = isDeclared ? { schema: WORLD_SCHEMA } : {};
      const diff = await diffOf({ frames: a }, { frames: b, ...schema });
      const expected = modelDifferences(a, b);
      const { counts, first } = foundDifferences(diff);
      assert.deepEqual(counts, countsOf(expected));
      assert.equal(diff.equal, expected.length === 0);
      const placeOf = (frame: number) => (frame - a[0]!.frame) | 0;
      const placeOfLine = (line: string) => placeOf(Number(line.split(" ")[1]));
      const firstPlace = Math.min(...expected.map(placeOfLine));
      assert.deepEqual(
        first.toSorted(),
        expected.filter((line) => placeOfLine(line) === firstPlace).sort(),
      );
      assert.deepEqual(diff.first, diff.firstFrame?.differences[0] ?? null);
      assert.equal(diff.firstFrame?.count ?? 0, first.length);
      assertConsistent(diff);
      const both = a.filter(({ frame }) => b.some((other) => other.frame === frame));
      assert.equal(diff.compared.frames, both.length);
      assert.deepEqual([diff.compared.a.frames, diff.compared.b.frames], [a.length, b.length]);
    }),
    { numRuns: 120 },
  );
});

/** What a result says in several places must be the same. */
function assertConsistent({ first, firstFrame, fields, structural, compared }: RecordingDiff) {
  const runs = [...structural.entities, ...structural.kinds, ...structural.fields];
  for (const { count, firstFrame: from, runs: listed, unlisted } of runs) {
    assert.equal(listed.reduce((sum, run) => sum + run.count, unlisted), count);
    assert.equal(listed[0]!.from, from);
  }
  const { onlyInA, onlyInB } = structural.frames;
  for (const { count, runs: listed, unlisted } of [onlyInA, onlyInB]) {
    assert.equal(listed.reduce((sum, run) => sum + run.count, unlisted), count);
  }
  assert.equal(compared.a.frames - onlyInA.count, compared.frames);
  assert.equal(compared.b.frames - onlyInB.count, compared.frames);
  // The first difference of a field or sort at the first frame is one of those listed there.
  for (const { kind, field, first: { frame, id, a, b } } of fields) {
    if (frame !== firstFrame!.frame) continue;
    const listed = firstFrame!.differences.find((difference) =>
      kind === null
        ? difference.what === "time"
        : difference.id === id && difference.field === field
    );
    assert.deepEqual([listed!.a, listed!.b], [a, b]);
  }
  const starts = [
    ...fields.map(({ first }) => first.frame),
    ...runs.map((sort) => sort.firstFrame),
  ];
  if (first === null) assert.deepEqual([starts, onlyInA.count, onlyInB.count], [[], 0, 0]);
}

/** A value of the same field that is another one. */
function otherValue(field: string, value: FieldValues[string]): FieldValues[string] {
  if (typeof value === "boolean") return !value;
  if (field === "text") return value === "a" ? "b" : "a";
  if (typeof value === "string") return value === "lg" ? "rl" : "lg";
  if (typeof value === "bigint") return value === 1n ? 2n : 1n;
  if (field === "f64" || field === "x") return Object.is(value, 0) ? -0 : 0;
  // These hold multiples of 4 and of 0.3.
  if (field === "tile") return value === 4 ? 8 : 4;
  if (field === "lean") return value === 0.3 ? 0.6 : 0.3;
  return value === 1 ? 2 : 1;
}

/** A place of a world where a field is, chosen by numbers. */
function someField(frames: readonly StateFrame[], picks: readonly number[]) {
  const fields = frames.flatMap((frame, f) =>
    frame.entities.flatMap((state, e) =>
      Object.keys(state.fields).map((field) => ({ frame, f, state, e, field }))
    )
  );
  return fields[(picks[0]! * 7919 + picks[1]!) % fields.length];
}

function withState(frames: readonly StateFrame[], f: number, e: number, state: EntityState[]) {
  return frames.map((frame, i) =>
    i !== f ? frame : { ...frame, entities: frame.entities.toSpliced(e, 1, ...state) }
  );
}

const NOTHING = {
  fields: [],
  events: [],
  drift: [],
  structural: {
    frames: {
      onlyInA: { count: 0, runs: [], unlisted: 0 },
      onlyInB: { count: 0, runs: [], unlisted: 0 },
    },
    entities: [],
    kinds: [],
    fields: [],
  },
};

test("diffRecordings() names one planted value by frame, entity and field, and nothing else", async () => {
  const picks = fc.array(fc.nat({ max: 1 << 20 }), { minLength: 2, maxLength: 2 });
  await fc.assert(
    fc.asyncProperty(someWorld, picks, async (frames, picks) => {
      const plant = someField(frames, picks);
      if (plant === undefined) return;
      const { frame: { frame, timeMs }, f, state, e, field } = plant;
      const { id, kind } = state;
      const a = state.fields[field]!;
      const b = otherValue(field, a);
      // By entries, as a field may be called __proto__.
      const entries = Object.entries(state.fields).map(([name, value]) => {
        return [name, name === field ? b : value];
      });
      const other = { ...state, fields: Object.fromEntries(entries) };
      const diff = await diffOf({ frames, schema: WORLD_SCHEMA }, {
        frames: withState(frames, f, e, [other]),
        schema: WORLD_SCHEMA,
      });
      const first = { what: "value", class: "exact", frame, timeMs, id, kind, field, a, b };
      assert.deepEqual(diff.first, first);
      assert.deepEqual(diff.firstFrame, { frame, timeMs, count: 1, differences: [first] });
      const { fields, events, drift, structural } = diff;
      assert.deepEqual({ fields: [], events, drift, structural }, NOTHING);
      assert.equal(fields.length, 1);
      const { first: firstValue, count, growing } = fields[0]!;
      assert.deepEqual([firstValue, count, growing], [{ frame, timeMs, id, a, b }, 1, null]);
    }),
    { numRuns: 120 },
  );
});

const COUNT = 60;
const ROCK: EntityState = { id: 9, kind: "rock", fields: { size: 3 } };
const ship = (id: number, fields: FieldValues): EntityState => ({ id, kind: "ship", fields });
/** Ships with optional loads, and a rock, over some frames. */
const SHIPS: readonly StateFrame[] = Array.from({ length: COUNT }, (_, i) => ({
  frame: 100 + i,
  timeMs: i * 20,
  entities: [
    ship(1, { x: i * 1.5, name: "one", load: i }),
    ship(2, { x: -i, name: "two" }),
    ROCK,
  ],
}));

/** The same with the entities of some frames changed. */
function changed(
  from: number,
  to: number,
  change: (entities: readonly EntityState[]) => readonly EntityState[],
): StateFrame[] {
  return SHIPS.map((frame) =>
    frame.frame < from || frame.frame > to ? frame : { ...frame, entities: change(frame.entities) }
  );
}

test("diffRecordings() tells missing frames as runs, and pairs what follows", async () => {
  const without = SHIPS.filter(({ frame }) => frame !== 130);
  const one = await diffOf({ frames: SHIPS }, { frames: without });
  const structural = {
    ...NOTHING.structural,
    frames: {
      onlyInA: { count: 1, runs: [{ from: 130, to: 130, count: 1 }], unlisted: 0 },
      onlyInB: NOTHING.structural.frames.onlyInB,
    },
  };
  assert.deepEqual({ ...NOTHING, structural: one.structural }, { ...NOTHING, structural });
  assert.deepEqual(one.fields, []);
  assert.deepEqual(one.first, {
    what: "frame",
    class: "structural",
    frame: 130,
    timeMs: 600,
    onlyIn: "a",
  });
  assert.equal(one.compared.frames, COUNT - 1);

  const late = SHIPS.filter(({ frame }) => frame >= 103 && frame !== 150);
  const early = SHIPS.filter(({ frame }) => frame <= 154);
  const { onlyInA, onlyInB } =
    (await diffOf({ frames: late }, { frames: early })).structural.frames;
  assert.deepEqual(onlyInA, { count: 5, runs: [{ from: 155, to: 159, count: 5 }], unlisted: 0 });
  assert.deepEqual(onlyInB.runs, [{ from: 100, to: 102, count: 3 }, {
    from: 150,
    to: 150,
    count: 1,
  }]);
});

test("diffRecordings() tells entities that are missing for a time, with their runs", async () => {
  const drop = (id: number) => (entities: readonly EntityState[]) =>
    entities.filter((entity) => entity.id !== id);
  const frames = changed(110, 112, drop(9)).map((frame, i) =>
    SHIPS[i]!.frame === 140 ? { ...frame, entities: drop(9)(frame.entities) } : frame
  );
  const runs = [{ id: 9, from: 110, to: 112, count: 3 }, { id: 9, from: 140, to: 140, count: 1 }];
  const gone = await diffOf({ frames: SHIPS }, { frames });
  assert.deepEqual(gone.structural, {
    ...NOTHING.structural,
    entities: [{ kind: "rock", onlyIn: "a", count: 4, firstFrame: 110, runs, unlisted: 0 }],
  });
  assert.deepEqual(gone.fields, []);
  // A frame that both lack does not end a run.
  const more = await diffOf(
    { frames: frames.filter(({ frame }) => frame !== 111) },
    { frames: SHIPS.filter(({ frame }) => frame !== 111) },
  );
  assert.deepEqual(more.structural.entities, [{
    kind: "rock",
    onlyIn: "b",
    count: 3,
    firstFrame: 110,
    runs: [{ id: 9, from: 110, to: 112, count: 2 }, runs[1]],
    unlisted: 0,
  }]);
});

test("diffRecordings() tells another kind, and optional fields that are missing", async () => {
  const kinds = await diffOf({ frames: SHIPS }, {
    frames: changed(
      120,
      121,
      (entities) => entities.with(1, { ...ROCK, id: 2 }),
    ),
  });
  assert.deepEqual(kinds.structural.kinds, [{
    a: "ship",
    b: "rock",
    count: 2,
    firstFrame: 120,
    runs: [{ id: 2, from: 120, to: 121, count: 2 }],
    unlisted: 0,
  }]);
  assert.deepEqual(kinds.first, {
    what: "kind",
    class: "structural",
    frame: 120,
    timeMs: 400,
    id: 2,
    kind: "ship",
    a: "ship",
    b: "rock",
  });
  assert.deepEqual([kinds.fields, kinds.structural.fields], [[], []]);

  const unloaded = changed(
    107,
    108,
    (entities) => entities.with(0, { id: 1, kind: "ship", fields: { x: 10.5, name: "one" } }),
  );
  const { first, structural, fields } = await diffOf({ frames: unloaded }, { frames: SHIPS });
  assert.deepEqual(structural.fields, [{
    kind: "ship",
    field: "load",
    onlyIn: "b",
    count: 2,
    firstFrame: 107,
    runs: [{ id: 1, from: 107, to: 108, count: 2 }],
    unlisted: 0,
  }]);
  assert.deepEqual(first, {
    what: "field",
    class: "structural",
    frame: 107,
    timeMs: 140,
    onlyIn: "b",
    id: 1,
    kind: "ship",
    field: "load",
    b: 7,
  });
  assert.deepEqual(fields.map(({ field, count }) => [field, count]), [["x", 1]]);
});

test("diffRecordings() compares values, not the types that they are stored in", async () => {
  const only = (fields: FieldValues): StateFrame[] => [
    { frame: 0, timeMs: 0, entities: [{ id: 1, kind: "k", fields }] },
  ];
  const schema = (...fields: Schema["kinds"][number]["fields"]) => ({
    schema: { kinds: [{ name: "k", fields }] },
  });
  const frames = only({ n: 200, s: "b", t: 0.5 });
  const equal = await diffOf({ frames }, {
    frames,
    ...schema(
      { name: "t", type: "f64" },
      { name: "s", type: "text", optional: true },
      { name: "n", type: "f32" },
      { name: "other", type: "u8", optional: true },
    ),
  });
  assert.ok(equal.equal);
  assert.equal(equal.compared.states, 1);
  const whole = [only({ v: 7 }), only({ v: 7n })] as const;
  assert.ok((await diffOf({ frames: whole[0] }, { frames: whole[1] })).equal);
  const pairs: readonly [FieldValues[string], FieldValues[string]][] = [
    [7n, 8],
    [0n, -0],
    [2n ** 63n, 2n ** 63n + 1n],
    [0, -0],
    [true, 1],
    [1, "1"],
    ["a", "b"],
    [NaN, 0],
    [Infinity, -Infinity],
    [1, 1.0000000000000002],
  ];
  for (const [a, b] of pairs) {
    const { first, fields } = await diffOf({ frames: only({ v: a }) }, { frames: only({ v: b }) });
    assert.deepEqual([first?.what, first?.a, first?.b], ["value", a, b]);
    const isNumeric = typeof a === "number" && typeof b === "number" && !Number.isNaN(a - b);
    const expected = typeof a === "bigint"
      ? Object.is(b, -0) ? 0 : 1
      : isNumeric
      ? Math.abs(a - b)
      : undefined;
    assert.deepEqual(fields[0]!.largest?.difference, expected);
  }
  const nan = only({ v: NaN });
  assert.ok(
    (await diffOf({ frames: nan }, { frames: nan, ...schema({ name: "v", type: "f32" }) })).equal,
  );
});

test("diffRecordings() pairs frames beyond 2^32, wherever the recordings start", async () => {
  const world = (from: number, to: number) =>
    SHIPS.slice(from, to).map((frame) => ({
      ...frame,
      frame: (0xfffffff0 + frame.frame - 100) >>> 0,
    }));
  const cases = [[0, 60, 30, 50], [30, 50, 0, 60], [20, 60, 0, 40], [0, 20, 10, 40]] as const;
  for (const [fromA, toA, fromB, toB] of cases) {
    const [a, b] = [world(fromA, toA), world(fromB, toB)];
    const diff = await diffOf({ frames: a }, { frames: b });
    assert.deepEqual(foundDifferences(diff).counts, countsOf(modelDifferences(a, b)));
    const { first } = diff;
    assert.equal(first?.frame, (0xfffffff0 + Math.min(fromA, fromB)) >>> 0);
  }
});

test("diffRecordings() tells how far a difference spreads, and where it ends", async () => {
  const frames = (off: (frame: number, id: number) => number) =>
    Array.from({ length: 100 }, (_, frame) => ({
      frame,
      timeMs: frame * 10,
      entities: [1, 2, 3, 4].map((id) => ship(id, { x: frame + off(frame, id) })),
    }));
  const a = frames(() => 0);
  const b = frames((frame, id) =>
    (id === 2 && frame >= 10 && frame < 30) || (id === 4 && frame >= 25 && frame < 80) ? id : 0
  );
  const first = { frame: 10, timeMs: 100, id: 2, a: 10, b: 12 };
  const spread = { count: 75, frames: 70, lastFrame: 79, entities: 2, moreEntities: false, first };
  const { fields, drift } = await diffOf({ frames: a }, { frames: b });
  const [{ kind, field, class: sort, largest, growing: _, ...found }] = fields as [
    typeof fields[0],
  ];
  assert.deepEqual([found, largest], [spread, { difference: 4, frame: 25, id: 4 }]);
  assert.deepEqual([kind, field, sort, drift], ["ship", "x", "exact", []]);
  const tolerant = await diffOf({ frames: a }, { frames: b }, { tolerances: { x: 3 } });
  assert.deepEqual(
    tolerant.fields.map(({ count, frames, lastFrame, entities }) => {
      return [count, frames, lastFrame, entities];
    }),
    [[55, 55, 79, 1]],
  );
  const [within] = tolerant.drift;
  assert.deepEqual([within!.frames, within!.lastFrame, within!.entities], [20, 29, 1]);
  assert.deepEqual([within!.first, within!.largestAt], [first, { frame: 10, id: 2 }]);
});

test("diffRecordings() counts entities that differ up to a bound, and says when there may be more", async () => {
  const world = (count: number, x: number) => {
    const entities = Array.from({ length: count }, (_, id) => ship(id, { x }));
    return { frames: [0, 1].map((frame) => ({ frame, timeMs: frame, entities })) };
  };
  for (const [count, entities, isMore] of [[1024, 1024, false], [1025, 1024, true]] as const) {
    const { fields } = await diffOf(world(count, 0), world(count, 1));
    const [found] = fields;
    assert.deepEqual([found!.entities, found!.moreEntities], [entities, isMore]);
    assert.deepEqual([found!.count, found!.frames], [count * 2, 2]);
  }
});

test("diffRecordings() takes one reader twice, recordings without frames, and without anything in common", async () => {
  const reader = await openBytes(await record(SHIPS));
  const same = await diffRecordings(reader, reader);
  assert.deepEqual([same.equal, same.compared.frames, same.compared.states], [true, 60, 180]);
  const none = await openBytes(await record([]));
  assert.deepEqual((await diffRecordings(none, none)).equal, true);
  const lone = await diffRecordings(none, reader);
  assert.deepEqual([lone.equal, lone.structural.frames.onlyInB.count], [false, 60]);
  const other = await openBytes(
    await record(SHIPS.map((frame) => ({ ...frame, frame: frame.frame + 1000 }))),
  );
  const { structural: { frames }, compared } = await diffRecordings(reader, other);
  assert.deepEqual([frames.onlyInA.count, frames.onlyInB.count, compared.frames], [60, 60, 0]);
});

test("diffRecordings() lists a bounded part of many differences, and counts the rest", async () => {
  const entities = (x: number) =>
    Array.from({ length: 500 }, (_, id) => ({ id, kind: id < 400 ? "a" : "b", fields: { x } }));
  const frames = (x: number) =>
    [0, 1, 2].map((frame) => ({ frame, timeMs: frame, entities: entities(frame === 0 ? 0 : x) }));
  const { firstFrame, fields } = await diffOf({ frames: frames(1) }, { frames: frames(3) });
  assert.deepEqual([firstFrame!.count, firstFrame!.differences.length], [500, 100]);
  assert.deepEqual(fields.map(({ kind, count }) => [kind, count]), [["a", 800], ["b", 200]]);
  const { structural } = await diffOf({ frames: frames(1) }, {
    frames: frames(1).map((frame, i) => i === 0 ? frame : { ...frame, entities: [] }),
  });
  const [a, b] = structural.entities;
  assert.deepEqual([a!.count, a!.runs.length, a!.unlisted], [800, 64, 672]);
  assert.deepEqual(a!.runs.at(-1), { id: 63, from: 1, to: 2, count: 2 });
  assert.deepEqual([b!.count, b!.runs.length, b!.unlisted], [200, 64, 72]);
});

test("diffRecordings() compares a selection, of which a recording may lack a part", async () => {
  const a = { frames: SHIPS.slice(0, 40) };
  const b = {
    frames: changed(100, 160, (entities) =>
      entities.slice(0, 2).map((state) => {
        return { ...state, fields: { x: 0, extra: true } };
      })).slice(20),
  };
  const counts = async (selection: object) =>
    foundDifferences(await diffOf(a, b, { selection })).counts;
  assert.deepEqual(await counts({ from: 120, to: 121, kinds: ["ship"], ids: [2], fields: ["x"] }), [
    "2 entity ship x",
  ]);
  assert.deepEqual(await counts({ from: 139, to: 140, kinds: ["rock"] }), [
    "1 entity rock only in a",
    "1 frame only in b",
  ]);
  assert.deepEqual(await counts({ to: 119, fields: ["extra"] }), ["20 frame only in a"]);
  assert.deepEqual(await counts({ from: 120, to: 120, fields: ["extra", "rock.size"] }), [
    "1 entity rock only in a",
    "2 entity ship extra only in b",
  ]);
  const { compared } = await diffOf(a, b, { selection: { ids: [2, 9, 77] } });
  assert.deepEqual(compared.unseenIds, [77]);
  const refusals: readonly [object, RegExp][] = [
    [{ kinds: ["ships"] }, /The recordings have no kind "ships"; they have ship, rock$/],
    [{ fields: ["y"] }, /The recordings have no field "y"; they have x, name, load, size, extra$/],
    [{ from: 160 }, /span 160 to end holds no frame of either recording$/],
    [{ from: 130, to: 120 }, /span 130 to 120 holds no frame of either recording$/],
  ];
  for (const [selection, message] of refusals) {
    await assert.rejects(diffOf(a, b, { selection }), { name: "RangeError", message });
  }
});

test("diffRecordings() rejects when a block is damaged, wherever it lies", async () => {
  const frames = Array.from({ length: 300 }, (_, i) => ({
    frame: i,
    timeMs: i * 100,
    entities: [{ id: 1, kind: "k", fields: { x: Math.sin(i) } }],
  }));
  const whole = await record(frames);
  const reader = await openBytes(whole);
  const { offset, length } = reader.blocks[20]!;
  const damaged = whole.slice();
  damaged[offset + length - 20]! ^= 0x40;
  for (const bytes of [[whole, damaged], [damaged, whole]]) {
    const [a, b] = await Promise.all(bytes.map(openBytes));
    await assert.rejects(diffRecordings(a!, b!), { name: "RecordingSyntaxError" });
  }
});
