import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { ByteReader } from "../bytes/bytes.ts";
import { PacketBreakdown, PARTS_BEFORE_FIELDS } from "./packet_breakdown.ts";
import { PacketHeader } from "./packet_header.ts";
import type { Kind } from "../state/schema.ts";
import { Snapshot } from "../state/snapshot.ts";
import { SnapshotLayout } from "../state/snapshot_layout.ts";
import type { EntityState } from "../state/state.ts";
import { bodyRecords, KINDS, leb, type ModelRecord, worldPairs } from "./wire_model_test_helper.ts";
import { CODEC_NAMES, type CodecName } from "./world_codec.ts";
import { WorldReader } from "./world_reader.ts";

/** What a reader counts in a body, as plain objects; `isReused` where it reads into old memory. */
function counter(kinds: readonly Kind[], codec: CodecName, isReused = false) {
  const layout = new SnapshotLayout({ kinds });
  const reader = new WorldReader(layout, codec);
  const breakdown = reader.breakdown = new PacketBreakdown(reader.codec);
  const snapshot = (entities: readonly EntityState[]) =>
    Snapshot.of(layout, { frame: 0, timeMs: 0, entities });
  return (header: Partial<PacketHeader>, body: readonly number[], base: readonly EntityState[]) => {
    const input = new ByteReader(Uint8Array.from(body));
    const held = snapshot(base);
    const reuse = isReused ? snapshot(base.slice(1)) : undefined;
    reader.read(Object.assign(new PacketHeader(), header), input, held, held, reuse);
    const { bits, sends, recordBits, recordKinds } = breakdown;
    const { count, ids, types, los, his } = breakdown.records;
    return {
      entities: bits[0]!,
      masks: bits[1]!,
      tables: bits[2]!,
      fields: [...bits.subarray(PARTS_BEFORE_FIELDS)],
      sends: [...sends],
      sum: breakdown.sum,
      records: Array.from({ length: count }, (_, i) => [
        ids[i]!,
        types[i]!,
        BigInt(los[i]! >>> 0) | (BigInt(his[i]! >>> 0) << 32n),
        recordKinds[i]!,
        recordBits[i]!,
      ]),
    };
  };
}

/** The same by the format's description; a despawned entity has the kind of `before`, if any. */
function model(
  kinds: readonly Kind[],
  records: readonly ModelRecord[],
  tableBytes: number,
  before: readonly EntityState[] = [],
) {
  const kindBefore = (id: number) => {
    const held = before.find((entity) => entity.id === id);
    return held === undefined ? 0xffff : kinds.findIndex(({ name }) => name === held.kind);
  };
  const places = kinds.map((_, i) =>
    kinds.slice(0, i).reduce((sum, { fields }) => sum + fields.length, 0)
  );
  const count = kinds.reduce((sum, { fields }) => sum + fields.length, 0);
  const fields = new Array<number>(count).fill(0);
  const sends = new Array<number>(count).fill(0);
  const parts = { entities: 0, masks: 0, tables: tableBytes * 8 };
  for (const { kind, head, mask, fields: sent } of records) {
    parts.entities += head.length * 8;
    parts.masks += mask.length * 8;
    for (const [index, bytes] of sent) {
      fields[places[kind]! + index]! += bytes.length * 8;
      sends[places[kind]! + index]!++;
    }
  }
  const sum = fields.reduce((sum, bits) => sum + bits, 0);
  return {
    ...parts,
    fields,
    sends,
    sum: sum + parts.entities + parts.masks + parts.tables,
    records: records.map(({ id, type, kind, head, mask, fields }) => [
      id,
      type,
      fields.reduce((mask, [index]) => mask | (1n << BigInt(index)), 0n),
      kind < 0 ? kindBefore(id) : kind,
      8 * fields.reduce((sum, [, bytes]) => sum + bytes.length, head.length + mask.length),
    ]),
  };
}

/** Tables of texts by their description. */
function tablesOf(kinds: readonly Kind[]): number[] {
  return kinds.flatMap(({ fields }) =>
    fields.flatMap(({ type, values }) =>
      type !== "enum" ? [] : [
        ...leb(values!.length),
        ...values!.flatMap((text) => {
          const bytes = new TextEncoder().encode(text);
          return [...leb(bytes.length), ...bytes];
        }),
      ]
    )
  );
}

const bytesOf = (records: readonly ModelRecord[]) =>
  records.flatMap(({ head, mask, fields }) => [...head, ...mask, ...fields.flatMap(([, b]) => b)]);

describe("PacketBreakdown", () => {
  test("counts a packet written by hand", () => {
    const kinds: Kind[] = [
      { name: "door", fields: [{ name: "is", type: "enum", values: ["a", "bc"] }] },
      {
        name: "ship",
        fields: [{ name: "x", type: "i32" }, { name: "n", type: "text", optional: true }],
      },
    ];
    const count = counter(kinds, "varint");
    const base: EntityState[] = [
      { id: 2, kind: "ship", fields: { x: 1 } },
      { id: 3, kind: "door", fields: { is: "a" } },
    ];
    // Ship 2: x to 300, which is 299 more, and n "é"; door 3 goes; door 700 comes as "bc".
    const update = [2 * 4, 0b11, 0xd6, 4, 1, 2, 0xc3, 0xa9];
    const spawn = [0xe1, 0x15, 0, 2];
    assert.deepEqual(count({ form: "delta" }, [...update, 2, ...spawn], base), {
      entities: 8 + 8 + 24,
      masks: 8,
      tables: 0,
      fields: [8, 16, 32],
      sends: [1, 1, 1],
      sum: 13 * 8,
      // Id and mask of a byte each, 2 bytes of x, 4 of n; an id; 2 bytes of id, kind, text.
      records: [[2, 0, 0b11n, 1, 64], [3, 2, 0n, 0, 8], [700, 1, 0b1n, 0, 32]],
    });
    // 2 texts: "a", "bc"; door 0 spawns.
    const tables = [2, 1, 0x61, 2, 0x62, 0x63];
    assert.deepEqual(count({ hasTables: true }, [...tables, 1, 0, 2], []), {
      entities: 16,
      masks: 0,
      tables: 48,
      fields: [8, 0, 0],
      sends: [1, 0, 0],
      sum: 9 * 8,
      records: [[0, 1, 0b1n, 0, 24]],
    });
  });

  test("agrees with the format's description for every form and codec", () => {
    const tables = tablesOf(KINDS);
    const counters = CODEC_NAMES.flatMap((name) =>
      [false, true].map((isReused) => [name, counter(KINDS, name, isReused)] as const)
    );
    const form = fc.constantFrom("keyframe", "delta", "patch", "partial");
    const codec = fc.constantFrom(...counters);
    fc.assert(fc.property(worldPairs, form, codec, fc.boolean(), (worlds, form, codec, coin) => {
      const [before, after] = worlds;
      const [name, count] = codec;
      if (name === "raw" && form === "partial") return;
      const omitted = new Set(after.filter((_, i) => i % 3 === 1).map(({ id }) => id));
      const parts = form === "partial" ? { omitted } : {};
      const records = bodyRecords(KINDS, name, form, after, before, parts);
      const hasTables = form === "keyframe" && coin;
      const body = [...(hasTables ? tables : []), ...bytesOf(records)];
      const expected = model(KINDS, records, hasTables ? tables.length : 0, before);
      const counted = count({ form, hasTables }, body, before);
      assert.deepEqual(counted, expected);
      assert.equal(expected.sum, body.length * 8);
      const recordBits = counted.records.reduce((sum, record) => sum + (record[4] as number), 0);
      assert.equal(recordBits, counted.sum - counted.tables);
    }));
  });

  test("does not know the kind of what goes where the state lacks it", () => {
    const count = counter(KINDS, "varint");
    const gone = bodyRecords(KINDS, "varint", "patch", [], [{ id: 40, kind: "mark", fields: {} }]);
    const { records } = count({ form: "patch" }, bytesOf(gone), []);
    // (40 - -1 - 1) * 4 + 2 = 162 takes two bytes.
    assert.deepEqual(records, [[40, 2, 0n, 0xffff, 16]]);
  });

  test("counts nothing of the packet before", () => {
    const count = counter(KINDS, "mask");
    const base: EntityState[] = [{ id: 1, kind: "mark", fields: {} }];
    const whole = bodyRecords(KINDS, "mask", "keyframe", base, []);
    count({ hasTables: true }, [...tablesOf(KINDS), ...bytesOf(whole)], []);
    assert.deepEqual(count({ form: "delta" }, [], base), model(KINDS, [], 0));
  });
});
