/** Peak memory of commands. */
import { join } from "node:path";
import type { BenchCase } from "../harness/bench_case.ts";
import { BARE, command, HINDCAST } from "../harness/command.ts";
import { duelFiles } from "../states/duel_files.ts";

const ROUNDS = 5;

/** Most memory that is resident at once. */
export const MEMORY_CASES: readonly BenchCase[] = [{
  name: "memory",
  title: "peak memory of commands on the duel, against a script that does nothing",
  unit: "bytes",
  figure: "peakBytes",
  async prepare(setting) {
    const { folder, longPath, recording } = await duelFiles(setting);
    const hindcast = (name: string, ...args: string[]) =>
      command({ name, args: [HINDCAST, ...args], folder, hasPeak: true });
    const output = join(folder, "memory.mcap");
    return {
      candidates: [
        command({ name: "bare runtime", args: [BARE], folder, hasPeak: true }),
        hindcast("info", "info", recording),
        hindcast("record", "record", longPath, "-o", output, "--force"),
        hindcast("report", "report", recording, "--net", "delay=50,jitter=10,loss=5%", "--json"),
      ],
      steps: 1,
      rounds: ROUNDS,
    };
  },
}];
