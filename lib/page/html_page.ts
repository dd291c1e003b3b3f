import { createHash } from "node:crypto";
import { htmlText, inlineJson } from "./html_escape.ts";
import { packedJson } from "./packed_data.ts";
import { MAIN_ID } from "./page_parts.ts";

/** What a page consists of. */
export interface HtmlPage {
  /** Title as any text. */
  readonly title: string;
  /** Style sheets, in order. */
  readonly styles: readonly string[];
  /** What the page shows, as HTML. */
  readonly body: string;
  /** What scripts read, and the id of the element that holds it, as JSON or packed. */
  readonly data: { readonly id: string; readonly value: unknown; readonly isPacked?: boolean };
  /** Scripts in order, which run when the page stands; none holds `</script`. */
  readonly scripts: readonly string[];
}

/**
 * A document that needs nothing else: no network, no file beside it. Its own policy forbids every
 * script but the given ones, and every request.
 *
 * @throws {RangeError} when a script would end its own element
 */
export function htmlPage({ body, data, scripts, styles, title }: HtmlPage): string {
  if (scripts.some((script) => /<\/script|<!--/i.test(script))) {
    throw new RangeError("Cannot put a script into a page: it holds </script or <!--");
  }
  const policy = [
    "default-src 'none'",
    `script-src ${scripts.map(sourceHash).join(" ")}`,
    "style-src 'unsafe-inline'",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${htmlText(title)}</title>
<link rel="icon" href="data:,">
<style>
${styles.join("\n")}</style>
</head>
<body>
<a class="skip" href="#${MAIN_ID}">skip to the content</a>
${body}
${dataElement(data)}
${scripts.map((script) => `<script>${script}</script>`).join("\n")}
</body>
</html>
`;
}

function dataElement({ id, isPacked, value }: HtmlPage["data"]): string {
  return isPacked === true
    ? `<script type="text/plain" id="${id}">${packedJson(value)}</script>`
    : `<script type="application/json" id="${id}">${inlineJson(value)}</script>`;
}

function sourceHash(script: string): string {
  return `'sha256-${createHash("sha256").update(script).digest("base64")}'`;
}
