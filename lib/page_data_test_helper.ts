// Helper of tests that look at what a page holds.
import { Buffer } from "node:buffer";
import { inflateRawSync } from "node:zlib";
import { fromColumns } from "./page/script/columns.js";

/** What scripts of a page read, unpacked: of a report's page `{report, moments, events, shots, ...}`. */
export function pageDataOf(html: string): Record<string, unknown> {
  const [, text] = /<script type="text\/plain" id="data">([^<]*)<\/script>/.exec(html)!;
  return fromColumns(JSON.parse(inflateRawSync(Buffer.from(text!, "base64")).toString()));
}
