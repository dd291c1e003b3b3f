import assert from "node:assert/strict";
import { test } from "node:test";
import type { Field, FieldType, Schema } from "../../core/state/schema.ts";
import { fieldColumns, valueIn } from "./field_columns.ts";

function field(name: string, type: FieldType): Field {
  if (type === "fixed") return { name, type, step: 0.01 };
  return type === "enum" ? { name, type, values: ["a"] } : { name, type };
}

function schema(kinds: Readonly<Record<string, Readonly<Record<string, FieldType>>>>): Schema {
  return {
    kinds: Object.entries(kinds).map(([name, fields]) => ({
      name,
      fields: Object.entries(fields).map(([field_, type]) => field(field_, type)),
    })),
  };
}

function columnsOf(kinds: Parameters<typeof schema>[0]): string[] {
  return fieldColumns(schema(kinds)).map(({ name, type, kinds }) =>
    `${name} ${type} ${[...kinds].join("+")}`
  );
}

test("fieldColumns() gives each field type one that holds its values", () => {
  const types = ["bool", "u8", "i8", "u16", "i16", "u32", "i32", "fixed", "f32", "f64"] as const;
  const fields = Object.fromEntries([...types, "enum", "text"].map((type) => [type, type]));
  assert.deepEqual(columnsOf({ k: fields as Record<string, FieldType> }), [
    "bool BOOLEAN k",
    "u8 INT32 k",
    "i8 INT32 k",
    "u16 INT32 k",
    "i16 INT32 k",
    "u32 INT64 k",
    "i32 INT32 k",
    "fixed DOUBLE k",
    "f32 DOUBLE k",
    "f64 DOUBLE k",
    "enum TEXT k",
    "text TEXT k",
  ]);
});

test("fieldColumns() shares a column between kinds of one sort, by the widest type", () => {
  assert.deepEqual(
    columnsOf({
      a: { n: "u8", m: "u32", s: "enum", b: "bool" },
      b: { n: "i32", m: "i8", s: "text", b: "bool" },
      c: { n: "u32", m: "f32" },
    }),
    ["n INT64 a+b+c", "m DOUBLE a+b+c", "s TEXT a+b", "b BOOLEAN a+b"],
  );
});

test("fieldColumns() gives kinds that differ in a field's sort a column each", () => {
  assert.deepEqual(
    columnsOf({
      door: { open: "bool", x: "f32" },
      shop: { open: "text", x: "u8" },
      hole: { open: "bool" },
    }),
    [
      "door.open BOOLEAN door",
      "shop.open TEXT shop",
      "hole.open BOOLEAN hole",
      "x DOUBLE door+shop",
    ],
  );
});

test("fieldColumns() numbers names that are taken, also by case alone", () => {
  assert.deepEqual(columnsOf({ k: { f: "u8", ID: "u8", x: "f32", X: "f32", f_2: "u8" } }), [
    "f_3 INT32 k",
    "ID_2 INT32 k",
    "x DOUBLE k",
    "X_2 DOUBLE k",
    "f_2 INT32 k",
  ]);
  assert.deepEqual(columnsOf({ a: { x: "u8" }, b: { x: "text" }, c: { "a.x": "bool" } }), [
    "a.x INT32 a",
    "b.x TEXT b",
    "a.x_2 BOOLEAN c",
  ]);
});

test("fieldColumns() refuses more columns than programs take", () => {
  const kind = (k: number) => ({
    name: `k${k}`,
    fields: Array.from({ length: 64 }, (_, i) => field(`f${k}_${i}`, "u8")),
  });
  const kinds = Array.from({ length: 65 }, (_, k) => kind(k));
  assert.equal(fieldColumns({ kinds: kinds.slice(1) }).length, 4096);
  assert.throws(() => fieldColumns({ kinds }), /would have 4160 columns, at most 4096 .* kinds/);
});

test("valueIn() finds a field of the column's kinds alone", () => {
  // As a name, it is what every object has already.
  const [column] = fieldColumns(
    schema({ a: { constructor: "u8" as never }, b: { constructor: "text" as never } }),
  );
  const fields = { constructor: 3 };
  assert.equal(valueIn(column!, { id: 1, kind: "a", fields }), 3);
  assert.equal(valueIn(column!, { id: 1, kind: "a", fields: {} }), undefined);
  assert.equal(valueIn(column!, { id: 1, kind: "b", fields }), undefined);
});
