// Reads and records 10 million rows, without a schema and with one, and says how memory grows:
// deno task verify:memory [ROWS]
import process from "node:process";
import { LONG_SCHEMA, recordLong } from "../lib/recording/long_stream_test_helper.ts";

const rows = Number(process.argv[2] ?? 10_000_000);
/** Bytes of memory a row that count as none: a block of 2000 rows leaves 250 behind. */
const SLOPE_MAX = 1;

for (const [name, schema] of [["inferred", undefined], ["declared", LONG_SCHEMA]] as const) {
  const marks = [];
  for await (const mark of recordLong(rows, schema, rows / 20)) {
    marks.push(mark);
    console.error(`${name}: ${mark.rows} rows, ${(mark.usedBytes / 1e6).toFixed(1)} MB in use`);
  }
  // Counters of distinct values fill up to their bound at first.
  const late = marks.slice(marks.length / 2);
  const first = Math.min(...late.slice(0, 3).map((mark) => mark.usedBytes));
  const last = Math.min(...late.slice(-3).map((mark) => mark.usedBytes));
  const slope = (last - first) / (late.at(-1)!.rows - late[0]!.rows);
  const peak = (marks.at(-1)!.peakBytes / 1e6).toFixed(0);
  console.log(`${name} schema: ${slope.toFixed(3)} bytes a row, peak ${peak} MB`);
  if (slope > SLOPE_MAX) process.exitCode = 3;
}
