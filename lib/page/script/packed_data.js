import { fromColumns } from "./columns.js";

/** The value that `packedJson` packed into an element. */
export async function readPacked(id) {
  const binary = atob(document.getElementById(id).textContent);
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return fromColumns(await new Response(inflated).json());
}
