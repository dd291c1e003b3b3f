import { type Field, NAMES_MAX } from "../../core/state/schema.ts";
import { NumberRange } from "../../schema/number_range.ts";
import { areAlike, categoryOf } from "../../schema/value_category.ts";

/**
 * Narrowest field that holds every value that either of two fields can hold: of two numeric types
 * the one that holds both, else the narrowest that does, `f64` at last; of two enums the texts of
 * both in order, or `text` when they are too many. It is optional when either is.
 *
 * @returns undefined when one holds numbers, texts or truth values and the other does not, and for
 *   `u64` beside a type that holds more than integers from 0
 */
export function commonField(a: Field, b: Field): Field | undefined {
  if (!areAlike(categoryOf(a), categoryOf(b))) return undefined;
  const common = commonType(a, b);
  if (common === undefined) return undefined;
  const { optional: _, ...type } = common;
  return a.optional || b.optional ? { ...type, optional: true } : type;
}

function commonType(a: Field, b: Field): Field | undefined {
  if (a.type === "u64" || b.type === "u64") return commonWide(a, b);
  switch (categoryOf(a)) {
    case "boolean":
      return a;
    case "text":
      return commonTexts(a, b);
    default: {
      // A range knows the step of the field that it is of, and not that of another.
      if (NumberRange.of(a).unite(NumberRange.of(b)).fits(a)) return a;
      const all = NumberRange.of(b).unite(NumberRange.of(a));
      return all.fits(b) ? b : all.narrowest(a.name);
    }
  }
}

function commonWide(a: Field, b: Field): Field | undefined {
  if (!a.type.startsWith("u") || !b.type.startsWith("u")) return undefined;
  return a.type === "u64" ? a : b;
}

function commonTexts(a: Field, b: Field): Field {
  if (a.type === "text") return a;
  if (b.type === "text") return b;
  const values = [...new Set([...a.values!, ...b.values!])];
  if (values.length > NAMES_MAX) return { name: a.name, type: "text" };
  return values.length === a.values!.length ? a : { ...a, values };
}
