// The least that reading NDJSON takes: all lines of a file, each through JSON.parse, 64 KiB at a time.
import { openSync, readSync } from "node:fs";
import process from "node:process";

const file = openSync(process.argv[2]!, "r");
const piece = new Uint8Array(1 << 16);
const decoder = new TextDecoder();
let rest = "";
let rows = 0;
let frames = 0;
for (;;) {
  const length = readSync(file, piece);
  const lines = (rest + decoder.decode(piece.subarray(0, length), { stream: true })).split("\n");
  rest = length === 0 ? "" : lines.pop()!;
  for (const line of lines) {
    if (line === "") continue;
    const row = JSON.parse(line) as { readonly f: number };
    rows++;
    frames = Math.max(frames, row.f + 1);
  }
  if (length === 0) break;
}
console.log(`${rows} rows, ${frames} frames`);
