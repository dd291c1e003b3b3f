import { type Field, type FieldType, STEPS_MAX } from "./schema.ts";

const INTEGER_RANGES: { readonly [type in FieldType]?: readonly [number, number] } = {
  u8: [0, 0xff],
  i8: [-0x80, 0x7f],
  u16: [0, 0xffff],
  i16: [-0x8000, 0x7fff],
  u32: [0, 0xffffffff],
  i32: [-0x80000000, 0x7fffffff],
};

/** Smallest and largest value of an integer type; undefined for the other types. */
export function integerRange(type: FieldType): readonly [number, number] | undefined {
  return INTEGER_RANGES[type];
}

/** Smallest and largest word that a field has in a row. */
export function wordRange(field: Field): readonly [number, number] {
  if (field.type === "bool") return [0, 1];
  if (field.type === "enum") return [0, field.values!.length - 1];
  if (field.type === "fixed") return [-STEPS_MAX, STEPS_MAX];
  const range = field.type === "u32" ? undefined : integerRange(field.type);
  return range ?? [-0x80000000, 0x7fffffff];
}
