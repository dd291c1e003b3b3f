import { plainValue } from "../../core/plain_value.ts";
import type { FieldValue } from "../../core/state/schema.ts";

/** One comparison of a field with a constant or with a field of the shooter. */
export interface Condition {
  /** What is compared: a field of the target's or of the shooter's state, or `id` or `kind`. */
  readonly left: { readonly of: "target" | "shooter"; readonly field: string };
  /** How. */
  readonly operator: "=" | "!=" | "<" | "<=" | ">" | ">=";
  /** What it is compared with: a constant, or such a field. */
  readonly right: FieldValue | Condition["left"];
}

/** A field of the target's or of the shooter's state; `id` and `kind` name the entity itself. */
export type FieldReference = Condition["left"];

/**
 * Reads conditions: comparisons joined by `&`, all of which must hold.
 *
 * A name on the left is a field of the target; `shooter.NAME`, on either side, is a field of who
 * shoots. Any other word on the right is a constant.
 *
 * @param text such as `dead=0`, `health>0&team!=spectator` or `team!=shooter.team`
 * @throws {SyntaxError} naming the part that is no comparison
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseConditions } from "@hindcast/hindcast/rewind";
 *
 * const [alive, foe] = parseConditions("dead=0&team!=shooter.team");
 * assert.equal(alive.right, 0);
 * assert.deepEqual(foe.right, { of: "shooter", field: "team" });
 * ```
 */
export function parseConditions(text: string): Condition[] {
  return text.split("&").map((part) => {
    const match = /^\s*([^\s<>=!&]+)\s*(!=|<=|>=|=|<|>)\s*([^\s<>=!&]+)\s*$/.exec(part);
    if (match === null) {
      throw new SyntaxError(
        `Cannot read condition ${JSON.stringify(text)}: ${
          JSON.stringify(part.trim())
        } is no comparison such as dead=0, with =, !=, <, <=, > or >=`,
      );
    }
    if (/["'`]/.test(part)) {
      throw new SyntaxError(
        `Cannot read condition ${JSON.stringify(text)}: values are written without quotes`,
      );
    }
    const [, left, operator, right] = match as unknown as [string, string, string, string];
    return {
      left: shooterField(left) ?? { of: "target", field: left },
      operator: operator as Condition["operator"],
      right: shooterField(right) ?? constantOf(right),
    };
  });
}

/** True when a comparison reads a field of the shooter, so that it depends on the shot. */
export function readsShooter({ left, right }: Condition): boolean {
  return left.of === "shooter" || isReference(right);
}

/** True for a field of the shooter, false for a constant. */
export function isReference(operand: FieldValue | FieldReference): operand is FieldReference {
  return typeof operand === "object";
}

/** True when two values compare as the operator says; an absent value passes no test. */
export function compares(
  operator: Condition["operator"],
  left: FieldValue | undefined,
  right: FieldValue | undefined,
): boolean {
  if (left === undefined || right === undefined) return false;
  if (typeof right === "boolean" && (typeof left === "number" || typeof left === "bigint")) {
    return compares(operator, left !== 0, right);
  }
  const a = comparable(left, right);
  const b = comparable(right, left);
  switch (operator) {
    case "=":
      return a === b;
    case "!=":
      return a !== b;
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    default:
      return a >= b;
  }
}

/** The condition as it was written. */
export function conditionText({ left, operator, right }: Condition): string {
  const name = (field: FieldReference) =>
    field.of === "shooter" ? `shooter.${field.field}` : field.field;
  return `${name(left)}${operator}${isReference(right) ? name(right) : right}`;
}

// `dead=0` also reads a boolean field, `alive=true` a number, and `class=7` a text of digits.
function comparable(value: FieldValue, other: FieldValue): FieldValue {
  if (typeof value === "boolean" && typeof other === "number") return value ? 1 : 0;
  if (typeof value === "bigint" && typeof other === "number") return Number(value);
  const isNumber = typeof value === "number" || typeof value === "bigint";
  return isNumber && typeof other === "string" ? digitsOf(value) : value;
}

/** A number as ids and texts spell it: an integer with all its digits. */
function digitsOf(value: number | bigint): string {
  const isWide = typeof value === "number" && Math.abs(value) > Number.MAX_SAFE_INTEGER;
  return isWide && Number.isInteger(value) ? String(BigInt(value)) : String(value);
}

function shooterField(text: string): FieldReference | undefined {
  const field = /^shooter\.(.+)$/.exec(text)?.[1];
  return field === undefined ? undefined : { of: "shooter", field };
}

function constantOf(text: string): FieldValue {
  if (text === "true") return true;
  if (text === "false") return false;
  const number = Number(text);
  // Ids and classes may begin with a 0; no number is written so.
  if (/^0\d+$/.test(text)) return text;
  if (/^\d{16,20}$/.test(text)) return plainValue(BigInt(text));
  return Number.isFinite(number) ? number : text;
}
