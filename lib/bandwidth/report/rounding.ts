/** Three decimals: what a reader can use, and no more digits than the arithmetic is sure of. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** A part divided by a whole, six decimals; 0 where the whole is nothing. */
export function ratioOf(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 1e6) / 1e6;
}

/** A rate to six decimals, and to three digits where that would be fewer: what is there is never 0. */
export function rateOf(amount: number, time: number): number {
  const rate = ratioOf(amount, time);
  return rate >= 1e-3 || time === 0 ? rate : Number((amount / time).toPrecision(3));
}
