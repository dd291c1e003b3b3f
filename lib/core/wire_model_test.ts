/**
 * A second implementation of the packet format, written from its description and over plain
 * objects, for tests that compare bytes. It shares no code with the codecs.
 */
import fc from "fast-check";
import type { Field, FieldValue, Kind } from "./schema.ts";
import type { EntityState, FieldValues } from "./state.ts";

/** Unsigned LEB128 of a number below 2^53, shortest form. */
export function leb(value: number): number[] {
  const low = value % 128;
  return value < 128 ? [low] : [low + 128, ...leb((value - low) / 128)];
}

/** Zigzag of a signed 32-bit word, as LEB128. */
export function zigzagLeb(word: number): number[] {
  return leb(word >= 0 ? word * 2 : -word * 2 - 1);
}

/** Little-endian bytes of a number's low 8, 16 or 32 bits. */
export function le(value: number, bytes: number): number[] {
  return Array.from({ length: bytes }, (_, i) => Math.floor(value / 256 ** i) & 0xff);
}

/** 32-bit words of a value, signed; zeros when it is absent. */
function wordsOf(field: Field, value: FieldValue | undefined): number[] {
  const view = new DataView(new ArrayBuffer(8));
  if (field.type === "f64") {
    if (value !== undefined) view.setFloat64(0, value as number, true);
    return [view.getInt32(0, true), view.getInt32(4, true)];
  }
  if (value === undefined) return [0];
  if (field.type === "f32") view.setFloat32(0, value as number, true);
  else if (field.type === "enum") view.setInt32(0, field.values!.indexOf(value as string), true);
  else if (field.type === "fixed") {
    view.setInt32(0, Math.round(value as number / field.step!), true);
  } else view.setInt32(0, Number(value), true);
  return [view.getInt32(0, true)];
}

const WIDTHS: Partial<Record<Field["type"], number>> = {
  bool: 1,
  u8: 1,
  i8: 1,
  u16: 2,
  i16: 2,
  u32: 4,
  i32: 4,
  fixed: 4,
  f32: 4,
  f64: 4,
};

/** Bytes of one field; `base` is undefined when the value stands alone, else the baseline's values. */
export function fieldBytes(
  field: Field,
  isVarint: boolean,
  value: FieldValue | undefined,
  base: FieldValues | undefined,
): number[] {
  const presence = field.optional ? [value === undefined ? 0 : 1] : [];
  if (value === undefined) return presence;
  if (field.type === "text") {
    const utf8 = new TextEncoder().encode(value as string);
    return [...presence, ...leb(utf8.length), ...utf8];
  }
  const words = wordsOf(field, value);
  const isFloat = field.type === "f32" || field.type === "f64";
  if (isVarint && (base !== undefined || !isFloat)) {
    const held = wordsOf(field, base?.[field.name]);
    return [...presence, ...words.flatMap((word, i) => zigzagLeb((word - held[i]!) | 0))];
  }
  const width = field.type === "enum" ? field.values!.length <= 256 ? 1 : 2 : WIDTHS[field.type]!;
  return [...presence, ...words.flatMap((word) => le(word >>> 0, width))];
}

function maskBytes(bits: readonly boolean[]): number[] {
  const bytes = new Array<number>(Math.ceil(bits.length / 8)).fill(0);
  bits.forEach((bit, i) => bytes[Math.floor(i / 8)]! += bit ? 2 ** (i % 8) : 0);
  return bytes;
}

function isSame(field: Field, a: FieldValue | undefined, b: FieldValue | undefined): boolean {
  if (field.type === "text") return a === b;
  return (a === undefined) === (b === undefined) &&
    wordsOf(field, a).join() === wordsOf(field, b).join();
}

/** Body of a packet. `base` is undefined in a keyframe. */
export function bodyBytes(
  kinds: readonly Kind[],
  codec: "raw" | "mask" | "varint",
  form: "keyframe" | "delta" | "patch",
  state: readonly EntityState[],
  base: readonly EntityState[],
): number[] {
  const isVarint = codec === "varint";
  const isWhole = form === "keyframe" || codec === "raw";
  const after = new Map(state.map((entity) => [entity.id, entity]));
  const before = new Map((isWhole ? [] : base).map((entity) => [entity.id, entity]));
  const bytes: number[] = [];
  let previousId = -1;
  const header = (id: number, type: number, kind: number | undefined) => {
    bytes.push(...leb((id - previousId - 1) * 4 + type));
    if (kind !== undefined && kinds.length > 1) bytes.push(...leb(kind));
    previousId = id;
  };
  for (const id of [...new Set([...after.keys(), ...before.keys()])].sort((a, b) => a - b)) {
    const now = after.get(id);
    const held = before.get(id);
    if (now === undefined) {
      header(id, 2, undefined);
      continue;
    }
    const kind = kinds.findIndex(({ name }) => name === now.kind);
    const fields = kinds[kind]!.fields;
    if (held?.kind !== now.kind) {
      header(id, 1, kind);
      for (const field of fields) {
        bytes.push(...fieldBytes(field, isVarint, now.fields[field.name], undefined));
      }
      continue;
    }
    const bits = fields.map((f) => !isSame(f, now.fields[f.name], held.fields[f.name]));
    if (!bits.includes(true)) continue;
    header(id, 0, form === "patch" ? kind : undefined);
    bytes.push(...maskBytes(bits));
    fields.forEach((field, i) => {
      if (!bits[i]) return;
      const against = form === "delta" ? held.fields : undefined;
      bytes.push(...fieldBytes(field, isVarint, now.fields[field.name], against));
    });
  }
  return bytes;
}

const TEXTS = ["idle", "run", "jump"];
const MANY_TEXTS = Array.from({ length: 300 }, (_, i) => `t${i}`);

/** Three kinds with every field type, optional and not; `door` has more than 32 fields. */
export const KINDS: readonly Kind[] = [
  {
    name: "player",
    fields: [
      { name: "alive", type: "bool" },
      { name: "x", type: "f32" },
      { name: "t", type: "f64" },
      { name: "hp", type: "u8" },
      { name: "dz", type: "i8" },
      { name: "ammo", type: "u16", optional: true },
      { name: "pitch", type: "i16" },
      { name: "score", type: "i32" },
      { name: "flags", type: "u32" },
      { name: "y", type: "fixed", step: 0.125 },
      { name: "z", type: "fixed", step: 0.01, optional: true },
      { name: "anim", type: "enum", values: TEXTS },
      { name: "skin", type: "enum", values: MANY_TEXTS, optional: true },
      { name: "aim", type: "f64", optional: true },
      { name: "name", type: "text" },
      { name: "chat", type: "text", optional: true },
    ],
  },
  { name: "mark", fields: [] },
  {
    name: "door",
    fields: Array.from({ length: 40 }, (_, i): Kind["fields"][number] => ({
      name: `d${i}`,
      type: i === 35 ? "f64" : "u8",
      ...(i === 33 ? { optional: true } : {}),
    })),
  },
];

function valueOf(field: Field): fc.Arbitrary<FieldValue> {
  const integer = (min: number, max: number) =>
    fc.oneof(fc.integer({ min, max: Math.min(max, min + 3) }), fc.integer({ min, max }));
  switch (field.type) {
    case "bool":
      return fc.boolean();
    case "u8":
      return integer(0, 255);
    case "i8":
      return integer(-128, 127);
    case "u16":
      return integer(0, 65535);
    case "i16":
      return integer(-32768, 32767);
    case "u32":
      return integer(0, 4294967295);
    case "i32":
      return integer(-2147483648, 2147483647);
    case "fixed": {
      const denominator = Math.round(1 / field.step!);
      return integer(-2147483647, 2147483647).map((k) => k / denominator);
    }
    case "f32":
      return fc.oneof(fc.constantFrom(0, -0, NaN, 1, Infinity), fc.float({ noNaN: true }));
    case "f64":
      return fc.oneof(fc.constantFrom(0, -0, NaN, 1, Infinity), fc.double({ noNaN: true }));
    case "enum":
      return fc.constantFrom(...field.values!);
    case "text":
      return fc.oneof(fc.constantFrom("", "ada", "Zoë 😀"), fc.string({ unit: "grapheme" }));
  }
}

function fieldsOf(kind: Kind): fc.Arbitrary<FieldValues> {
  const values = kind.fields.map((field) =>
    field.optional ? fc.option(valueOf(field), { nil: undefined }) : valueOf(field)
  );
  return fc.tuple(...values).map((row) =>
    Object.fromEntries(
      kind.fields.map((field, i) => [field.name, row[i]!] as const)
        .filter(([, value]) => value !== undefined),
    )
  );
}

const ids = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 12 }) },
  fc.integer({ min: 0, max: 4294967295 }),
  fc.constantFrom(4294967295, 2 ** 30, 2 ** 30 + 1, 2 ** 31),
);

const entity: fc.Arbitrary<EntityState> = fc.tuple(ids, fc.constantFrom(...KINDS))
  .chain(([id, kind]) => fieldsOf(kind).map((fields) => ({ id, kind: kind.name, fields })));

/** Entities of {@linkcode KINDS} in ascending order of id. */
export const worlds: fc.Arbitrary<EntityState[]> = fc.uniqueArray(entity, {
  selector: ({ id }) => id,
  maxLength: 10,
}).map((world) => world.sort((a, b) => a.id - b.id));

/** A world and another that grew out of it: some entities stay, change, go, or come as others. */
export const worldPairs: fc.Arbitrary<[EntityState[], EntityState[]]> = fc
  .tuple(
    worlds,
    worlds,
    fc.array(fc.nat(5), { minLength: 10, maxLength: 10 }),
    fc.infiniteStream(fc.boolean()),
  )
  .map(([before, fresh, fates, coins]) => {
    const after = new Map(fresh.map((one) => [one.id, one]));
    before.forEach((one, i) => {
      const other = fresh.find(({ kind }) => kind === one.kind);
      if (fates[i] === 0) after.delete(one.id);
      else if (fates[i] === 1 || other === undefined) after.set(one.id, one);
      else if (fates[i]! > 2) {
        const fields = { ...one.fields };
        for (const name of new Set([...Object.keys(fields), ...Object.keys(other.fields)])) {
          if (!coins.next().value) continue;
          if (name in other.fields) fields[name] = other.fields[name]!;
          else delete fields[name];
        }
        after.set(one.id, { ...one, fields });
      }
    });
    return [before, [...after.values()].sort((a, b) => a.id - b.id)];
  });
