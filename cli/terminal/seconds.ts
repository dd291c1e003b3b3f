/** Time since a moment of `performance.now()`, as a last line has it: `1.5 s`. */
export function secondsSince(startMs: number): string {
  return `${((performance.now() - startMs) / 1000).toFixed(1)} s`;
}
