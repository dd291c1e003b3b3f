/** Digits with which a decimal names one binary32 and no other. */
const DIGITS_MAX = 9;
/** Every decimal of so many digits is found again in the binary32 next to it. */
const DIGITS_SURE = 6;
const NORMAL_MIN = 2 ** -126;
/** Powers of ten that a double holds exactly. */
const POWER_MAX = 22;

/**
 * Significant digits of a number that is a binary32 spelt as a decimal: the least n from 6 to 9 for
 * which the binary32 next to the number reads as the number again when it is printed with n digits.
 * So 3.1415927 has 8 and 0.1 has 6.
 *
 * @returns 0 for a number that is no such decimal, and for an integer that binary32 rounds
 */
export function binary32Digits(value: number): number {
  const single = Math.fround(value);
  if (single === value) return DIGITS_SURE;
  if (!Number.isFinite(single) || Number.isInteger(value)) return 0;
  const size = Math.abs(value);
  if (size < NORMAL_MIN) return printedDigits(value, single);
  const exponent = Math.floor(Math.log10(size));
  for (let digits = DIGITS_SURE; digits <= DIGITS_MAX; digits++) {
    const places = digits - 1 - exponent;
    if (places < 0 || places > POWER_MAX) return printedDigits(value, single);
    const power = 10 ** places;
    if (Math.round(value * power) / power !== value) continue;
    return digits === DIGITS_SURE || Math.abs(single - value) * 2 <= 1 / power ? digits : 0;
  }
  return 0;
}

function printedDigits(value: number, single: number): number {
  for (let digits = DIGITS_SURE; digits <= DIGITS_MAX; digits++) {
    if (Number(single.toPrecision(digits)) === value) return digits;
  }
  return 0;
}
