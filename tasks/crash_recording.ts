// Kills a recorder by SIGKILL at random moments while 64 entities and an event a frame stream in at
// 60 Hz over a WebSocket, and says what is lost: deno task crash [ROUNDS] [SEED]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { createRandom } from "../lib/net/link/random.ts";
import { crashRound } from "./crash/crash_round.ts";

const [rounds = "200", seed = "1"] = process.argv.slice(2);
const AT_ONCE = 4;
const MOMENT_MS_MAX = 5000;

const folder = mkdtempSync(join(tmpdir(), "hindcast-crash-"));
const random = createRandom(Number(seed), 0, "moments");
const lostMs: number[] = [];
let sent = 0;
let kept = 0;
let failed = 0;
try {
  for (let round = 0; round < Number(rounds); round += AT_ONCE) {
    const names = Array.from(
      { length: Math.min(AT_ONCE, Number(rounds) - round) },
      (_, i) => round + i,
    );
    const outcomes = await Promise.allSettled(
      names.map((name) => crashRound(folder, String(name), random.below(MOMENT_MS_MAX))),
    );
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") {
        failed++;
        console.log(`fault: ${outcome.reason}`);
        continue;
      }
      sent += outcome.value.sent;
      kept += outcome.value.kept;
      lostMs.push(outcome.value.oldestLostMs);
    }
    console.error(`${names.at(-1)! + 1} rounds`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
lostMs.sort((a, b) => a - b);
const median = lostMs[lostMs.length >> 1] ?? 0;
console.log(
  `${rounds} kills, ${failed} at fault: ${kept} of ${sent} frames kept; oldest that is lost ` +
    `${Math.round(lostMs.at(-1) ?? 0)} ms, median ${Math.round(median)} ms`,
);
if (failed > 0) process.exitCode = 1;
