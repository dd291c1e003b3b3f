/** A count; nothing for none. */
export function countText(count: number): string {
  return count === 0 ? "" : String(count);
}

/** A share in percent. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** At most three digits behind the point. */
export function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
