import type { WindowRow, WindowRowWriter } from "./window_row.ts";

/** Text that is gathered before it is written. */
const TEXT_LENGTH = 1 << 16;

/**
 * Starts a CSV file with one row a run, second and consumer.
 *
 * @param write takes the bytes of the file, in order; they are not touched afterwards
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openCsv } from "@hindcast/hindcast/report";
 *
 * let text = "";
 * const csv = openCsv((bytes) => text += new TextDecoder().decode(bytes));
 * csv.add({
 *   run: "strict varint delay=50,loss=2%",
 *   ack: "strict",
 *   codec: "varint",
 *   net: "delay=50,loss=2%",
 *   seed: 1,
 *   second: 0,
 *   consumer: 7,
 *   wireBytes: 4250,
 *   kbps: 34,
 * });
 * csv.finish();
 * assert.equal(
 *   text.split("\r\n")[1],
 *   '"strict varint delay=50,loss=2%",strict,varint,"delay=50,loss=2%",1,0,7,4250,34',
 * );
 * ```
 */
export function openCsv(write: (bytes: Uint8Array) => void): WindowRowWriter {
  const encoder = new TextEncoder();
  let text = csvHeader();
  const flush = () => {
    write(encoder.encode(text));
    text = "";
  };
  return {
    add: (row) => {
      text += csvRow(row);
      if (text.length >= TEXT_LENGTH) flush();
    },
    finish: flush,
  };
}

const COLUMNS = "run,ack,codec,net,seed,second,consumer,wire_bytes,kbps";

/** First line of the CSV of `report`, with its line end. */
export function csvHeader(): string {
  return `${COLUMNS}\r\n`;
}

/**
 * One row as a line of CSV with its line end, by RFC 4180: lines end in CR LF; a text with a comma,
 * a quote or a line end stands in quotes, and quotes in it are doubled.
 *
 * A text that a spreadsheet would take for a formula, because it begins with `=`, `+`, `-`, `@`, a
 * tab or a carriage return, gets an apostrophe before it. Who needs names unchanged reads Parquet.
 */
export function csvRow(row: WindowRow): string {
  const { run, ack, codec, net, seed, second, consumer, wireBytes, kbps } = row;
  const texts = [run, ack, codec, net].map(textCell).join(",");
  return `${texts},${seed},${second},${consumer},${wireBytes},${kbps}\r\n`;
}

function textCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
