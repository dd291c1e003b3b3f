// Reads a million hostile MCAP records, and says how long that takes and how much memory:
// deno task fuzz-mcap [RECORDS] [SEED]
import process from "node:process";
import { readHostile } from "./fuzz/mcap/read_hostile.ts";

const [records = "1000000", seed = "1"] = process.argv.slice(2);
const PEAK_BYTES_MAX = 1e9;
const MS_MAX = 2000;

let told = 0;
const figures = await readHostile(Number(records), Number(seed), (done) => {
  if (done - told < 50_000) return;
  told = done;
  console.error(`${done} records`);
});
const { files, seconds, slowestMs, peakBytes, opened, whole, refused, faults } = figures;
console.log(
  `${figures.records} records in ${files} files: ${
    Math.round(figures.records / seconds)
  } records/s, ` +
    `at most ${Math.round(slowestMs)} ms a file, peak ${Math.round(peakBytes / 1e6)} MB; ` +
    `${whole} whole, ${opened} with damage, ${refused} refused`,
);
for (const fault of faults) console.log(`fault: ${fault}`);
if (faults.length > 0 || peakBytes > PEAK_BYTES_MAX || slowestMs > MS_MAX) process.exitCode = 1;
