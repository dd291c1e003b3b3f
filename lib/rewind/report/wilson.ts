/** Two-sided 95 % quantile of the normal distribution. */
const Z = 1.959963984540054;

/**
 * Wilson score interval at 95 % of a share of `successes` in `total` (E. B. Wilson, 1927).
 *
 * @returns lower and upper bound from 0 to 1; the whole range when `total` is 0
 */
export function wilsonInterval(successes: number, total: number): [low: number, high: number] {
  if (total === 0) return [0, 1];
  const p = successes / total;
  const z2 = Z * Z;
  const scale = 1 + z2 / total;
  const center = (p + z2 / (2 * total)) / scale;
  const half = Z * Math.sqrt(p * (1 - p) / total + z2 / (4 * total * total)) / scale;
  return [Math.max(0, center - half), Math.min(1, center + half)];
}
