/** A value as a number where it is a bigint that a number is exactly; any other as it is. */
export function plainValue<T>(value: T): T | number {
  if (typeof value !== "bigint") return value;
  const number = Number(value);
  return BigInt(number) === value ? number : value;
}
