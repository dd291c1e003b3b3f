// Sends a million hostile messages to a recorder over TCP, WebSockets and UDP, and says how it bears
// that: deno task fuzz-sockets [MESSAGES] [SEED]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { recordHostileProducers } from "./fuzz/sockets/record_hostile_producers.ts";

const [messages = "1000000", seed = "1"] = process.argv.slice(2);
const PEAK_BYTES_MAX = 1e9;
const END_MS_MAX = 10_000;

const RUNS = [
  { token: undefined, args: [] },
  // Those that have left stay producers for a while over UDP: with few, most are refused.
  { token: "secret", args: ["--max-producers", "1000"] },
  { token: undefined, args: ["--on-restart", "split"] },
];

for (const { token, args } of RUNS) {
  const folder = mkdtempSync(join(tmpdir(), "hindcast-sockets-"));
  try {
    const share = Math.ceil(Number(messages) / 3);
    const figures = await recordHostileProducers(folder, share, Number(seed), token, args);
    const { producers, seconds, peakBytes, endMs, code, frames, said, faults } = figures;
    console.log(
      `${
        [token === undefined ? [] : ["--token"], args].flat().join(" ") || "plain"
      }: ${figures.messages} messages of ${producers} producers, ` +
        `${Math.round(figures.messages / seconds)} a second, peak ${Math.round(peakBytes / 1e6)} ` +
        `MB; exit code ${code} after ${Math.round(endMs)} ms, ${frames} frames, ${said.length} ` +
        "lines said",
    );
    for (const fault of faults) console.log(`fault: ${fault}`);
    const isBounded = peakBytes < PEAK_BYTES_MAX && endMs < END_MS_MAX;
    if (faults.length > 0 || !isBounded) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
process.exit();
