import type { Kind } from "../state/schema.ts";

/**
 * Unsigned 32-bit number that stands for kinds, their fields in order, and how those are coded:
 * FNV-1a over the UTF-16 units of their JSON, low byte first. Two ends that agree on it read the
 * same values out of the same bytes, unless chance (1 in 2^32) or malice wants otherwise.
 */
export function schemaHash(kinds: readonly Kind[], coding: string): number {
  const tables = kinds.map(({ name, fields }) => [
    name,
    fields.map(({ name, type, step, values, optional }) => [
      name,
      type,
      step ?? null,
      values ?? null,
      optional ?? false,
    ]),
  ]);
  const text = JSON.stringify([coding, tables]);
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
  }
  return hash >>> 0;
}
