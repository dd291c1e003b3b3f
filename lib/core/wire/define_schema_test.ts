import assert from "node:assert/strict";
import { test } from "node:test";
import { ByteWriter } from "../bytes/bytes.ts";
import { defineSchema } from "./define_schema.ts";
import { Snapshot } from "../state/snapshot.ts";
import type { FieldSpec, StateOf } from "./typed_states.ts";
import { Mask } from "../bytes/mask.ts";
import { FieldValueError } from "../state/field_value_error.ts";
import { SchemaError } from "../state/schema.ts";

const player = defineSchema("player", {
  alive: "bool",
  x: "f32",
  t: "f64",
  y: { type: "fixed", step: 0.01 },
  team: { type: "enum", values: ["red", "blue"] },
  ammo: { type: "u8", optional: true },
});

test("defineSchema() keeps the fields in the order of their table", () => {
  assert.equal(player.kind.name, "player");
  assert.deepEqual(player.kind.fields, [
    { name: "alive", type: "bool" },
    { name: "x", type: "f32" },
    { name: "t", type: "f64" },
    { name: "y", type: "fixed", step: 0.01 },
    { name: "team", type: "enum", values: ["red", "blue"] },
    { name: "ammo", type: "u8", optional: true },
  ]);
});

test("defineSchema().pack() lays values out as words: presence, then fields, f64 low word first", () => {
  const row = player.pack({ alive: true, x: 1.5, t: 1.5, y: -0.07, team: "blue", ammo: 9 });
  assert.deepEqual([...row], [1 << 5, 1, 0x3fc00000, 0, 0x3ff80000, -7, 1, 9]);
});

test("defineSchema().unpack() gives back what was packed, absent fields left out", () => {
  const state = { alive: false, x: -0, t: NaN, y: 0.07, team: "red" } as const;
  const back = player.unpack(player.pack(state));
  assert.deepEqual(back, state);
  assert.ok(Object.is(back.x, -0));
  assert.equal("ammo" in back, false);
});

test("defineSchema().pack() writes into the row that is given, and clears what is absent", () => {
  const row = player.pack({ alive: true, x: 1, t: 1, y: 1, team: "blue", ammo: 9 });
  const same = player.pack({ alive: false, x: 0, t: 0, y: 0, team: "red" }, row);
  assert.equal(same, row);
  assert.deepEqual([...row], [0, 0, 0, 0, 0, 0, 0, 0]);
});

test("defineSchema().pack() sends a number to the nearest that its field holds, unless told not to", () => {
  const given = { alive: true, x: 0.1, t: 0.1, y: -0.0749, team: "blue" as const, ammo: 8.5 };
  const kept = { ...given, x: 0.10000000149011612, y: -0.07, ammo: 9 };
  assert.deepEqual(player.unpack(player.pack(given)), kept);
  for (const [field, value] of [["x", 0.1], ["y", -0.0749], ["ammo", 8.5]] as const) {
    const bad = { ...kept, [field]: value };
    assert.throws(() => player.pack(bad, undefined, false), { name: "FieldValueError", field });
  }
  const world = defineSchema({ ball: { x: "i16", y: { type: "fixed", step: 0.5 } } });
  const entities = [{ id: 7, kind: "ball" as const, fields: { x: -3.7, y: 1.3 } }];
  const frame = { frame: 1, timeMs: 20, entities };
  assert.deepEqual(world.unpack(world.pack(frame)).entities[0]!.fields, { x: -4, y: 1.5 });
  assert.throws(() => world.pack(frame, undefined, false), FieldValueError);
  assert.throws(() => world.pack(frame, world.pack(frame), false), FieldValueError);
});

test("defineSchema().pack() refuses values that do not fit", () => {
  const good = { alive: true, x: 1, t: 1, y: 1, team: "red" as const };
  assert.throws(() => player.pack({ ...good, x: 1e39 }), FieldValueError);
  assert.throws(() => player.pack({ ...good, y: NaN }), FieldValueError);
  assert.throws(() => player.pack({ ...good, y: 1e9 }), FieldValueError);
  assert.throws(() => player.pack({ ...good, ammo: -0.6 }), FieldValueError);
  // @ts-expect-error green is none of the texts
  assert.throws(() => player.pack({ ...good, team: "green" }), FieldValueError);
  assert.throws(() => player.pack({ ...good, ammo: 256 }), FieldValueError);
  const { x: _, ...lacking } = good;
  assert.throws(() => player.pack(lacking as typeof good), FieldValueError);
  assert.throws(() => player.pack({ ...good, extra: 1 } as typeof good), FieldValueError);
});

test("defineSchema() takes 0 and 64 fields and refuses 65", () => {
  const table = (count: number): Record<string, FieldSpec> =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`f${i}`, "u8" as const]));
  assert.equal(defineSchema("none", {}).encoder.fieldCount, 0);
  assert.equal(defineSchema("full", table(64)).encoder.fieldCount, 64);
  assert.throws(() => defineSchema("more", table(65)), SchemaError);
});

test("defineSchema() refuses a step that is not positive and an enum without texts", () => {
  assert.throws(() => defineSchema("k", { x: { type: "fixed", step: -0.3 } }), SchemaError);
  assert.throws(() => defineSchema("k", { x: { type: "fixed" } }), SchemaError);
  assert.throws(() => defineSchema("k", { x: { type: "enum" } }), SchemaError);
});

test("defineSchema() codes differences as varints unless told to use native widths", () => {
  const sizes = (["varint", "native"] as const).map((coding) => {
    const kind = defineSchema("k", { n: "u32" }, coding);
    const out = new ByteWriter();
    const mask = new Mask().set(0);
    kind.encoder.encode(kind.pack({ n: 1001 }), kind.pack({ n: 1000 }), mask, out);
    return [...out.bytes()];
  });
  assert.deepEqual(sizes, [[1, 2], [1, 0xe9, 3, 0, 0]]);
  const kind = defineSchema("k", { n: "u32" });
  const out = new ByteWriter();
  kind.encoder.encode(kind.pack({ n: 1001 }), kind.pack({ n: 1000 }), new Mask().set(0), out);
  assert.deepEqual([...out.bytes()], [1, 2]);
});

const game = defineSchema({
  ship: { x: "i16", mode: { type: "enum", values: ["idle", "fire"] } },
  rocket: { x: "f32", owner: { type: "u8", optional: true } },
});

const FRAME = {
  frame: 7,
  timeMs: 350,
  entities: [
    { id: 1, kind: "ship", fields: { x: -5, mode: "fire" } },
    { id: 4, kind: "rocket", fields: { x: 0.5 } },
  ],
} as const;

test("defineSchema() of several kinds gives a schema in their order", () => {
  assert.deepEqual(game.schema, {
    kinds: [
      {
        name: "ship",
        fields: [
          { name: "x", type: "i16" },
          { name: "mode", type: "enum", values: ["idle", "fire"] },
        ],
      },
      {
        name: "rocket",
        fields: [{ name: "x", type: "f32" }, { name: "owner", type: "u8", optional: true }],
      },
    ],
  });
  assert.equal(game.layout.schema, game.schema);
  assert.throws(() => defineSchema({ a: { x: { type: "enum" } } }), SchemaError);
});

test("defineSchema() of several kinds packs frames into snapshots, and back", () => {
  const snapshot = game.pack(FRAME);
  assert.deepEqual([...snapshot.ids.subarray(0, snapshot.count)], [1, 4]);
  assert.deepEqual([...snapshot.words.subarray(0, 8)], [-5, 1, 0, 0, 0, 0x3f000000, 0, 0]);
  assert.deepEqual(game.unpack(snapshot), FRAME);
  const later = { ...FRAME, frame: 8, entities: [] };
  assert.equal(game.pack(later, snapshot), snapshot);
  assert.deepEqual(game.unpack(snapshot), later);
  assert.deepEqual(game.unpack(Snapshot.of(game.layout, FRAME)), FRAME);
});

test("defineSchema().pack() names the entity, and the texts that a field has", () => {
  const entities = FRAME.entities.map((entity) =>
    entity.kind === "ship" ? { ...entity, fields: { ...entity.fields, mode: "fly" } } : entity
  );
  assert.throws(() => game.pack({ ...FRAME, entities } as never), {
    name: "FieldValueError",
    entity: 1,
    field: "mode",
    message:
      'Cannot store "ship" field "mode" of entity 1: the value is "fly", expected one of the field\'s values: "idle", "fire"',
  });
  const late = { ...FRAME, timeMs: undefined as never };
  assert.throws(() => game.pack(late), /timeMs of frame \d+ is undefined, expected a number/);
});

test("defineSchema() refuses a table without fields, and a detail that there is none of", () => {
  assert.throws(
    () => defineSchema({ x: "f32" } as never),
    /kind "x": its fields are "f32".*for one kind alone say defineSchema\("name"/,
  );
  assert.throws(
    () => defineSchema({ ship: { x: { type: "u8", optionnal: true } as never } }),
    /kind "ship", field "x": there is no optionnal, only type, step, values, optional/,
  );
});

test("defineSchema() knows the types of states", () => {
  type Ship = StateOf<{ x: "i16"; mode: { type: "enum"; values: readonly ["idle", "fire"] } }>;
  const ship = { x: 1, mode: "idle" } satisfies Ship;
  // @ts-expect-error no such text
  ({ x: 1, mode: "fly" }) satisfies Ship;
  // @ts-expect-error a field is missing
  ({ x: 1 }) satisfies Ship;
  const [first] = game.unpack(game.pack(FRAME)).entities;
  assert.ok(first?.kind === "ship");
  first.fields.mode satisfies "idle" | "fire";
  // @ts-expect-error ships have no owner
  assert.equal(first.fields.owner, undefined);
  // @ts-expect-error no such kind
  assert.throws(() => game.pack({ ...FRAME, entities: [{ id: 1, kind: "crate", fields: ship }] }));
  const rocket = { id: 1, kind: "rocket", fields: ship } as const;
  // @ts-expect-error a rocket has no mode
  rocket.fields satisfies { x: number; mode?: never };
  assert.throws(() => game.pack({ ...FRAME, entities: [rocket] }), FieldValueError);
  const texts: readonly string[] = ["a", "b"];
  const loose = defineSchema("k", { t: { type: "enum", values: texts } });
  loose.unpack(loose.pack({ t: "b" })).t satisfies string;
});
