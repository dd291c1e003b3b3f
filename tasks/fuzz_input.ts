// Records a million hostile lines, and says how long that takes and how much memory:
// deno task fuzz-input [LINES] [SEED]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { recordHostile } from "./fuzz/record_hostile.ts";

const [lines = "1000000", seed = "1"] = process.argv.slice(2);
/** Half of them in short inputs, which end in many ways, half in long ones, which grow. */
const LENGTHS = [500, 25_000];
const PEAK_BYTES_MAX = 2e9;
const MS_PER_LINE_MAX = 20;

const folder = mkdtempSync(join(tmpdir(), "hindcast-fuzz-"));
try {
  for (const linesPerInput of LENGTHS) {
    const figures = await recordHostile(folder, {
      lines: Math.ceil(Number(lines) / LENGTHS.length),
      linesPerInput,
      seed: Number(seed),
      onInput: (done) => {
        if (done % 50_000 === 0) console.error(`${done} lines in inputs of ${linesPerInput}`);
      },
    });
    const { bytes, seconds, slowestMsPerLine, peakBytes, inputsByCode, faults } = figures;
    const codes = Object.entries(inputsByCode).map(([code, n]) => `${n} with exit code ${code}`);
    console.log(
      `${figures.lines} lines, ${(bytes / 1e6).toFixed(1)} MB, in inputs of ${linesPerInput}: ` +
        `${Math.round(figures.lines / seconds)} lines/s, at most ${
          slowestMsPerLine.toFixed(2)
        } ms ` +
        `a line of an input, peak ${Math.round(peakBytes / 1e6)} MB; ${codes.join(", ")}`,
    );
    for (const fault of faults) console.log(`fault: ${fault}`);
    const isBounded = peakBytes < PEAK_BYTES_MAX && slowestMsPerLine < MS_PER_LINE_MAX;
    if (faults.length > 0 || !isBounded) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
