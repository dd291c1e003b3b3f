/** Checks a setting. @throws {RangeError} naming it, unless it is an integer from `min` to `max` */
export function assertInteger(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  const shown = typeof value === "string" ? JSON.stringify(value) : value;
  throw new RangeError(`${name} is ${shown}, expected an integer from ${min} to ${max}`);
}
