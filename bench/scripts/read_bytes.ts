// What the bytes of a file take, 256 KiB at a time, each looked at for the ends of lines.
import { openSync, readSync } from "node:fs";
import process from "node:process";

const file = openSync(process.argv[2]!, "r");
const piece = new Uint8Array(1 << 18);
let rows = 0;
for (let length = 1; length > 0;) {
  length = readSync(file, piece);
  const bytes = piece.subarray(0, length);
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) rows++;
}
console.log(`${rows} rows`);
