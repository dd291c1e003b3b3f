// As split_parse.ts, with the whole file as one text, whose lines then fill the memory.
import { readFileSync } from "node:fs";
import process from "node:process";

let rows = 0;
let frames = 0;
for (const line of readFileSync(process.argv[2]!, "utf8").split("\n")) {
  if (line === "") continue;
  const row = JSON.parse(line) as { readonly f: number };
  rows++;
  frames = Math.max(frames, row.f + 1);
}
console.log(`${rows} rows, ${frames} frames`);
