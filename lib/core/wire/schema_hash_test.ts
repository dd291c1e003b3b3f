import assert from "node:assert/strict";
import { test } from "node:test";
import { defineSchema } from "./define_schema.ts";
import { RowEncoder } from "./row_encoder.ts";
import { RowLayout } from "../state/row_layout.ts";
import type { Field, Kind } from "../state/schema.ts";
import { schemaHash } from "./schema_hash.ts";
import { Snapshot } from "../state/snapshot.ts";
import { SnapshotLayout } from "../state/snapshot_layout.ts";
import { WorldCodec } from "./world_codec.ts";
import { WorldReader } from "./world_reader.ts";
import { WorldTracker } from "../tracker/world_tracker.ts";

const SHIP: Kind = {
  name: "ship",
  fields: [
    { name: "x", type: "fixed", step: 0.125 },
    { name: "mode", type: "enum", values: ["fly", "bööm"] },
    { name: "hp", type: "u8", optional: true },
  ],
};
const SHIP_TEXT =
  '["varint",[["ship",[["x","fixed",0.125,null,false],["mode","enum",null,["fly","bööm"],false],["hp","u8",null,null,true]]]]]';

/** FNV-1a of 32 bits by its description, over UTF-16 units as two bytes each. */
function fnv(text: string): number {
  let hash = 0x811c9dc5n;
  for (const unit of Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))) {
    for (const byte of [unit % 256, Math.floor(unit / 256)]) {
      hash = ((hash ^ BigInt(byte)) * 0x01000193n) % 2n ** 32n;
    }
  }
  return Number(hash);
}

test("schemaHash() is FNV-1a over the JSON of the coding and the tables", () => {
  // Values of another program.
  assert.equal(schemaHash([], "raw"), 0xf9323c95);
  assert.equal(schemaHash([{ name: "", fields: [] }], "mask"), 0x46974e01);
  assert.equal(schemaHash([SHIP], "varint"), 0x8e47660c);
  assert.equal(schemaHash([], "raw"), fnv('["raw",[]]'));
  assert.equal(schemaHash([{ name: "", fields: [] }], "mask"), fnv('["mask",[["",[]]]]'));
  assert.equal(schemaHash([SHIP], "varint"), fnv(SHIP_TEXT));
});

test("schemaHash() changes with whatever changes the meaning of bytes", () => {
  const [x, mode, hp] = SHIP.fields as [Field, Field, Field];
  const other: Kind = { name: "rock", fields: [{ name: "x", type: "u8" }] };
  const ship = (...fields: Field[]): Kind => ({ name: "ship", fields });
  const schemas: [readonly Kind[], string][] = [
    [[SHIP], "varint"],
    [[SHIP], "mask"],
    [[SHIP], "raw"],
    [[SHIP], "native"],
    [[{ ...SHIP, name: "shio" }], "varint"],
    [[SHIP, other], "varint"],
    [[other, SHIP], "varint"],
    [[ship(mode, x, hp)], "varint"],
    [[ship(x, mode)], "varint"],
    [[ship({ ...x, name: "y" }, mode, hp)], "varint"],
    [[ship({ ...x, step: 0.25 }, mode, hp)], "varint"],
    [[ship({ name: "x", type: "f32" }, mode, hp)], "varint"],
    [[ship({ name: "x", type: "i32" }, mode, hp)], "varint"],
    [[ship(x, { ...mode, values: ["bööm", "fly"] }, hp)], "varint"],
    [[ship(x, { ...mode, values: ["fly"] }, hp)], "varint"],
    [[ship(x, { ...mode, values: ["fly,bööm"] }, hp)], "varint"],
    [[ship(x, mode, { name: "hp", type: "u8" })], "varint"],
    [[ship({ ...x, optional: true }, mode, hp)], "varint"],
    // The same names, cut elsewhere.
    [[{ name: "a", fields: [] }, { name: "b", fields: [] }], "varint"],
    [[{ name: "ab", fields: [] }], "varint"],
    [[], "varint"],
  ];
  const hashes = new Set(schemas.map(([kinds, coding]) => schemaHash(kinds, coding)));
  assert.equal(hashes.size, schemas.length);
});

test("schemaHash() does not depend on how a field is spelt, or on what means nothing", () => {
  const fields = [
    { step: 0.125, type: "fixed", name: "x", optional: false },
    { values: ["fly", "bööm"], name: "mode", type: "enum" },
    { optional: true, type: "u8", name: "hp", step: undefined, values: undefined },
  ] as unknown as Field[];
  const spelt = { fields, name: "ship", comment: "" };
  assert.equal(schemaHash([spelt], "varint"), fnv(SHIP_TEXT));
});

test("schemaHash() is what encoders, readers and trackers go by", () => {
  const layout = new SnapshotLayout({ kinds: [SHIP] });
  const hash = fnv(SHIP_TEXT);
  assert.equal(new WorldCodec(layout, "varint").schemaHash, hash);
  assert.equal(new WorldReader(layout, "varint").schemaHash, hash);
  assert.notEqual(new WorldReader(layout, "mask").schemaHash, hash);
  assert.equal(new RowEncoder(new RowLayout(SHIP), "varint").schemaHash, hash);
  const native = defineSchema("ship", { hp: "u8" }, "native").encoder.schemaHash;
  assert.equal(native, fnv('["native",[["ship",[["hp","u8",null,null,false]]]]]'));

  const tracker = new WorldTracker<string>(layout, "varint");
  tracker.begin(Snapshot.of(layout, { frame: 7, timeMs: 0, entities: [] }));
  const bytes = tracker.append("a");
  // Form 5: with hash and tables; frame; hash, little-endian.
  assert.deepEqual([...bytes.subarray(0, 9)], [5, 7, 0, 0, 0, 0x0c, 0x66, 0x47, 0x8e]);
});
