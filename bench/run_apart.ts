import { spawnSync } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";

/**
 * Figures that a file prints as JSON when it runs with an argument: the least of each over some
 * processes of their own. So nothing runs code that another path warmed for itself, and in one of
 * the processes the compiler may have had bad luck.
 */
export function runApart(fileUrl: string, argument: string, processes: number): number[] {
  const file = fileURLToPath(fileUrl);
  const start = "deno" in process.versions ? ["run", "-A", file] : [file];
  let best: number[] = [];
  for (let i = 0; i < processes; i++) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [...start, argument], {
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(stderr);
    const times = JSON.parse(stdout) as number[];
    best = times.map((time, t) => Math.min(time, best[t] ?? Infinity));
  }
  return best;
}
