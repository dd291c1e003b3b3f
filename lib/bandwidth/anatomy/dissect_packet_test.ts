import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Snapshot } from "../../core/state/snapshot.ts";
import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { EntityState } from "../../core/state/state.ts";
import { WorldCodec } from "../../core/wire/world_codec.ts";
import { dissectPacket } from "./dissect_packet.ts";

const LAYOUT = new SnapshotLayout({
  kinds: [
    {
      name: "ship",
      fields: [
        { name: "x", type: "i16" },
        { name: "hp", type: "u8", optional: true },
        { name: "call", type: "text" },
      ],
    },
    {
      name: "gate",
      fields: [
        { name: "t", type: "f64" },
        { name: "key", type: "u64" },
        { name: "is", type: "enum", values: ["shut", "open"] },
      ],
    },
  ],
});

const SHIP: EntityState = { id: 3, kind: "ship", fields: { x: -2, call: "a" } };
const GATE: EntityState = { id: 40, kind: "gate", fields: { t: 0.5, key: 2n ** 60n, is: "open" } };
const HELD = Snapshot.of(LAYOUT, { frame: 9, timeMs: 0, entities: [SHIP, GATE] });

/** Takes apart bytes by hand. */
function dissect(
  name: "raw" | "mask" | "varint",
  bytes: readonly number[],
  held?: Snapshot,
  idOf: (entity: number) => string | number = (entity) => entity,
) {
  return dissectPacket(Uint8Array.from(bytes), new WorldCodec(LAYOUT, name), held, idOf);
}

/** `0.5` as its eight bytes, and 2^60 likewise. */
const HALF = [0, 0, 0, 0, 0, 0, 0xe0, 0x3f], BIG = [0, 0, 0, 0, 0, 0, 0, 0x10];

describe("dissectPacket() of bytes by hand", () => {
  test("a keyframe with tables and hash: every field spawns, from nothing", () => {
    const { header, records } = dissect("mask", [
      ...[5, 12, 0, 0, 0, 0xef, 0xbe, 0xad, 0xde], // keyframe with hash and tables, frame 12
      ...[2, 4, ...bytesOf("shut"), 4, ...bytesOf("open")],
      ...[3 * 4 + 1, 0, 0xfe, 0xff, 0, 2, 0xc3, 0xa4], // ship 3: x -2, no hp, "ä"
      ...[0x91, 0x01, 1, ...HALF, ...BIG, 1], // gate 40: (40 - 3 - 1) * 4 + 1 = 145
    ], HELD);
    assert.deepEqual(header, [
      { part: "form", bits: 8, value: "keyframe" },
      { part: "frame", bits: 32, value: 12 },
      { part: "schemaHash", bits: 32, value: "0xdeadbeef" },
      { part: "tables", bits: 88 },
    ]);
    assert.deepEqual(records, [
      {
        id: 3,
        kind: "ship",
        type: "spawn",
        bits: 64,
        entityBits: 16,
        kindBits: 8,
        maskBits: 0,
        fields: [
          { field: "x", bits: 16, from: null, to: -2 },
          { field: "hp", bits: 8, from: null, to: null },
          { field: "call", bits: 24, from: null, to: "ä" },
        ],
      },
      {
        id: 40,
        kind: "gate",
        type: "spawn",
        bits: 160,
        entityBits: 24,
        kindBits: 8,
        maskBits: 0,
        fields: [
          { field: "t", bits: 64, from: null, to: 0.5 },
          { field: "key", bits: 64, from: null, to: 2n ** 60n },
          { field: "is", bits: 8, from: null, to: "open" },
        ],
      },
    ]);
  });

  test("a delta in varint: steps from the baseline's words, a despawn of its kind, a far baseline", () => {
    const { header, records } = dissect("varint", [
      ...[1, 200, 1, 0, 0, 0xbf, 3], // delta of frame 456, 447 back: frame 9
      ...[3 * 4, 0b011, 3, 1, 14], // ship 3: x by -2 to -4, hp present, 7
      ...[0x92, 0x01], // gate 40 is gone
    ], HELD);
    assert.deepEqual(header, [
      { part: "form", bits: 8, value: "delta" },
      { part: "frame", bits: 32, value: 456 },
      { part: "baselineDistance", bits: 16, value: 447 },
    ]);
    assert.deepEqual(records, [
      {
        id: 3,
        kind: "ship",
        type: "update",
        bits: 40,
        entityBits: 8,
        maskBits: 8,
        fields: [
          { field: "x", bits: 8, from: -2, to: -4 },
          { field: "hp", bits: 16, from: null, to: 7 },
        ],
      },
      {
        id: 40,
        kind: "gate",
        type: "despawn",
        bits: 16,
        entityBits: 16,
        maskBits: 0,
        fields: [],
      },
    ]);
  });

  test("a delta in varint of 64 bits: two steps, low word and high", () => {
    const { records } = dissect("varint", [
      ...[1, 10, 0, 0, 0, 1],
      ...[0xa0, 0x01, 0b011], // gate 40: 40 * 4 = 160
      ...[2, 0x80, 0x80, 0x80, 0x01], // t: low word by 1, high by 2^20: 0x3ff00000, so 1 and a bit
      ...[1, 0], // key: low word by -1
    ], HELD);
    assert.deepEqual(records[0]!.fields, [
      { field: "t", bits: 40, from: 0.5, to: 1 + 2 ** -52 },
      { field: "key", bits: 16, from: 2n ** 60n, to: 2n ** 60n + 0xffffffffn },
    ]);
  });

  test("a partial delta: an update, and a spawn that undoes what is on its way", () => {
    const { header, records } = dissect("mask", [
      ...[6, 10, 0, 0, 0, 1],
      ...[3 * 4 + 1, 0, 5, 0, 1, 9, 0], // ship 3 whole: x 5, hp 9, ""
      ...[0x90, 0x01, 0b100, 0], // gate 40: is shut
    ], HELD);
    assert.equal(header[0]!.value, "partial");
    assert.deepEqual(
      records.map(({ type, bits, maskBits, fields }) => [
        type,
        bits,
        maskBits,
        ...fields.map(({ field, from, to }) => [field, from, to]),
      ]),
      [
        ["spawn", 56, 0, ["x", -2, 5], ["hp", null, 9], ["call", "a", ""]],
        ["update", 32, 8, ["is", "open", "shut"]],
      ],
    );
  });

  test("a patch: values that stand alone, of what the far end may lack, ids as the game spells them", () => {
    const { header, records } = dissect(
      "varint",
      [
        ...[2, 10, 0, 0, 0],
        ...[3 * 4, 0, 0b001, 7], // ship 3: x -4
        ...[0, 1, 0b100, 0], // gate 4, unknown: is shut, zigzag 0
        ...[2], // 5, unknown, is gone
      ],
      HELD,
      (entity) => `#${entity}`,
    );
    assert.deepEqual(header, [
      { part: "form", bits: 8, value: "patch" },
      { part: "frame", bits: 32, value: 10 },
    ]);
    assert.deepEqual(records, [
      {
        id: "#3",
        kind: "ship",
        type: "update",
        bits: 32,
        entityBits: 16,
        kindBits: 8,
        maskBits: 8,
        fields: [{ field: "x", bits: 8, from: -2, to: -4 }],
      },
      {
        id: "#4",
        kind: "gate",
        type: "update",
        bits: 32,
        entityBits: 16,
        kindBits: 8,
        maskBits: 8,
        fields: [{ field: "is", bits: 8, from: null, to: "shut" }],
      },
      { id: "#5", kind: null, type: "despawn", bits: 8, entityBits: 8, maskBits: 0, fields: [] },
    ]);
  });

  test("the codec raw: every field spawns, beside what the baseline holds, of the same kind only", () => {
    const { records } = dissect("raw", [
      ...[1, 10, 0, 0, 0, 1],
      ...[3 * 4 + 1, 0, 0xfe, 0xff, 0, 0], // ship 3: x -2 still, no hp, ""
      ...[0x91, 0x01, 0, 1, 0, 0, 0], // 40 is a ship by now
    ], HELD);
    assert.deepEqual(
      records.map(({ kind, bits, fields }) => [
        kind,
        bits,
        ...fields.map(({ field, from, to }) => [field, from, to]),
      ]),
      [
        ["ship", 48, ["x", -2, -2], ["hp", null, null], ["call", "a", ""]],
        ["ship", 56, ["x", null, 1], ["hp", null, null], ["call", null, ""]],
      ],
    );
  });

  test("bytes that no writer writes are refused", () => {
    const refused: readonly (readonly number[])[] = [
      [1, 10, 0, 0, 0, 1, 4, 1, 0], // an update of entity 1, which the baseline lacks
      [0, 10, 0, 0, 0, 1, 2], // a kind that is none
      [0, 10, 0, 0, 0, 1, 0, 1], // cut
      [9, 10, 0, 0, 0], // a form that is none
    ];
    for (const bytes of refused) assert.throws(() => dissect("mask", bytes, HELD), SyntaxError);
  });
});

function bytesOf(text: string): number[] {
  return [...new TextEncoder().encode(text)];
}
