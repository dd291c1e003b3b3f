import { pageAddress } from "../../page/page_address.ts";
import type { PageShots } from "../moments/page_events.ts";

/**
 * Shots as the page links them: without a way back where the page of shots would not take it, which
 * takes relative paths to HTML files, of some length, alone.
 *
 * @returns the shots, and a sentence where the way back is left out
 */
export function withWayBack(
  shots: PageShots,
): { readonly shots: PageShots; readonly omissions: readonly string[] } {
  const { from, ...others } = shots;
  if (from === undefined || pageAddress(decoded(from)) === from) return { shots, omissions: [] };
  return {
    shots: others,
    omissions: [
      "Links to shots have no way back: a page is linked by a relative path of at most 200 " +
      "characters that ends in .html and has no colon, and this page's is none.",
    ],
  };
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return "";
  }
}
