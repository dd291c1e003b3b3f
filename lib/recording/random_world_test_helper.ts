import fc from "fast-check";
import { float32FromBits, float64FromBits } from "../core/bytes/bits.ts";
import type { Field, FieldType, FieldValue, Schema } from "../core/state/schema.ts";
import type { EntityState, StateFrame } from "../core/state/state.ts";

const optional = { optional: true } as const;

/** A schema of every field type, with and without optional fields, and a kind without fields. */
export const WORLD_SCHEMA: Schema = {
  kinds: [
    {
      name: "all",
      fields: [
        { name: "bool", type: "bool" },
        { name: "u8", type: "u8" },
        { name: "i8", type: "i8" },
        { name: "u16", type: "u16" },
        { name: "i16", type: "i16" },
        { name: "u32", type: "u32" },
        { name: "i32", type: "i32" },
        { name: "fixed", type: "fixed", step: 0.01 },
        { name: "tile", type: "fixed", step: 4 },
        { name: "lean", type: "fixed", step: 0.3 },
        { name: "turn", type: "fixed", step: 1 / 3 },
        { name: "f32", type: "f32" },
        { name: "f64", type: "f64" },
        { name: "u64", type: "u64" },
        { name: "enum", type: "enum", values: ["rl", "lg", "", "é\u0000😀"] },
      ],
    },
    {
      name: "some",
      fields: [
        { name: "x", type: "f64", ...optional },
        { name: "n", type: "u32" },
        { name: "text", type: "enum", values: ["a", "b"], ...optional },
        { name: "name", type: "text", ...optional },
        { name: "account", type: "u64", ...optional },
        { name: "__proto__", type: "i8", ...optional },
      ],
    },
    {
      name: "wide",
      fields: Array.from({ length: 40 }, (_, i) => ({
        name: `w${i}`,
        type: "i32" as const,
        ...(i % 3 === 0 ? optional : {}),
      })),
    },
    { name: "mark", fields: [] },
  ],
};

const special64 = [0, -0, NaN, Infinity, -Infinity, 5e-324, 0.1, -0.1, 2 ** 53 + 2];
const f64 = fc.oneof(
  fc.double(),
  fc.constantFrom(...special64),
  fc.tuple(fc.integer(), fc.integer()).map(([low, high]) => float64FromBits(low, high)),
);
const integer = (min: number, max: number) =>
  fc.oneof(fc.integer({ min, max }), fc.constantFrom(min, max));

const values: { readonly [type in FieldType]: (field: Field) => fc.Arbitrary<FieldValue> } = {
  bool: () => fc.boolean(),
  u8: () => integer(0, 0xff),
  i8: () => integer(-0x80, 0x7f),
  u16: () => integer(0, 0xffff),
  i16: () => integer(-0x8000, 0x7fff),
  u32: () => integer(0, 0xffffffff),
  i32: () => integer(-0x80000000, 0x7fffffff),
  fixed: ({ step }) => {
    const valueOf = step === 0.01
      ? (k: number) => k / 100
      : step === 1 / 3
      ? (k: number) => k / 3
      : (k: number) => k * step! + 0;
    return integer(-0x7fffffff, 0x7fffffff).map(valueOf);
  },
  f32: () => fc.oneof(fc.float(), fc.integer().map(float32FromBits)),
  f64: () => f64,
  u64: () =>
    fc.oneof(
      fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
      fc.constantFrom(0n, 2n ** 32n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 64n - 1n),
    ),
  enum: (field) => fc.constantFrom(...field.values!),
  text: () => fc.oneof(fc.constantFrom("", "ada", "\ud83d"), fc.string({ unit: "binary" })),
};

const fieldsOf = WORLD_SCHEMA.kinds.map((kind) =>
  fc.tuple(
    ...kind.fields.map((field) => {
      const value = values[field.type](field);
      return field.optional ? fc.option(value, { nil: undefined }) : value;
    }),
  )
);

const entity: fc.Arbitrary<EntityState> = fc.nat(WORLD_SCHEMA.kinds.length - 1).chain((k) =>
  fc.record({ id: fc.constantFrom(0, 1, 2, 7, 0xffffffff), values: fieldsOf[k]! }).map((row) => {
    const { name, fields } = WORLD_SCHEMA.kinds[k]!;
    const members = fields.map((field, i) => [field.name, row.values[i]] as const);
    const present = members.filter((member) => member[1] !== undefined);
    return { id: row.id, kind: name, fields: Object.fromEntries(present) as EntityState["fields"] };
  })
);

interface Step {
  readonly skip: number;
  readonly ms: number;
  readonly changes: readonly EntityState[];
  readonly gone: readonly number[];
}

const step: fc.Arbitrary<Step> = fc.record({
  skip: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 3 }), fc.constant(1_000_000)),
  ms: fc.oneof(
    fc.constantFrom(0, 13, 16, 16.7, 1000 / 60, 400),
    fc.double({ min: -50, max: 2000, noNaN: true }),
  ),
  changes: fc.array(entity, { maxLength: 4 }),
  gone: fc.array(fc.constantFrom(0, 1, 2, 7), { maxLength: 2 }),
});

/**
 * Worlds whose entities come, change, rest, go and return as other kinds, over frames with gaps
 * and times of every sort; starts near 2^32 are among them.
 */
export const randomWorld: fc.Arbitrary<StateFrame[]> = fc.record({
  firstFrame: fc.oneof(fc.constantFrom(0, 0xfffffff0), fc.integer({ min: 0, max: 0xffffffff })),
  startMs: fc.oneof(
    fc.constantFrom(0, -0, -1e9),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  ),
  steps: fc.array(step, { maxLength: 25 }),
}).map(({ firstFrame, startMs, steps }) => {
  const alive = new Map<number, EntityState>();
  let frame = firstFrame;
  let timeMs = startMs;
  return steps.map(({ skip, ms, changes, gone }, i) => {
    if (i > 0) {
      frame = (frame + skip) >>> 0;
      const next = timeMs + ms;
      timeMs = Number.isFinite(next) ? next : timeMs;
    }
    for (const id of gone) alive.delete(id);
    for (const state of changes) alive.set(state.id, state);
    return { frame, timeMs, entities: [...alive.values()].sort((a, b) => a.id - b.id) };
  });
});
