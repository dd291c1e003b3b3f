import { Buffer } from "node:buffer";
import { deflateSync } from "fflate";
import { toColumns } from "./columns.ts";

/**
 * A value as JSON, in columns, deflated, in base64: what a page holds much of takes a few percent of
 * its place. The bytes are the same on every runtime. `script/packed_data.js` reads it.
 */
export function packedJson(value: unknown): string {
  const json = new TextEncoder().encode(JSON.stringify(toColumns(value)));
  const bytes = deflateSync(json, { level: 9 });
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}
