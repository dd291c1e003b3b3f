import assert from "node:assert/strict";
import { test } from "node:test";
import { createRandoms } from "../../net/link/random.ts";
import type { Field } from "../../core/state/schema.ts";
import { Snapshot } from "../../core/state/snapshot.ts";
import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { EntityState, FieldValues } from "../../core/state/state.ts";
import type { FieldFacts, RecordingFacts } from "./recording_facts.ts";
import { RecordingWatch } from "./recording_watch.ts";

/** Facts of frames 50 ms apart, each a list of entities of kind `p`. */
function watch(
  fields: readonly Field[],
  frames: readonly (readonly { id: number; fields: FieldValues }[])[],
): RecordingFacts {
  const layout = new SnapshotLayout({ kinds: [{ name: "p", fields }] });
  const watch = new RecordingWatch(layout);
  frames.forEach((states, frame) => {
    const entities = states.map((state): EntityState => ({ kind: "p", ...state }));
    watch.add(Snapshot.of(layout, { frame: 10 + frame * 2, timeMs: frame * 50, entities }));
  });
  return watch.facts();
}

/** Facts of a field of one entity that has these values. */
function watchField(
  field: Omit<Field, "name">,
  values: readonly FieldValues[string][],
): FieldFacts {
  const frames = values.map((v) => [{ id: 1, fields: { v } }]);
  return watch([{ name: "v", ...field }], frames).fields[0]!;
}

test("RecordingWatch.facts() times frames by their numbers and by the recorded ones", () => {
  const facts = watch([{ name: "v", type: "u8" }], Array.from({ length: 5 }, () => []));
  assert.equal(facts.frames, 5);
  assert.equal(facts.intervalMs, 50);
  assert.equal(facts.frameMs, 25);
  const [field] = facts.fields;
  assert.equal(field!.states, 0);
  assert.equal(field!.isConstant, false);
  const alone = watch([], [[]]);
  assert.equal(alone.intervalMs, 0);
});

test("RecordingWatch.facts() knows what half and what nearly all frames are apart", () => {
  const watch = new RecordingWatch(new SnapshotLayout({ kinds: [] }));
  // 40 distances: 30 of 10 ms, 8 of 40 ms, 2 of 900 ms; the 38th of them is 40 ms.
  const steps = Array.from({ length: 40 }, (_, i) => i % 20 === 7 ? 900 : i % 5 === 0 ? 40 : 10);
  let timeMs = 1e12;
  for (const [frame, step] of [0, ...steps].entries()) {
    timeMs += step;
    watch.add(Snapshot.of(new SnapshotLayout({ kinds: [] }), { frame, timeMs, entities: [] }));
  }
  const { intervalMedianMs, intervalP95Ms } = watch.facts();
  assert.deepEqual([intervalMedianMs, intervalP95Ms], [10, 40]);
});

test("RecordingWatch.facts() counts states, changes and distinct values", () => {
  const field = watchField({ type: "i16" }, [3, 3, 4, 4, 3, -1]);
  assert.deepEqual(
    [field.states, field.changes, field.distinct, field.isConstant],
    [6, 3, 3, false],
  );
  const texts = watchField({ type: "text" }, ["a", "b", "a", "a", "c"]);
  assert.deepEqual([texts.changes, texts.distinct], [3, 3]);
  const many = watchField({ type: "u16" }, Array.from({ length: 1000 }, (_, i) => i));
  assert.deepEqual([many.changes, many.distinct], [999, 256]);
  const wide = watchField({ type: "u64" }, [1n, 2n ** 40n, 1n]);
  assert.deepEqual([wide.changes, wide.distinct], [2, 2]);
});

test("RecordingWatch.facts() calls constant what no entity has otherwise, absence included", () => {
  const v: Field = { name: "v", type: "u8", optional: true };
  const of = (...values: (number | undefined)[]) =>
    watch([v], [
      values.map((value, id) => ({
        id,
        fields: (value === undefined ? {} : { v: value }) as FieldValues,
      })),
    ]).fields[0]!.isConstant;
  assert.equal(of(7, 7, 7), true);
  assert.equal(of(7, 8), false);
  assert.equal(of(undefined, undefined), true);
  assert.equal(of(0, undefined), false);
  const gone = watch([v], [[{ id: 1, fields: { v: 0 } }], [{ id: 1, fields: {} }]]).fields[0]!;
  assert.deepEqual([gone.isConstant, gone.changes], [false, 1]);
});

test("RecordingWatch.facts() knows doubles that are binary32 or the decimal of one", () => {
  const isSingle = (...values: number[]) => watchField({ type: "f64" }, values).isBinary32;
  assert.equal(isSingle(0.5, 3.1415927, 0.1), true);
  assert.equal(isSingle(0.5, 3.1415927, 3.141592653589793), false);
  assert.equal(watchField({ type: "f32" }, [0.5]).isBinary32, false);
});

test("RecordingWatch.facts() finds the low bits that nothing foretells", () => {
  const random = createRandoms(3, 1, "down");
  // Steps of 1000 that jitter evenly over 32: of two jitters' differences bits 0 to 3 or 4 are even.
  const jittered = Array.from({ length: 2000 }, (_, i) => i * 1000 + random.below(32, 0));
  const { noise } = watchField({ type: "i32" }, jittered);
  assert.ok(noise.samples > 600, `${noise.samples}`);
  assert.ok(noise.bits === 4 || noise.bits === 5, `${noise.bits}`);
  // Half of the second differences of such jitters are below 16 or so.
  assert.ok(noise.typical === 8 || noise.typical === 16, `${noise.typical}`);
  assert.equal(noise.largest, Math.max(...jittered.filter((_, i) => i % 3 === 0)));
  const steady = watchField({ type: "i32" }, Array.from({ length: 2000 }, (_, i) => i * 1001));
  assert.deepEqual([steady.noise.bits, steady.noise.typical], [0, 0]);
  const falling = watchField({ type: "i32" }, Array.from({ length: 2000 }, (_, i) => i * i * 8));
  assert.equal(falling.noise.bits, 0);
  const fixed = watchField({ type: "fixed", step: 0.01 }, jittered.map((k) => k / 100)).noise;
  assert.equal(fixed.bits, noise.bits);
  assert.ok(fixed.typical <= noise.typical / 64 && fixed.typical >= noise.typical / 256);
});

test("RecordingWatch.facts() finds noise on both sides of zero, in singles and in doubles", () => {
  const random = createRandoms(4, 1, "down");
  const values = Array.from({ length: 3000 }, (_, i) => {
    const base = (i % 400 < 200 ? 1 : -1) * (1 + (i % 200) / 1024);
    return base + random.below(1 << 20, 0) / 2 ** 40;
  });
  const double = watchField({ type: "f64" }, values).noise;
  assert.ok(double.bits >= 25, `${double.bits}`);
  const single = watchField({ type: "f32" }, values.map(Math.fround)).noise;
  assert.ok(single.bits >= 2, `${single.bits}`);
});

test("RecordingWatch.facts() looks at no low bits of what rests every other frame", () => {
  const { noise } = watchField({ type: "i32" }, Array.from({ length: 900 }, (_, i) => i >> 1));
  assert.equal(noise.samples, 0);
});
