/**
 * Unit quaternion of the four values of a row; four zeros are no turn.
 *
 * @param start first value of the row
 * @param rotation fields of the quaternion
 * @param slots by field, its place in the row
 * @returns false where a value is no number
 */
export function readRotation(
  values: Float64Array,
  start: number,
  rotation: readonly number[],
  slots: readonly number[],
  out: [number, number, number, number],
): boolean {
  let squared = 0;
  for (let i = 0; i < 4; i++) {
    const value = values[start + slots[rotation[i]!]!]!;
    out[i] = value;
    squared += value * value;
  }
  if (!(squared < Infinity)) return false;
  const length = Math.sqrt(squared);
  for (let i = 0; i < 4; i++) out[i] = length > 0 ? out[i]! / length : i === 3 ? 1 : 0;
  return true;
}
