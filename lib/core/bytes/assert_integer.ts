/** Checks a setting. @throws {RangeError} naming it, unless it is an integer from `min` to `max` */
export function assertInteger(name: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new RangeError(`${name} is ${value}, expected an integer from ${min} to ${max}`);
}
