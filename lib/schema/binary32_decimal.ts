import { float32Bits } from "../core/bytes/bits.ts";

/** Digits with which a decimal names one binary32 and no other. */
const DIGITS_MAX = 9;
/** Digits that most binary32 take. */
const MANY_DIGITS = 8;
/** In digits, as engines need not agree on the last bit of a logarithm. */
const LOG10_OF_2 = 0.3010299956639812;
/** Every decimal of so many digits is found again in the binary32 next to it. */
const DIGITS_SURE = 6;
/** More than what the doubles of a tie are off. */
const TIE = 1e-5;
/** Below it an integer is spelt with all its digits. */
const DIGITS_ALONE_BELOW = 1e21;
const NORMAL_MIN = 2 ** -126;
/** Powers of ten that a double holds exactly. */
const POWERS: Float64Array = Float64Array.from({ length: 23 }, (_, n) => Number(`1e${n}`));
const TEN_MIN = -38;
/** Powers of ten next to every normal binary32, from 10^-38 on. */
const TENS: Float64Array = Float64Array.from({ length: 78 }, (_, n) => Number(`1e${n + TEN_MIN}`));

/**
 * Significant digits of a number that is a binary32 spelt as a decimal: the least n from 6 to 9 for
 * which the binary32 next to the number reads as the number again when it is printed with n digits.
 * So 3.1415927 has 8 and 0.1 has 6.
 *
 * @returns 0 for a number that is no such decimal, and for an integer that binary32 rounds, unless
 *   it is so large that it is spelt with an exponent
 */
export function binary32Digits(value: number): number {
  const single = Math.fround(value);
  if (single === value) return DIGITS_SURE;
  const size = Math.abs(value);
  const isRoundedInteger = Number.isInteger(value) && size < DIGITS_ALONE_BELOW;
  if (!Number.isFinite(single) || isRoundedInteger) return 0;
  if (size < NORMAL_MIN) return printedDigits(value, single);
  const exponent = decimalExponent(size, single);
  for (let digits = DIGITS_SURE; digits <= DIGITS_MAX; digits++) {
    const places = digits - 1 - exponent;
    if (places < 0 || places >= POWERS.length) return printedDigits(value, single);
    const power = POWERS[places]!;
    if (Math.round(value * power) / power !== value) continue;
    if (digits === DIGITS_SURE) return digits;
    const halves = Math.abs(single - value) * 2 * power;
    // Of two decimals that are equally near, C and Python print the even one, JavaScript the other.
    const isTie = Math.abs(halves - 1) < TIE;
    if (isTie && Math.round(value * power) % 2 !== 0) return printedDigits(value, single);
    return isTie || halves < 1 ? digits : 0;
  }
  return 0;
}

/** As `binary32Digits(value) > 0`, for the many values of a field that were such decimals so far. */
export function isBinary32Decimal(value: number): boolean {
  const single = Math.fround(value);
  if (single === value) return true;
  const exponent = guessedExponent(single);
  const places = MANY_DIGITS - 1 - exponent;
  if (places >= 0 && places < POWERS.length) {
    const power = POWERS[places]!;
    const isNear = Math.abs(single - value) * 2 * power < 1 - TIE;
    if (isNear && Math.round(value * power) / power === value) return true;
  }
  return binary32Digits(value) > 0;
}

/** Exponent of the first digit of a size, near a normal binary32. */
function decimalExponent(size: number, single: number): number {
  const guess = guessedExponent(single);
  if (size < TENS[guess - TEN_MIN]!) return guess - 1;
  return size >= TENS[guess + 1 - TEN_MIN]! ? guess + 1 : guess;
}

/** Decimal exponent of the power of two below a binary32: its own, or one less. */
function guessedExponent(single: number): number {
  return Math.floor(((float32Bits(single) >>> 23 & 0xff) - 127) * LOG10_OF_2);
}

function printedDigits(value: number, single: number): number {
  for (let digits = 1; digits <= DIGITS_MAX; digits++) {
    const isPrinted = Number(single.toPrecision(digits)) === value ||
      printedToEven(Math.abs(single), digits) === Math.abs(value);
    if (isPrinted) return Math.max(digits, DIGITS_SURE);
  }
  return 0;
}

/** A number with so many digits where a tie goes to the even one; undefined where that is none. */
function printedToEven(size: number, digits: number): number | undefined {
  const [mantissa, exponent] = size.toExponential(digits - 1).split("e") as [string, string];
  const upper = Number(mantissa.replace(".", ""));
  const places = Number(exponent) - (digits - 1);
  const isTie = upper % 2 === 1 && Number(`${2 * upper - 1}e${places}`) === 2 * size;
  return isTie ? Number(`${upper - 1}e${places}`) : undefined;
}
