/** Longest path to a page in characters. */
const LENGTH_MAX = 200;

/**
 * Address of a page that lies beside this one, percent-encoded, from its path as text; undefined for
 * all that is not a relative path to an HTML file: whoever writes a link may name a page beside this
 * one, and nothing else.
 *
 * @param path with `/` between folders, not encoded
 */
export function pageAddress(path: string): string | undefined {
  if (path.length > LENGTH_MAX || !/[^/]\.html?$/i.test(path)) return undefined;
  // deno-lint-ignore no-control-regex
  if (path.startsWith("/") || path.includes("//") || /[\\:\u0000-\u001f\u007f]/.test(path)) {
    return undefined;
  }
  try {
    return path.split("/").map(encodeURIComponent).join("/");
  } catch {
    // Half of a surrogate pair is no text.
    return undefined;
  }
}
