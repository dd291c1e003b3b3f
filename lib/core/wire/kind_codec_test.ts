import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { ByteReader, ByteSyntaxError, ByteWriter } from "../bytes/bytes.ts";
import { type FieldCoding, KindCodec, writeDelta, writeKindFields } from "./kind_codec.ts";
import { Mask } from "../bytes/mask.ts";
import { copyFields, diffRows, RowLayout } from "../state/row_layout.ts";
import { packerOf } from "../state/row_packer.ts";
import type { Field, FieldValue } from "../state/schema.ts";
import { TEXT_COST_MAX } from "../state/text_pool.ts";
import { fieldBytes, KINDS, leb } from "./wire_model_test_helper.ts";

type Table = Omit<Field, "name">;

function bench(table: Table, coding: FieldCoding) {
  const layout = new RowLayout({ name: "k", fields: [{ ...table, name: "v" }] });
  const codec = new KindCodec(layout, coding);
  const row = (value: FieldValue | undefined) => {
    const words = new Int32Array(layout.stride);
    packerOf(layout).set(words, 0, 0, value);
    return words;
  };
  return {
    /** Bytes of a value, against a baseline when one is given. */
    write(value: FieldValue | undefined, ...base: [FieldValue | undefined] | []): number[] {
      const out = new ByteWriter();
      const codes = base.length > 0 ? codec.deltaCodes : codec.valueCodes;
      writeKindFields(
        codec,
        codes,
        row(value),
        0,
        base.length > 0 ? row(base[0]) : new Int32Array(0),
        0,
        codec.all,
        out,
      );
      return [...out.bytes()];
    },
    /** Value in the bytes. */
    read(bytes: readonly number[], ...base: [FieldValue | undefined] | []): FieldValue | undefined {
      const input = new ByteReader(Uint8Array.from(bytes));
      const words = base.length > 0 ? row(base[0]) : new Int32Array(layout.stride);
      const codes = base.length > 0 ? codec.deltaCodes : codec.valueCodes;
      codec.read(codes, words, 0, codec.all, input, undefined);
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
  [{ type: "u64" }, 0xfedcba98_76543210n, [0x10, 0x32, 0x54, 0x76, 0x98, 0xba, 0xdc, 0xfe]],
  [{ type: "u64" }, 7n, [7, 0, 0, 0, 0, 0, 0, 0]],
  [{ type: "enum", values: ["a", "b"] }, "b", [1]],
  [{ type: "enum", values: Array.from({ length: 257 }, (_, i) => `${i}`) }, "256", [0, 1]],
  [{ type: "u8", optional: true }, 7, [1, 7]],
  [{ type: "u8", optional: true }, undefined, [0]],
  [{ type: "f64", optional: true }, undefined, [0]],
  [{ type: "u64", optional: true }, 0n, [1, 0, 0, 0, 0, 0, 0, 0, 0]],
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
  // A step down in the low half, none in the high one; then from 2^32 - 1 to 2^32, a step in each.
  [{ type: "u64" }, 2n ** 63n + 9n, 2n ** 63n + 8n, [1, 0]],
  [{ type: "u64" }, 0xffffffffn, 2n ** 32n, [2, 2]],
  [{ type: "u64", optional: true }, undefined, 0n, [1, 0, 0]],
  [{ type: "enum", values: ["a", "b", "c"] }, "a", "c", [4]],
  [{ type: "u8", optional: true }, 5, 7, [1, 4]],
  [{ type: "u8", optional: true }, 5, undefined, [0]],
  // Absence counts as zero; a value of zero is present and still differs from it.
  [{ type: "u8", optional: true }, undefined, 0, [1, 0]],
];

describe("KindCodec", () => {
  test("writeKindFields() writes every type at its native width, little-endian", () => {
    for (const [table, value, bytes] of NATIVE) {
      const { write, read } = bench(table, "native");
      const what = `${table.type} ${String(value)}`;
      assert.deepEqual(write(value), bytes, what);
      assert.ok(Object.is(read(bytes), value), what);
    }
  });

  test("writeKindFields() writes a varint delta as the zigzag difference of words", () => {
    for (const [table, base, value, bytes] of DELTAS) {
      const { write, read } = bench(table, "varint");
      const what = `${table.type} ${String(base)} -> ${String(value)}`;
      assert.deepEqual(write(value, base), bytes, what);
      assert.ok(Object.is(read(bytes, base), value), what);
    }
  });

  test("writeKindFields() writes a varint that stands alone from zero, floats and u64 at native width", () => {
    const alone: [Table, FieldValue, number[]][] = [
      [{ type: "u8" }, 200, [0x90, 0x03]],
      [{ type: "i16" }, -1, [1]],
      [{ type: "u32" }, 0xffffffff, [1]],
      [{ type: "fixed", step: 0.01 }, 0.03, [6]],
      [{ type: "enum", values: ["a", "b"] }, "b", [2]],
      [{ type: "f32" }, 1.5, [0, 0, 0xc0, 0x3f]],
      [{ type: "f64" }, 1.5, [0, 0, 0, 0, 0, 0, 0xf8, 0x3f]],
      [{ type: "u64" }, 258n, [2, 1, 0, 0, 0, 0, 0, 0]],
      [{ type: "f32", optional: true }, 1.5, [1, 0, 0, 0xc0, 0x3f]],
    ];
    for (const [table, value, bytes] of alone) {
      const { write, read } = bench(table, "varint");
      assert.deepEqual(write(value), bytes, table.type);
      assert.equal(read(bytes), value, table.type);
    }
  });

  test("writeKindFields() ignores the baseline's value at native width", () => {
    const { write, read } = bench({ type: "i16" }, "native");
    assert.deepEqual(write(-2, 100), [0xfe, 0xff]);
    assert.equal(read([0xfe, 0xff], 100), -2);
  });

  test("KindCodec.read() refuses values outside the field's type", () => {
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

  test("KindCodec.read() refuses a delta that changes nothing", () => {
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

  test("KindCodec.read() of an absent field leaves zeros", () => {
    const fields: Field[] = [{ name: "v", type: "f64", optional: true }];
    const layout = new RowLayout({ name: "k", fields });
    const words = new Int32Array(layout.stride);
    packerOf(layout).set(words, 0, 0, 1.1);
    const codec = new KindCodec(layout, "varint");
    const input = new ByteReader(Uint8Array.of(0));
    codec.read(codec.deltaCodes, words, 0, codec.all, input, undefined);
    assert.deepEqual([...words], [0, 0, 0, 0]);
  });

  test("KindCodec agrees with the format's description for every field, value and mask", () => {
    for (const kind of KINDS) {
      const layout = new RowLayout(kind);
      const codecs = (["native", "varint"] as const).map((coding) => new KindCodec(layout, coding));
      const word = fc.integer({ min: -2147483648, max: 2147483647 });
      const words = fc.array(fc.oneof(word, fc.constantFrom(0, 1, -1)), {
        minLength: 2 * kind.fields.length,
        maxLength: 2 * kind.fields.length,
      });
      fc.assert(
        fc.property(
          fc.boolean(),
          fc.boolean(),
          fc.bigInt({ min: 0n, max: (1n << BigInt(kind.fields.length)) - 1n }),
          fc.tuple(words, words),
          fc.nat(3),
          (isVarint, isDelta, bits, [a, b], place) => {
            const codec = codecs[isVarint ? 1 : 0]!;
            const [row, base] = [a, b].map((words) => rowOf(layout, words));
            const values = layout.unpack(row!, 0);
            const against = layout.unpack(base!, 0);
            const mask = Mask.fromBigInt(bits);
            if (isDelta) {
              const differs = new Mask();
              diffRows(layout, row!, 0, base!, 0, differs);
              mask.lo &= differs.lo;
              mask.hi &= differs.hi;
            }
            // Rows lie anywhere in their words, behind and before those of others.
            const at = place * layout.stride;
            const all = new Int32Array(at + 2 * layout.stride).fill(-1);
            all.set(row!, at);
            const codes = isDelta ? codec.deltaCodes : codec.valueCodes;
            const out = new ByteWriter().u8(0xee);
            writeKindFields(
              codec,
              codes,
              all,
              at,
              isDelta ? base! : new Int32Array(0),
              0,
              mask,
              out,
            );

            const read = new Int32Array(all.length).fill(-1);
            read.set(base!, at);
            const input = new ByteReader(out.bytes());
            input.u8();
            const metered: [number, number][] = [];
            const meter = {
              addField: (field: number, bits: number) => metered.push([field, bits]),
            };
            codec.read(codes, read, at, mask, input, meter);
            assert.equal(input.remaining, 0);
            copyFields(layout, mask.lo, mask.hi, row!, 0, base!);
            assert.deepEqual(read.subarray(at, at + layout.stride), base);
            const outside = [...read.subarray(0, at), ...read.subarray(at + layout.stride)];
            assert.ok(outside.every((word) => word === -1), "it wrote outside of the row");

            // A NaN's payload does not survive a number, so such rows cannot go through the model.
            if ([...Object.values(values), ...Object.values(against)].some(Number.isNaN)) return;
            const model = [...mask].map((i): [number, number[]] => {
              const field = kind.fields[i]!;
              const held = isDelta ? against : undefined;
              return [i, fieldBytes(field, isVarint, values[field.name], held)];
            });
            assert.deepEqual([...out.bytes()], [0xee, ...model.flatMap(([, bytes]) => bytes)]);
            assert.deepEqual(metered, model.map(([field, bytes]) => [field, bytes.length * 8]));
          },
        ),
        { numRuns: 100 },
      );
    }
  });

  test("writeDelta() writes the mask and the fields that differ, and nothing for none", () => {
    const u8 = (name: string): Field => ({ name, type: "u8" });
    const fields = Array.from({ length: 34 }, (_, i) => u8(`f${i}`));
    const layout = new RowLayout({ name: "k", fields });
    const codec = new KindCodec(layout, "varint");
    const [row, base] = [new Int32Array(layout.stride), new Int32Array(layout.stride)];
    const mask = Mask.full(64);
    const out = new ByteWriter();
    assert.equal(writeDelta(codec, row, 0, base, 0, mask, out), false);
    assert.deepEqual([out.length, mask.size], [0, 0]);
    row[3] = 2;
    row[33] = 5;
    base[33] = 6;
    assert.equal(writeDelta(codec, row, 0, base, 0, mask, out), true);
    assert.deepEqual([...out.bytes()], [0b1000, 0, 0, 0, 0b10, 4, 1]);
    assert.deepEqual([...mask], [3, 33]);
  });

  test("KindCodec.isSteps is true when every difference is one zigzag varint", () => {
    const isSteps = (coding: FieldCoding, ...tables: Table[]) => {
      const fields = tables.map((table, i) => ({ ...table, name: `f${i}` }));
      return new KindCodec(new RowLayout({ name: "k", fields }), coding).isSteps;
    };
    const steps: Table[] = [{ type: "bool" }, { type: "f32" }, { type: "fixed", step: 0.5 }];
    assert.equal(
      isSteps("varint", ...steps, { type: "enum", values: ["a"] }, { type: "u32" }),
      true,
    );
    assert.equal(isSteps("native", ...steps), false);
    for (const type of ["f64", "text"] as const) assert.equal(isSteps("varint", { type }), false);
    assert.equal(isSteps("varint", ...steps, { type: "u8", optional: true }), false);
  });

  test("writeKindFields() makes room for texts of any length between other fields", () => {
    const fields: Field[] = [{ name: "a", type: "text" }, { name: "b", type: "u8" }];
    const layout = new RowLayout({ name: "k", fields });
    const codec = new KindCodec(layout, "native");
    for (const length of [0, 40, 127, 128, 5000]) {
      const words = new Int32Array(layout.stride);
      packerOf(layout).pack({ a: "x".repeat(length), b: 7 }, words, 0);
      const out = new ByteWriter(8);
      writeKindFields(codec, codec.valueCodes, words, 0, words, 0, codec.all, out);
      assert.deepEqual([...out.bytes()], [...leb(length), ...new Array(length).fill(0x78), 7]);
    }
  });

  test("KindCodec.read() refuses a text that is not UTF-8, and one for which there is no room", () => {
    const read = (...bytes: number[]) => bench({ type: "text" }, "native").read(bytes);
    assert.equal(read(2, 0xc3, 0xbc), "ü");
    assert.throws(() => read(2, 0xc3, 0x28), /not UTF-8/);
    assert.throws(() => read(3, 0xc3, 0xbc), /the input ends/);
    const layout = new RowLayout({ name: "k", fields: [{ name: "v", type: "text" }] });
    layout.texts.keepsAll = true;
    layout.texts.cost = TEXT_COST_MAX;
    const codec = new KindCodec(layout, "native");
    const input = new ByteReader(Uint8Array.of(1, 0x61));
    const words = new Int32Array(layout.stride);
    const full = () => codec.read(codec.valueCodes, words, 0, codec.all, input, undefined);
    assert.throws(full, (error: Error) => {
      assert.ok(error instanceof ByteSyntaxError, String(error));
      return /texts that have to be kept at once/.test(error.message);
    });
  });

  test("KindCodec keeps the payload of a NaN, whose bits travel as words", () => {
    const layout = new RowLayout({ name: "k", fields: [{ name: "v", type: "f64" }] });
    for (const coding of ["native", "varint"] as const) {
      const codec = new KindCodec(layout, coding);
      const words = Int32Array.of(0x12345678, 0x7ff4dead, 0, 0);
      const base = Int32Array.of(0, 0x7ff8beef | 0, 0, 0);
      const out = new ByteWriter();
      writeKindFields(codec, codec.deltaCodes, words, 0, base, 0, codec.all, out);
      codec.read(codec.deltaCodes, base, 0, codec.all, new ByteReader(out.bytes()), undefined);
      assert.deepEqual([...base], [...words]);
    }
  });
});

/** Row whose fields have the given words, two each, cut to what their types can hold. */
function rowOf(layout: RowLayout, words: readonly number[]): Int32Array {
  const row = new Int32Array(layout.stride);
  layout.kind.fields.forEach(({ type, optional, values }, index) => {
    const [low, high] = [words[2 * index]!, words[2 * index + 1]!];
    if (optional && (high & 3) === 0) return;
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
  });
  return row;
}
