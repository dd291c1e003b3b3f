import { INPUT_LIMITS } from "./limits.ts";

/** Keys of a value of JSON, down to the depth that is taken at all. */
export function keysIn(value: unknown, depth: number): number {
  if (typeof value !== "object" || value === null || depth > INPUT_LIMITS.depth) return 0;
  let count = 0;
  const members = value as Record<string, unknown>;
  for (const key in members) {
    if (!Array.isArray(value)) count++;
    count += keysIn(members[key], depth + 1);
  }
  return count;
}
