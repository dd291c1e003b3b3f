import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { EntityNames } from "../../core/names/entity_names.ts";
import type { Kind, Schema } from "../../core/state/schema.ts";
import type { EntityState, FieldValues, StateEvent, StateFrame } from "../../core/state/state.ts";
import { openBytes, record } from "../../recording/memory_recording_test_helper.ts";
import { randomWorld, WORLD_SCHEMA } from "../../recording/random_world_test_helper.ts";
import type { RecordingOptions } from "../../recording/recording_options.ts";
import { RecordingPart } from "../select/recording_part.ts";
import type { Selection } from "../select/selection.ts";
import { frameChecksums } from "./frame_checksums.ts";

async function checksums(
  frames: readonly StateFrame[],
  { selection, events = [], ...options }: RecordingOptions & {
    readonly selection?: Selection;
    readonly events?: readonly StateEvent[];
  } = {},
): Promise<string[]> {
  const reader = await openBytes(await record(frames, { level: 1, ...options }, events));
  const sums = await Array.fromAsync(frameChecksums(RecordingPart.of(reader, selection)));
  assert.deepEqual(sums.map(({ frame }) => frame), frames.map(({ frame }) => frame));
  return sums.map(({ checksum }) => checksum);
}

const ship = (id: number, fields: FieldValues) => ({ id, kind: "ship", fields });
const at = (frame: number, ...entities: EntityState[]) => ({ frame, timeMs: frame, entities });

test("frameChecksums() gives what another implementation of its description gives", async () => {
  // By a script in Python.
  assert.deepEqual(
    await checksums([
      at(0),
      at(1, ship(3, { x: 1.5 })),
      at(
        2,
        ship(0, { x: NaN, y: Infinity, on: false, name: "" }),
        ship(7, { y: -0, x: 0, on: true, name: "é😀" }),
        { id: 0xffffffff, kind: "mark", fields: {} },
      ),
    ]),
    ["9747b28c3c6ef372", "5ac3416ff6bc30e2", "cfecbe62261016f4"],
  );
});

/** The checksum as it is described, in arithmetic without 32-bit operators. */
class Model {
  readonly lanes: [bigint, bigint] = [0x9747b28cn, 0x3c6ef372n];

  words(...words: readonly bigint[]): this {
    const mod = 1n << 32n;
    const turned = (x: bigint, n: bigint) => (x << n) % mod + (x >> (32n - n));
    for (const word of words) {
      let k = word ^ (word >> 16n);
      k = k * 0x85ebca6bn % mod;
      k ^= k >> 13n;
      k = k * 0xc2b2ae35n % mod;
      k ^= k >> 16n;
      const [a, b] = this.lanes;
      this.lanes[0] = (turned(a ^ k, 13n) * 5n + 0xe6546b64n) % mod;
      this.lanes[1] = (turned(b ^ k, 15n) * 0x9e3779b1n + 0x7f4a7c15n) % mod;
    }
    return this;
  }

  static text(text: string): Model {
    return new Model().words(...text.split("").map((unit) => BigInt(unit.charCodeAt(0))));
  }

  static value(value: FieldValues[string]): readonly bigint[] {
    if (typeof value === "string") return [3n, ...Model.text(value).lanes];
    if (typeof value === "boolean") return [2n, value ? 1n : 0n];
    if (typeof value === "bigint" && BigInt(Number(value)) !== value) {
      return [4n, value % (1n << 32n), value >> 32n];
    }
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, Number(value));
    const bits = value !== value ? 0x7ff80000_00000000n : view.getBigUint64(0);
    return [1n, bits % (1n << 32n), bits >> 32n];
  }

  static frame(
    entities: readonly EntityState[],
    idOf: (state: EntityState) => number | string = ({ id }) => id,
  ): string {
    const sum = new Model();
    const rank = (state: EntityState) => {
      const id = idOf(state);
      return typeof id === "number" ? `0${String(id).padStart(10, "0")}` : `1${id}`;
    };
    for (const state of entities.toSorted((a, b) => rank(a) < rank(b) ? -1 : 1)) {
      const { kind, fields } = state;
      const id = idOf(state);
      const own = new Model().words(...Model.text(kind).lanes);
      const names = Object.keys(fields).sort((a, b) => a < b ? -1 : 1);
      for (const name of names) {
        own.words(...Model.text(name).lanes, ...Model.value(fields[name]!));
      }
      sum.words(...(typeof id === "number" ? [BigInt(id)] : Model.text(id).lanes), ...own.lanes);
    }
    return sum.lanes.map((lane) => lane.toString(16).padStart(8, "0")).join("");
  }
}

test("frameChecksums() agrees with its description over random worlds", async () => {
  await fc.assert(
    fc.asyncProperty(randomWorld, async (frames) => {
      const expected = frames.map(({ entities }) => Model.frame(entities));
      assert.deepEqual(await checksums(frames), expected);
      assert.deepEqual(await checksums(frames, { schema: WORLD_SCHEMA }), expected);
    }),
    { numRuns: 40 },
  );
});

test("frameChecksums() goes by ids, whatever numbers a recording has for them", async () => {
  const ids = ["b", "a", "17", 18, -1, 1.5, "4294967296", "é"];
  const sumsOf = async (order: readonly (string | number)[]) => {
    const names = new EntityNames();
    const states = order.map((id) => ship(names.entity(id), { x: ids.indexOf(id) }));
    const frames = [at(0, ...states), at(1, ...states.slice(1))];
    const idOf = ({ id }: EntityState) => {
      const name = names.idOf(id);
      return name === "17" || name === 18 ? Number(name) : String(name);
    };
    const expected = frames.map(({ entities }) => Model.frame(entities, idOf));
    assert.deepEqual(await checksums(frames, { names }), expected);
    return expected[0];
  };
  assert.equal(await sumsOf(ids), await sumsOf(ids.toReversed()));
  assert.deepEqual(await checksums([at(0, ship(17, { x: 2 }))]), [
    Model.frame([ship(17, { x: 2 })]),
  ]);
});

/** The schema in reverse, with the widest type of each field that holds the same values. */
function widened({ kinds }: Schema): Schema {
  const wide = ({ name, fields }: Kind): Kind => ({
    name,
    fields: fields.toReversed().map(({ name, type }) => ({
      name,
      type: type === "bool" || type === "u64"
        ? type
        : type === "enum" || type === "text"
        ? "text"
        : "f64",
      optional: true,
    })),
  });
  return { kinds: kinds.toReversed().map(wide) };
}

test("frameChecksums() sees neither order nor types of the schema, nor times, nor events", async () => {
  const events = [{ frame: 1, timeMs: 3, name: "shot", data: { ev: "shot", id: 7 } }];
  await fc.assert(
    fc.asyncProperty(randomWorld, async (frames) => {
      const later = frames.map((frame) => ({ ...frame, timeMs: frame.timeMs + 5 }));
      assert.deepEqual(
        await checksums(later, { schema: widened(WORLD_SCHEMA), events }),
        await checksums(frames, { schema: WORLD_SCHEMA }),
      );
    }),
    { numRuns: 40 },
  );
});

test("frameChecksums() tells any other id, kind, field name, value or presence from the rest", async () => {
  const one = ship(3, { x: 1.5, on: true, name: "a" });
  const two = { id: 4, kind: "buoy", fields: { x: 1.5, on: true, name: "a" } };
  const base = [one, two];
  const others: readonly (readonly EntityState[])[] = [
    [],
    [one],
    [two],
    [{ ...one, id: 5 }, two],
    [{ ...one, id: 4 }, { ...two, id: 5 }],
    [{ ...one, id: 4 }, { ...two, id: 3 }],
    [{ ...one, kind: "shiq" }, two],
    [{ ...one, kind: "ships" }, two],
    ...[
      { x: 9007199254740993n, on: true, name: "a" },
      { x: 9007199254740995n, on: true, name: "a" },
      { x: 9007199254740992, on: true, name: "a" },
      { x: 1.5000000000000002, on: true, name: "a" },
      { x: -1.5, on: true, name: "a" },
      { x: 1.5, on: false, name: "a" },
      { x: 1.5, on: 1, name: "a" },
      { x: 1.5, on: "1", name: "a" },
      { x: "1.5", on: true, name: "a" },
      { x: 1.5, on: true, name: "A" },
      { x: 1.5, on: true, name: "a\0" },
      { x: 1.5, on: true, name: "" },
      { y: 1.5, on: true, name: "a" },
      { x: 1.5, on: true },
      { on: true, name: "a" },
      { x: 1.5, on: true, name: "a", z: 0 },
      { x: 1.5, on: true, name: "a", z: -0 },
      {},
    ].map((fields) => [ship(3, fields as FieldValues), two]),
  ];
  const sums = [base, ...others].map(async (entities) =>
    (await checksums([at(0, ...entities)]))[0]
  );
  assert.equal(new Set(await Promise.all(sums)).size, others.length + 1);
  const some = await checksums([at(0, ...base)], { selection: { ids: [3] } });
  assert.deepEqual(some, await checksums([at(0, one)]));
});

test("frameChecksums() tells two numbers whose signs both changed", async () => {
  // In every frame another pair, at every distance: only the highest bits of words differ.
  const count = 40;
  const frames = Array.from({ length: count * (count - 1) / 2 + 1 }, () => 1);
  const flips = Array.from({ length: count }, (_, a) => a)
    .flatMap((a) => Array.from({ length: a }, (_, b) => [a, b]));
  const sums = await checksums(frames.map((_, f) => {
    const names = Array.from({ length: count }, (_, i) => `f${String(i).padStart(2, "0")}`);
    const pair = flips[f - 1] ?? [];
    const fields = names.map((name, i) => [name, pair.includes(i) ? -i - 1 : i + 1]);
    return at(f, ship(1, Object.fromEntries(fields)));
  }));
  assert.equal(new Set(sums).size, frames.length);
});
