import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { ByteReader, ByteSyntaxError, ByteWriter } from "./bytes.ts";
import { BLANK_ROW, FieldCoder, type FieldCoding } from "./field_coder.ts";
import { RowLayout } from "./row_layout.ts";
import type { Field, FieldValue } from "./schema.ts";
import { fieldBytes, KINDS } from "./wire_model_test.ts";

type Table = Omit<Field, "name">;

function bench(table: Table, coding: FieldCoding) {
  const layout = new RowLayout({ name: "k", fields: [{ ...table, name: "v" }] });
  const coder = new FieldCoder(layout, coding);
  const row = (value: FieldValue | undefined) => {
    const words = new Int32Array(layout.stride);
    layout.set(words, 0, 0, value);
    return words;
  };
  return {
    /** Bytes of a value, against a baseline when one is given. */
    write(value: FieldValue | undefined, ...base: [FieldValue | undefined] | []): number[] {
      const out = new ByteWriter();
      const baseRow = base.length > 0 ? row(base[0]) : BLANK_ROW;
      coder.write(0, row(value), 0, baseRow, 0, base.length > 0, out);
      return [...out.bytes()];
    },
    /** Value in the bytes; what follows the field is left. */
    read(bytes: readonly number[], ...base: [FieldValue | undefined] | []): FieldValue | undefined {
      const input = new ByteReader(Uint8Array.from(bytes));
      const words = base.length > 0 ? row(base[0]) : new Int32Array(layout.stride);
      const baseRow = base.length > 0 ? row(base[0]) : BLANK_ROW;
      coder.read(0, words, 0, baseRow, 0, base.length > 0, input);
      assert.equal(input.remaining, 0, "the field was not read to its end");
      return layout.get(words, 0, 0);
    },
  };
}

/** Type, value, bytes at native width. 1.5 is 0x3fc00000 and 0x3ff80000_00000000. */
const NATIVE: readonly [Table, FieldValue | undefined, number[]][] = [
  [{ type: "bool" }, true, [1]],
  [{ type: "bool" }, false, [0]],
  [{ type: "u8" }, 200, [0xc8]],
  [{ type: "i8" }, -2, [0xfe]],
  [{ type: "u16" }, 0x1234, [0x34, 0x12]],
  [{ type: "i16" }, -2, [0xfe, 0xff]],
  [{ type: "u32" }, 0xfedcba98, [0x98, 0xba, 0xdc, 0xfe]],
  [{ type: "i32" }, -3, [0xfd, 0xff, 0xff, 0xff]],
  [{ type: "fixed", step: 0.125 }, -3.5, [0xe4, 0xff, 0xff, 0xff]],
  [{ type: "fixed", step: 0.01 }, 2.58, [0x02, 0x01, 0, 0]],
  [{ type: "f32" }, 1.5, [0, 0, 0xc0, 0x3f]],
  [{ type: "f32" }, -0, [0, 0, 0, 0x80]],
  [{ type: "f64" }, 1.5, [0, 0, 0, 0, 0, 0, 0xf8, 0x3f]],
  [{ type: "enum", values: ["a", "b"] }, "b", [1]],
  [{ type: "enum", values: Array.from({ length: 257 }, (_, i) => `${i}`) }, "256", [0, 1]],
  [{ type: "u8", optional: true }, 7, [1, 7]],
  [{ type: "u8", optional: true }, undefined, [0]],
  [{ type: "f64", optional: true }, undefined, [0]],
];

/** Type, baseline, value, bytes of the zigzag difference of the words. */
const DELTAS: readonly [Table, FieldValue | undefined, FieldValue | undefined, number[]][] = [
  [{ type: "u8" }, 200, 199, [1]],
  [{ type: "i8" }, -2, 3, [10]],
  [{ type: "u16" }, 0, 1000, [0xd0, 0x0f]],
  [{ type: "bool" }, true, false, [1]],
  // 0 - 2^31 as a signed word is -2^31, whose zigzag is 2^32 - 1.
  [{ type: "u32" }, 0x80000000, 0, [0xff, 0xff, 0xff, 0xff, 0x0f]],
  // The difference wraps: from 2^32 - 1 to 0 is one step.
  [{ type: "u32" }, 0xffffffff, 0, [2]],
  [{ type: "i32" }, 2147483647, -2147483648, [2]],
  [{ type: "fixed", step: 0.125 }, 1, 1.25, [4]],
  // 0x3fc00000 - 0x3f800000 is 2^22, doubled 2^23: bit 2 of the fourth group.
  [{ type: "f32" }, 1, 1.5, [0x80, 0x80, 0x80, 0x04]],
  // Low words are equal; high 0x3ff80000 - 0x3ff00000 is 2^19, doubled 2^20: bit 6 of the third.
  [{ type: "f64" }, 1, 1.5, [0, 0x80, 0x80, 0x40]],
  [{ type: "enum", values: ["a", "b", "c"] }, "a", "c", [4]],
  [{ type: "u8", optional: true }, 5, 7, [1, 4]],
  [{ type: "u8", optional: true }, 5, undefined, [0]],
  // Absence counts as zero; a value of zero is present and still differs from it.
  [{ type: "u8", optional: true }, undefined, 0, [1, 0]],
];

describe("FieldCoder", () => {
  test("FieldCoder.write() writes every type at its native width, little-endian", () => {
    for (const [table, value, bytes] of NATIVE) {
      const { write, read } = bench(table, "native");
      const what = `${table.type} ${String(value)}`;
      assert.deepEqual(write(value), bytes, what);
      assert.ok(Object.is(read(bytes), value), what);
    }
  });

  test("FieldCoder.write() writes a varint delta as the zigzag difference of words", () => {
    for (const [table, base, value, bytes] of DELTAS) {
      const { write, read } = bench(table, "varint");
      const what = `${table.type} ${String(base)} -> ${String(value)}`;
      assert.deepEqual(write(value, base), bytes, what);
      assert.ok(Object.is(read(bytes, base), value), what);
    }
  });

  test("FieldCoder.write() writes a varint that stands alone from zero, floats at native width", () => {
    const alone: [Table, FieldValue, number[]][] = [
      [{ type: "u8" }, 200, [0x90, 0x03]],
      [{ type: "i16" }, -1, [1]],
      [{ type: "u32" }, 0xffffffff, [1]],
      [{ type: "fixed", step: 0.01 }, 0.03, [6]],
      [{ type: "enum", values: ["a", "b"] }, "b", [2]],
      [{ type: "f32" }, 1.5, [0, 0, 0xc0, 0x3f]],
      [{ type: "f64" }, 1.5, [0, 0, 0, 0, 0, 0, 0xf8, 0x3f]],
      [{ type: "f32", optional: true }, 1.5, [1, 0, 0, 0xc0, 0x3f]],
    ];
    for (const [table, value, bytes] of alone) {
      const { write, read } = bench(table, "varint");
      assert.deepEqual(write(value), bytes, table.type);
      assert.equal(read(bytes), value, table.type);
    }
  });

  test("FieldCoder.write() ignores the baseline's value at native width", () => {
    const { write, read } = bench({ type: "i16" }, "native");
    assert.deepEqual(write(-2, 100), [0xfe, 0xff]);
    assert.equal(read([0xfe, 0xff], 100), -2);
  });

  test("FieldCoder.read() refuses values outside the field's type", () => {
    const natives: [Table, number[]][] = [
      [{ type: "bool" }, [2]],
      [{ type: "enum", values: ["a", "b"] }, [2]],
      [{ type: "enum", values: Array.from({ length: 257 }, (_, i) => `${i}`) }, [1, 1]],
      [{ type: "fixed", step: 0.5 }, [0, 0, 0, 0x80]],
      [{ type: "u8", optional: true }, [2, 0]],
    ];
    for (const [table, bytes] of natives) {
      assert.throws(() => bench(table, "native").read(bytes), ByteSyntaxError, table.type);
    }
    const varints: [Table, number[]][] = [
      [{ type: "bool" }, [4]],
      [{ type: "bool" }, [1]],
      [{ type: "u8" }, [0x80, 0x04]],
      [{ type: "u8" }, [1]],
      [{ type: "i8" }, [0x80, 0x02]],
      [{ type: "i8" }, [0x81, 0x02]],
      [{ type: "u16" }, [0x80, 0x80, 0x08]],
      [{ type: "i16" }, [0x80, 0x80, 0x04]],
      [{ type: "enum", values: ["a", "b"] }, [4]],
      [{ type: "fixed", step: 0.5 }, [0xff, 0xff, 0xff, 0xff, 0x0f]],
    ];
    for (const [table, bytes] of varints) {
      assert.throws(() => bench(table, "varint").read(bytes), ByteSyntaxError, table.type);
    }
    // In range as a difference, out of range with the baseline added.
    assert.throws(() => bench({ type: "u8" }, "varint").read([2], 255), ByteSyntaxError);
    assert.throws(() => bench({ type: "i8" }, "varint").read([1], -128), ByteSyntaxError);
  });

  test("FieldCoder.read() refuses a delta that changes nothing", () => {
    const unchanged: [Table, FieldCoding, FieldValue | undefined, number[]][] = [
      [{ type: "u8" }, "native", 7, [7]],
      [{ type: "u8" }, "varint", 7, [0]],
      [{ type: "f64" }, "varint", 1.5, [0, 0]],
      [{ type: "f64" }, "native", 1.5, [0, 0, 0, 0, 0, 0, 0xf8, 0x3f]],
      [{ type: "u8", optional: true }, "native", 7, [1, 7]],
      [{ type: "u8", optional: true }, "native", undefined, [0]],
    ];
    for (const [table, coding, base, bytes] of unchanged) {
      assert.throws(() => bench(table, coding).read(bytes, base), ByteSyntaxError, table.type);
    }
  });

  test("FieldCoder.read() of an absent field leaves zeros", () => {
    const fields: Field[] = [{ name: "v", type: "f64", optional: true }];
    const layout = new RowLayout({ name: "k", fields });
    const words = new Int32Array(layout.stride);
    layout.set(words, 0, 0, 1.1);
    const base = words.slice();
    const input = new ByteReader(Uint8Array.of(0));
    new FieldCoder(layout, "varint").read(0, words, 0, base, 0, true, input);
    assert.deepEqual([...words], [0, 0, 0, 0]);
  });

  test("FieldCoder agrees with the format's description for every type and value", () => {
    const kind = KINDS[0]!;
    const layout = new RowLayout(kind);
    const word = fc.integer({ min: -2147483648, max: 2147483647 });
    fc.assert(fc.property(
      fc.constantFrom<FieldCoding>("native", "varint"),
      fc.nat(kind.fields.length - 1),
      fc.boolean(),
      fc.tuple(word, word, word, word),
      (coding, index, isDelta, [a, b, c, d]) => {
        const field = kind.fields[index]!;
        const rows = [[a, b], [c, d]].map(([low, high]) => rowOf(layout, index, low!, high!));
        const [value, base] = rows.map((row) => layout.get(row, 0, index));
        const same = rows[0]!.join() === rows[1]!.join();
        const coder = new FieldCoder(layout, coding);
        const out = new ByteWriter();
        coder.write(index, rows[0]!, 0, isDelta ? rows[1]! : BLANK_ROW, 0, isDelta, out);
        const against = base === undefined ? {} : { [field.name]: base };
        const isVarint = coding === "varint";
        const model = fieldBytes(field, isVarint, value, isDelta ? against : undefined);
        // A NaN's payload does not survive a number, so such words cannot go through the model.
        if (!Number.isNaN(value) && !Number.isNaN(base)) assert.deepEqual([...out.bytes()], model);
        if (isDelta && same) return;
        const read = rows[1]!.slice();
        const input = new ByteReader(out.bytes());
        coder.read(index, read, 0, isDelta ? rows[1]! : BLANK_ROW, 0, isDelta, input);
        assert.deepEqual(read, rows[0]);
        assert.equal(input.remaining, 0);
      },
    ));
  });

  test("FieldCoder keeps the payload of a NaN, whose bits travel as words", () => {
    const layout = new RowLayout({ name: "k", fields: [{ name: "v", type: "f64" }] });
    for (const coding of ["native", "varint"] as const) {
      const coder = new FieldCoder(layout, coding);
      const words = Int32Array.of(0x12345678, 0x7ff4dead, 0, 0);
      const base = Int32Array.of(0, 0x7ff8beef | 0, 0, 0);
      const out = new ByteWriter();
      coder.write(0, words, 0, base, 0, true, out);
      const read = base.slice();
      coder.read(0, read, 0, base, 0, true, new ByteReader(out.bytes()));
      assert.deepEqual([...read], [...words]);
    }
  });
});

/** Row in which one field has the given words, cut to what its type can hold; else zeros. */
function rowOf(layout: RowLayout, index: number, low: number, high: number): Int32Array {
  const row = new Int32Array(layout.stride);
  const { type, optional, values } = layout.kind.fields[index]!;
  if (optional && (high & 3) === 0) return row;
  if (optional) layout.setPresent(row, 0, index, true);
  const place = layout.wordOf[index]!;
  const cuts: { [type: string]: number } = {
    bool: low & 1,
    u8: low & 0xff,
    i8: (low << 24) >> 24,
    u16: low & 0xffff,
    i16: (low << 16) >> 16,
    fixed: low === -2147483648 ? 0 : low,
    enum: (low >>> 0) % (values?.length ?? 1),
    text: layout.texts.number(`t${(low & 15) - 1}`.repeat(low & 3)),
  };
  row[place] = cuts[type] ?? low;
  if (type === "f64") row[place + 1] = high;
  return row;
}
