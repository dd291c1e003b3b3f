import { eachMember } from "./json_places.ts";

/** Texts below this are read again for each number. */
const UNITS_MIN = 2048;
/** Numbers of a text that are remembered. */
const NUMBERS_MAX = 2 ** 20;
/** Numbers with fewer characters and no exponent are what a double says. */
const LENGTH_MIN = 16;

/** A text of JSON, or a number. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const LONG_INTEGER = /^-?\d{16,}$/;

let last = "";
let asked = 0;
let numbers: ReadonlyMap<string, string> | undefined;

/**
 * How a number of many digits is spelt in a long text of JSON, of which several are asked for: the
 * text is read once for all of them.
 *
 * @param path dotted path of the number from the text's root
 * @returns undefined where the text has to be looked at for it
 */
export function longNumberAt(text: string, path: string): string | undefined {
  if (text.length < UNITS_MIN) return undefined;
  if (text !== last) {
    last = text;
    asked = 0;
    numbers = undefined;
  }
  if (++asked < 3) return undefined;
  return (numbers ??= longNumbers(text)).get(path);
}

/** JSON with the digits of integers above 2^53, which a double may not hold, as texts. */
export function quoteLongIntegers(text: string): string {
  return text.replace(TOKEN, (token) => {
    const isLong = LONG_INTEGER.test(token) && !Number.isSafeInteger(Number(token));
    return isLong ? `"${token}"` : token;
  });
}

function longNumbers(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  eachMember(text, (path, { valueAt, valueEnd }) => {
    const first = text.charCodeAt(valueAt);
    if (first !== 0x2d && !(first >= 0x30 && first <= 0x39)) return;
    const isLong = valueEnd - valueAt >= LENGTH_MIN || /[eE]/.test(text.slice(valueAt, valueEnd));
    if (isLong && found.size < NUMBERS_MAX) found.set(path, text.slice(valueAt, valueEnd));
  });
  return found;
}
