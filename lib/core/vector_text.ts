const NUMBER = String.raw`-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?`;
/** What C, C#, Godot and Unreal print where there is no finite number. */
const WORD = String.raw`[+-]?(?:nan(?:\(\w*\))?|inf(?:inity)?|1\.#(?:q?nan|ind|inf)0*|∞)`;
const NOT_FINITE = new RegExp(`^${WORD}$`, "i");
const IS_NAN = /nan|ind/i;
const IS_NUMBER = new RegExp(`^${NUMBER}$`);
const LETTER = /^[A-Za-z]/;
// One separator throughout: "(0,5, -1,0)" is two numbers with a decimal comma, or none.
const PLAIN = new RegExp(`^\\((?:${NUMBER}(?:, ${NUMBER})+|${NUMBER}(?:,${NUMBER})+)\\)$`);
const LENGTH_MAX = 256;
const [OPEN, EQUALS, ANGLE] = [0x28, 0x3d, 0x3c];
const CLOSING: Readonly<Record<number, string>> = { [OPEN]: ")", [ANGLE]: ">" };
/** How a number begins, or a word that stands for one. */
const NUMBER_START = /^[-+\dni∞]/i;
/** Numbers that texts without parentheses have: a vector, a rotation or a colour, or a frame of axes. */
const BARE_MAX = 4;
const BARE_AXES = 12;

/** A text that engines print for a vector, a rotation or a colour. */
export interface VectorText {
  /** Names of its numbers, joined by commas: `X,Y,Z`, or their indexes where it gives none. */
  readonly names: string;
  /** The numbers; NaN or an infinity where it says that there is none. */
  readonly numbers: readonly number[];
}

/** True for a word that is printed where there is no finite number: `NaN`, `-inf`, `1.#IND`. */
export function isNotFiniteWord(text: string): boolean {
  return text.length <= LENGTH_MAX && NOT_FINITE.test(text);
}

/** False for most texts that are no vectors, which is all that there is to see of them. */
export function mayBeVector(text: string): boolean {
  const first = text.charCodeAt(0);
  return first === OPEN || first === ANGLE || text.charCodeAt(1) === EQUALS ||
    (mayBeNumber(first) && text.includes(", ") && NUMBER_START.test(text));
}

/** True for most characters that a number or a word for none begins with, and for few others. */
function mayBeNumber(unit: number): boolean {
  return unit < 0x3a || (unit | 0x20) === 0x6e || (unit | 0x20) === 0x69 || unit === 0x221e;
}

/**
 * Reads a text of two or more numbers: `(0.5, -1, nan)`, `<0.5, -1>`, `X=0.5 Y=-1.0`, or
 * `(R=1,G=0.5)`; `0.5, -1` as well, where it has two to four numbers or twelve.
 *
 * @returns undefined for every other text
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(readVectorText("(0.5, -1)"), { names: "0,1", numbers: [0.5, -1] });
 * assert.deepEqual(readVectorText("X=0.500 Y=-1.000"), { names: "X,Y", numbers: [0.5, -1] });
 * assert.equal(readVectorText("(0.5; -1)"), undefined);
 * ```
 */
export function readVectorText(text: string): VectorText | undefined {
  if (!mayBeVector(text) || text.length > LENGTH_MAX) return undefined;
  if (PLAIN.test(text)) {
    const numbers = text.slice(1, -1).split(",").map(Number);
    return numbers.every(Number.isFinite) ? { names: indexes(numbers.length), numbers } : undefined;
  }
  const closing = CLOSING[text.charCodeAt(0)];
  const isWrapped = closing !== undefined;
  if (isWrapped && !text.endsWith(closing)) return undefined;
  const body = isWrapped ? text.slice(1, -1) : text;
  const separator = body.includes(", ") ? ", " : body.includes(",") ? "," : " ";
  const parts = body.split(separator);
  if (parts.length < 2) return undefined;
  const isNamed = isNamedNumber(parts[0]!);
  if (!isNamed) {
    if (separator === " ") return undefined;
    // Without a space, "1,5" is rather one number with a decimal comma.
    if (!isWrapped && (separator !== ", " || !isBareCount(parts.length))) return undefined;
  }
  let names = "";
  const numbers: number[] = [];
  for (const part of parts) {
    if (isNamed) {
      if (!isNamedNumber(part) || names.includes(part[0]!)) return undefined;
      names += names === "" ? part[0] : `,${part[0]}`;
    }
    const number = numberOf(isNamed ? part.slice(2) : part);
    if (number === undefined) return undefined;
    numbers.push(number);
  }
  return { names: isNamed ? names : indexes(numbers.length), numbers };
}

function isBareCount(count: number): boolean {
  return count <= BARE_MAX || count === BARE_AXES;
}

function isNamedNumber(part: string): boolean {
  return part.charCodeAt(1) === EQUALS && LETTER.test(part);
}

/** A number, or what a word says that there is instead; undefined for what is beyond the doubles. */
function numberOf(text: string): number | undefined {
  if (IS_NUMBER.test(text)) {
    const number = Number(text);
    return Number.isFinite(number) ? number : undefined;
  }
  if (!NOT_FINITE.test(text)) return undefined;
  return IS_NAN.test(text) ? NaN : text.startsWith("-") ? -Infinity : Infinity;
}

const INDEXES: string[] = [];

function indexes(count: number): string {
  return INDEXES[count] ??= Array.from({ length: count }, (_, i) => i).join(",");
}
