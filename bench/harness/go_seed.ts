import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Candidate, Contest, Setting } from "./bench_case.ts";

/** A line that bench/go prints. */
interface Line {
  readonly ns: number;
  readonly sum: number;
  readonly hash: string;
}

const SOURCES = fileURLToPath(new URL("../go/", import.meta.url));

/** The seed in Go, built where there is a compiler. */
class GoSeed {
  readonly #folder: string = mkdtempSync(join(tmpdir(), "hindcast-bench-"));
  readonly #binary: string = join(this.#folder, "seed");
  /** Why it cannot run; undefined when it can. */
  readonly missing: string | undefined = this.#build();

  /** One of its cases, whose steps are operations; it takes its own CPU time. */
  candidate(seedCase: string): Candidate {
    const run = (steps: number) => {
      const { ns, sum } = this.#run(seedCase, steps);
      return { cpuNs: ns * steps, wallNs: ns * steps, fold: sum | 0 };
    };
    return { name: "seed in Go", result: this.#run(seedCase, 1).hash, stepsMin: 100_000, run };
  }

  /** Removes the binary. */
  close(): void {
    rmSync(this.#folder, { recursive: true });
  }

  #build(): string | undefined {
    const go = spawnSync("go", ["build", "-o", this.#binary, "."], {
      cwd: SOURCES,
      encoding: "utf8",
    });
    if (go.error !== undefined) return "there is no go";
    return go.status === 0 ? undefined : `go cannot build it: ${go.stderr.trim()}`;
  }

  #run(seedCase: string, operations: number): Line {
    const { status, stdout, stderr } = spawnSync(
      this.#binary,
      ["-operations", String(operations), seedCase],
      { encoding: "utf8" },
    );
    if (status !== 0) throw new Error(`seed in Go failed: ${stderr}`);
    return JSON.parse(stdout) as Line;
  }
}

/**
 * Candidates behind the seed in Go, where that can run; else the first of them is the base. The
 * short form does without it.
 */
export function behindGo(
  seedCase: string,
  candidates: readonly Candidate[],
  { isShort }: Setting,
): Contest {
  if (isShort) return { candidates };
  const seed = new GoSeed();
  if (seed.missing !== undefined) {
    seed.close();
    return { candidates, notes: [`without the seed in Go: ${seed.missing}`] };
  }
  const close = () => seed.close();
  return { candidates: [seed.candidate(seedCase), ...candidates], close };
}
