import { Buffer } from "node:buffer";
import { deflateSync } from "fflate";
import { toColumns } from "./columns.ts";

/**
 * A value as JSON, in columns, deflated, in base64: what a page holds much of takes a few percent of
 * its place. The bytes are the same on every runtime. `script/packed_data.js` reads it.
 */
export function packedJson(value: unknown): string {
  const bytes = deflated(value, 9);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}

/** About how many bytes `packedJson` makes of a value, some more, and in less time. */
export function packedBytes(value: unknown): number {
  return Math.ceil(deflated(value, 1).length * 4 / 3);
}

function deflated(value: unknown, level: 1 | 9): Uint8Array {
  return deflateSync(new TextEncoder().encode(JSON.stringify(toColumns(value))), { level });
}
