import type { FieldValue } from "../core/schema.ts";

/** One comparison of an alive expression. */
export interface AliveTest {
  /** Field of the state. */
  readonly field: string;
  /** How the field compares. */
  readonly operator: "=" | "!=" | "<" | "<=" | ">" | ">=";
  /** What it is compared with. */
  readonly value: FieldValue;
}

/**
 * Reads an alive expression: comparisons joined by `&`, all of which must hold.
 *
 * @param text such as `dead=0` or `health>0&team!=spectator`
 * @throws {SyntaxError} naming the part that is no comparison
 */
export function parseAlive(text: string): AliveTest[] {
  return text.split("&").map((part) => {
    const match = /^\s*([^\s<>=!&]+)\s*(!=|<=|>=|=|<|>)\s*([^\s<>=!&]+)\s*$/.exec(part);
    if (match === null) {
      throw new SyntaxError(
        `Cannot read alive expression ${JSON.stringify(text)}: ${
          JSON.stringify(part.trim())
        } is no comparison such as dead=0`,
      );
    }
    const operator = match[2] as AliveTest["operator"];
    return { field: match[1]!, operator, value: valueOf(match[3]!) };
  });
}

/** True when a field's value passes; an absent field passes no test. */
export function passesAlive(test: AliveTest, value: FieldValue | undefined): boolean {
  if (value === undefined) return false;
  const a = comparable(value, test.value);
  const b = test.value;
  switch (test.operator) {
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

// `dead=0` also reads a boolean field, and `alive=true` a number.
function comparable(value: FieldValue, other: FieldValue): FieldValue {
  if (typeof value === "boolean" && typeof other === "number") return value ? 1 : 0;
  if (typeof value === "number" && typeof other === "boolean") return value !== 0;
  return value;
}

function valueOf(text: string): FieldValue {
  if (text === "true") return true;
  if (text === "false") return false;
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}
