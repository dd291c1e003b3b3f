/**
 * A part of a whole, 0 to 1: six decimals, and six digits of what would be 0 with them, since what is
 * rare is not nothing. 0 where the whole is nothing.
 */
export function shareOf(part: number, whole: number): number {
  if (whole === 0) return 0;
  const share = part / whole;
  const rounded = Math.round(share * 1e6) / 1e6;
  return rounded === 0 ? Number(share.toPrecision(6)) : rounded;
}
