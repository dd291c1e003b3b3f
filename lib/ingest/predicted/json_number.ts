/** Powers of ten that a double holds exactly. */
const POWERS: Float64Array = Float64Array.from({ length: 23 }, (_, n) => Number(`1e${n}`));

/** Digits of an integer of 32 bits, and of two of them, whose product with a power is exact. */
const DIGITS = 9;
const DIGITS_TWICE = 18;
/** Digits with which every integer is a double. */
const DIGITS_EXACT = 15;
const EXACT_BELOW = 2 ** 53;
/** A little more than a quotient may be off, relative to its correction. */
const MARGIN = 2 ** -48;
/** Splits a double into two halves, whose products are exact. */
const SPLITTER = 2 ** 27 + 1;

/** Digits of the last integer of 64 bits. */
const WIDE_DIGITS = 20;
const WIDE_LAST = "18446744073709551615";

const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;

/**
 * Reads a number as `JSON.parse` would, where it is plain: digits, maybe a fraction or an exponent,
 * below 2^53.
 *
 * @param bytes text in which something that belongs to no number follows, such as a newline
 * @param at its first byte
 * @param into takes the number at `place`
 * @returns place of the byte after it; -1 when there is no such number
 */
export function readNumber(
  bytes: Uint8Array,
  at: number,
  into: Float64Array,
  place: number,
): number {
  const start = at;
  const isNegative = bytes[at] === MINUS;
  if (isNegative) at++;
  let digit = bytes[at]! - ZERO;
  // Most numbers of a game are single digits.
  if (bytes[at + 1] === COMMA && digit >>> 0 <= 9 && !isNegative) {
    into[place] = digit;
    return at + 1;
  }
  if (digit >>> 0 > 9) return -1;
  // The first nine digits after leading zeros, and the next nine.
  let head = digit;
  let tail = 0;
  let count = digit === 0 ? 0 : 1;
  digit = bytes[++at]! - ZERO;
  if (count === 0 && digit >>> 0 <= 9) return -1;
  while (digit >>> 0 <= 9) {
    if (count < DIGITS) head = (head * 10 + digit) | 0;
    else if (count < DIGITS_TWICE) tail = (tail * 10 + digit) | 0;
    count++;
    digit = bytes[++at]! - ZERO;
  }
  let places = 0;
  if (bytes[at] === POINT) {
    const pointAt = at;
    digit = bytes[++at]! - ZERO;
    while (digit >>> 0 <= 9) {
      if (count < DIGITS) head = (head * 10 + digit) | 0;
      else if (count < DIGITS_TWICE) tail = (tail * 10 + digit) | 0;
      if (count > 0 || digit > 0) count++;
      digit = bytes[++at]! - ZERO;
    }
    places = at - pointAt - 1;
    if (places === 0) return -1;
  }
  let value: number;
  if (bytes[at] === 0x65 || bytes[at] === 0x45) {
    at = endOfExponent(bytes, at + 1);
    if (at < 0) return -1;
    value = NaN;
  } else if (count <= DIGITS && places < POWERS.length) value = head / POWERS[places]!;
  else value = quotient(head, tail, count, places);
  if (value !== value) value = magnitude(bytes, start, at, count);
  if (!(value < EXACT_BELOW)) return -1;
  into[place] = isNegative ? -value : value;
  return at;
}

/**
 * Reads an integer from 0 to 2^64 - 1, a number or its digits as a text.
 *
 * @param numbers takes the number, or the nearest one, at `place`
 * @param texts takes its digits from 2^53 on, else the empty text
 * @returns place of the byte after it; -1 when there is no such integer
 */
export function readWide(
  bytes: Uint8Array,
  at: number,
  numbers: Float64Array,
  texts: string[],
  place: number,
): number {
  const isText = bytes[at] === QUOTE;
  const start = isText ? at + 1 : at;
  let end = start;
  for (let byte = bytes[end]!; byte >= ZERO && byte <= ZERO + 9; byte = bytes[++end]!);
  const count = end - start;
  if (count === 0 || count > WIDE_DIGITS || (bytes[start] === ZERO && count > 1)) return -1;
  const next = bytes[end]!;
  if (isText ? next !== QUOTE : next === POINT || next === 0x65 || next === 0x45) return -1;
  const value = spelled(bytes, start, end);
  let text = "";
  if (value >= EXACT_BELOW) {
    for (let i = start; i < end; i++) text += String.fromCharCode(bytes[i]!);
    if (count === WIDE_DIGITS && text > WIDE_LAST) return -1;
  }
  numbers[place] = value;
  texts[place] = text;
  return isText ? end + 1 : end;
}

/** Magnitude of the number that bytes spell; NaN where it is 0 only because doubles are not smaller. */
function magnitude(bytes: Uint8Array, from: number, to: number, count: number): number {
  const value = Math.abs(spelled(bytes, from, to));
  return value === 0 && count > 0 ? NaN : value;
}

/** The double next to digits over a power of ten; NaN where that is not sure. */
function quotient(head: number, tail: number, count: number, places: number): number {
  if (count > DIGITS_TWICE || places >= POWERS.length) return NaN;
  const power = POWERS[places]!;
  const high = head * POWERS[count - DIGITS]!;
  if (count <= DIGITS_EXACT) return (high + tail) / power;
  // The digits are sum + rest, exactly, and the quotient is first + correction, nearly.
  const sum = high + tail;
  const rest = tail - (sum - high);
  const first = sum / power;
  const correction = (remainder(sum, first, power) + rest) / power;
  const low = first + correction * (1 - MARGIN);
  return low === first + correction * (1 + MARGIN) ? low : NaN;
}

/** `sum - first * power`, exactly, of a quotient `first`. */
function remainder(sum: number, first: number, power: number): number {
  const product = first * power;
  const a = SPLITTER * first;
  const aHigh = a - (a - first);
  const aLow = first - aHigh;
  const b = SPLITTER * power;
  const bHigh = b - (b - power);
  const bLow = power - bHigh;
  const lost = aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
  return sum - product - lost;
}

/** Place after an exponent whose letter is read; -1 when there is none. */
function endOfExponent(bytes: Uint8Array, at: number): number {
  if (bytes[at] === MINUS || bytes[at] === 0x2b) at++;
  const first = at;
  while (bytes[at]! >= ZERO && bytes[at]! <= ZERO + 9) at++;
  return at === first ? -1 : at;
}

/** The number that bytes spell. */
function spelled(bytes: Uint8Array, from: number, to: number): number {
  let text = "";
  for (let at = from; at < to; at++) text += String.fromCharCode(bytes[at]!);
  return Number(text);
}
