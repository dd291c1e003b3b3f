/**
 * JSON form of an integer from 0, as of a `u64` field: a number up to 2^53 - 1, above it a text of
 * its digits.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { jsonInteger } from "@hindcast/hindcast/world";
 *
 * assert.deepEqual([7n, 2n ** 60n].map(jsonInteger), [7, "1152921504606846976"]);
 * ```
 */
export function jsonInteger(value: bigint): number | string {
  return value <= Number.MAX_SAFE_INTEGER ? Number(value) : String(value);
}
