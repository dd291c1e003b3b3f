import { fromColumns } from "./columns.js";

/** The value that `packedJson` packed into an element. */
export async function readPacked(id) {
  const binary = atob(document.getElementById(id).textContent);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return fromColumns(await new Response(inflated).json());
}
