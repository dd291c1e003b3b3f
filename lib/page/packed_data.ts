import { Buffer } from "node:buffer";
import { deflateSync } from "fflate";

/**
 * A value as JSON, deflated, in base64: what a page holds much of takes a tenth of its place. The
 * bytes are the same on every runtime. `script/packed_data.js` reads it.
 */
export function packedJson(value: unknown): string {
  const bytes = deflateSync(new TextEncoder().encode(JSON.stringify(value)), { level: 9 });
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}
