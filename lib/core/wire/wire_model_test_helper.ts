/**
 * A second implementation of the packet format, written from its description and over plain
 * objects, for tests that compare bytes. It shares no code with the codecs.
 */
import fc from "fast-check";
import type { Field, FieldValue, Kind } from "../state/schema.ts";
import type { EntityState, FieldValues } from "../state/state.ts";

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
  if (field.type === "u64") {
    view.setBigUint64(0, value as bigint ?? 0n, true);
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
  u64: 4,
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
  const isNative = ["f32", "f64", "u64"].includes(field.type);
  if (isVarint && (base !== undefined || !isNative)) {
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

/** Form of a body. */
export type Form = "keyframe" | "delta" | "patch" | "partial";

/** What a partial delta leaves out, and what of packets on their way it takes back. */
export interface Parts {
  omitted?: ReadonlySet<number>;
  /** Entities that may have come and are not to be there. */
  gone?: readonly number[];
  /** Entities that may have changed and are to be as in the baseline. */
  again?: ReadonlySet<number>;
}

/** One entity record of a body, cut into its parts. */
export interface ModelRecord {
  id: number;
  /** 0 update, 1 spawn, 2 despawn. */
  type: number;
  /** Index of the kind; -1 in a despawn. */
  kind: number;
  /** Header and, where it is sent, kind. */
  head: number[];
  mask: number[];
  /** Fields that are sent, each with its bytes. */
  fields: [index: number, bytes: number[]][];
}

/** Records of a packet's body that leads from `base` to `state`. */
export function bodyRecords(
  kinds: readonly Kind[],
  codec: "raw" | "mask" | "varint",
  form: Form,
  state: readonly EntityState[],
  base: readonly EntityState[],
  { omitted = new Set(), gone = [], again = new Set() }: Parts = {},
): ModelRecord[] {
  const isVarint = codec === "varint";
  const isWhole = form === "keyframe" || codec === "raw";
  const isDelta = form === "delta" || form === "partial";
  const after = new Map(state.map((entity) => [entity.id, entity]));
  const before = new Map((isWhole ? [] : base).map((entity) => [entity.id, entity]));
  const records: ModelRecord[] = [];
  const add = (id: number, type: number, kind: number, hasKind: boolean) => {
    const skip = id - (records.at(-1)?.id ?? -1) - 1;
    const head = [...leb(skip * 4 + type), ...(hasKind && kinds.length > 1 ? leb(kind) : [])];
    const record: ModelRecord = { id, type, kind, head, mask: [], fields: [] };
    records.push(record);
    return record;
  };
  const ids = new Set([...after.keys(), ...before.keys(), ...gone]);
  for (const id of [...ids].sort((a, b) => a - b)) {
    const now = after.get(id);
    const held = before.get(id);
    if (now === undefined) {
      add(id, 2, -1, false);
      continue;
    }
    if (omitted.has(id)) continue;
    const kind = kinds.findIndex(({ name }) => name === now.kind);
    const fields = kinds[kind]!.fields;
    const bytesOf = (field: Field, against: FieldValues | undefined) =>
      fieldBytes(field, isVarint, now.fields[field.name], against);
    const isKept = held?.kind === now.kind;
    const bits = fields.map((f) => !isSame(f, now.fields[f.name], held?.fields[f.name]));
    if (isKept && !bits.includes(true) && !again.has(id)) continue;
    if (!isKept || !bits.includes(true)) {
      add(id, 1, kind, true).fields = fields.map((field, i) => [i, bytesOf(field, undefined)]);
      continue;
    }
    const record = add(id, 0, kind, !isDelta);
    record.mask = maskBytes(bits);
    fields.forEach((field, i) => {
      if (bits[i]) record.fields.push([i, bytesOf(field, isDelta ? held.fields : undefined)]);
    });
  }
  return records;
}

/** Body of a packet that leads from `base` to `state`. */
export function bodyBytes(...packet: Parameters<typeof bodyRecords>): number[] {
  return bodyRecords(...packet).flatMap(({ head, mask, fields }) => [
    ...head,
    ...mask,
    ...fields.flatMap(([, bytes]) => bytes),
  ]);
}

/** What a far end has once it has applied records that lead to `state`, each entity on its own. */
export function appliedTo(
  kinds: readonly Kind[],
  form: Form,
  records: readonly ModelRecord[],
  state: readonly EntityState[],
  base: readonly EntityState[],
  held: readonly EntityState[],
): EntityState[] {
  const from = form === "keyframe" ? [] : form === "delta" ? base : held;
  const result = new Map(from.map((entity) => [entity.id, entity]));
  for (const { id, type, kind, fields } of records) {
    if (type === 2) {
      result.delete(id);
      continue;
    }
    const { name, fields: table } = kinds[kind]!;
    const now = state.find((entity) => entity.id === id)!;
    const old = (form === "patch" ? held : base).find((one) => one.id === id && one.kind === name);
    const values = { ...(type === 0 && old ? old.fields : blankFields(table)) };
    for (const [index] of fields) {
      const field = table[index]!.name;
      delete values[field];
      if (field in now.fields) values[field] = now.fields[field]!;
    }
    result.set(id, { id, kind: name, fields: values });
  }
  return [...result.values()].sort((a, b) => a.id - b.id);
}

function blankFields(fields: readonly Field[]): Record<string, FieldValue> {
  const values: Record<string, FieldValue> = {};
  for (const { name, type, optional, values: texts } of fields) {
    if (optional) continue;
    values[name] = type === "bool"
      ? false
      : type === "text"
      ? ""
      : type === "enum"
      ? texts![0]!
      : type === "u64"
      ? 0n
      : 0;
  }
  return values;
}

const TEXTS = ["idle", "run", "jump"];
const MANY_TEXTS = Array.from({ length: 300 }, (_, i) => `t${i}`);

/** Field types that take one word. */
const STEP_FIELDS: readonly Omit<Field, "name">[] = [
  { type: "u8" },
  { type: "i16" },
  { type: "f32" },
  { type: "fixed", step: 0.5 },
  { type: "u32" },
  { type: "enum", values: TEXTS },
  { type: "bool" },
  { type: "i8" },
];

/** A kind of more than 32 fields of which each takes one word and is always there. */
export const CRATE: Kind = {
  name: "crate",
  fields: Array.from({ length: 35 }, (_, i) => ({
    ...STEP_FIELDS[i % STEP_FIELDS.length]!,
    name: `c${i}`,
  })),
};

/**
 * Kinds with every field type, optional and not; `door` and `crate` have more than 32 fields.
 */
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
      { name: "account", type: "u64" },
      { name: "guild", type: "u64", optional: true },
      { name: "tile", type: "fixed", step: 4 },
      { name: "lean", type: "fixed", step: 0.3, optional: true },
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
  CRATE,
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
      const divisor = Math.round(1 / field.step!);
      const valueOf = (k: number) => 1 / divisor === field.step ? k / divisor : k * field.step!;
      return integer(-2147483647, 2147483647).map((k) => valueOf(k) + 0);
    }
    case "f32":
      return fc.oneof(fc.constantFrom(0, -0, NaN, 1, Infinity), fc.float({ noNaN: true }));
    case "f64":
      return fc.oneof(fc.constantFrom(0, -0, NaN, 1, Infinity), fc.double({ noNaN: true }));
    case "u64":
      return fc.oneof(fc.bigInt({ min: 0n, max: 3n }), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }));
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

/** Entities of some kinds in ascending order of id. */
export function worldsOf(kinds: readonly Kind[]): fc.Arbitrary<EntityState[]> {
  const entity = fc.oneof(
    ...kinds.map((kind): fc.Arbitrary<EntityState> =>
      fc.tuple(ids, fieldsOf(kind)).map(([id, fields]) => ({ id, kind: kind.name, fields }))
    ),
  );
  return fc.uniqueArray(entity, { selector: ({ id }) => id, maxLength: 10 })
    .map((world) => world.sort((a, b) => a.id - b.id));
}

/** Entities of {@linkcode KINDS} in ascending order of id. */
export const worlds: fc.Arbitrary<EntityState[]> = worldsOf(KINDS);

/** A world and another that grew out of it: some entities stay, change, go, or come as others. */
export const worldPairs: fc.Arbitrary<[EntityState[], EntityState[]]> = fc
  .tuple(worlds, worlds, fc.infiniteStream(fc.nat(5)), fc.infiniteStream(fc.boolean()))
  .map(([before, fresh, fates, coins]) => [before, grown(before, fresh, fates, coins)]);

/** Worlds of crates alone that differ in some fields and in nothing else. */
export const cratePairs: fc.Arbitrary<[EntityState[], EntityState[]]> = fc
  .tuple(worldsOf([CRATE]), worldsOf([CRATE]), fc.infiniteStream(fc.boolean()))
  .map(([before, fresh, coins]) => {
    const old = new Set(before.map(({ id }) => id));
    const after = grown(before, fresh, [3, 1, 4, 5].values(), coins);
    return [before, after.filter(({ id }) => old.has(id))];
  });

/** A world and two that grew out of it: where it goes, and what a far end has by now. */
export const worldTriples: fc.Arbitrary<[EntityState[], EntityState[], EntityState[]]> = fc
  .tuple(worlds, worlds, worlds, fc.infiniteStream(fc.nat(5)), fc.infiniteStream(fc.boolean()))
  .map(([before, fresh, other, fates, coins]) => {
    const after = grown(before, fresh, fates, coins);
    return [before, after, grown(coins.next().value ? before : after, other, fates, coins)];
  });

/** `before` with entities that stay (fate 1), go (0), change (3 to 5), and those of `fresh`. */
function grown(
  before: readonly EntityState[],
  fresh: readonly EntityState[],
  fates: Iterator<number>,
  coins: Iterator<boolean>,
): EntityState[] {
  const after = new Map(fresh.map((one) => [one.id, one]));
  for (const one of before) {
    const fate = fates.next().value ?? 3;
    const other = fresh.find(({ kind }) => kind === one.kind);
    if (fate === 0) after.delete(one.id);
    else if (fate === 1 || other === undefined) after.set(one.id, one);
    else if (fate > 2) {
      const fields = { ...one.fields };
      for (const name of new Set([...Object.keys(fields), ...Object.keys(other.fields)])) {
        if (!coins.next().value) continue;
        if (name in other.fields) fields[name] = other.fields[name]!;
        else delete fields[name];
      }
      after.set(one.id, { ...one, fields });
    }
  }
  return [...after.values()].sort((a, b) => a.id - b.id);
}
