import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import type { Candidate, Sample } from "./bench_case.ts";
import { ResultHash } from "./result_hash.ts";

/** A whole process. */
export interface Command {
  /** Names it. */
  readonly name: string;
  /** Script and its arguments, for the runtime at hand; paths of scripts from the root. */
  readonly args: readonly string[];
  /** Folder for what it prints; the hash of that is its fold. */
  readonly folder: string;
  /** File that it writes, hashed as well. */
  readonly output?: string;
  /** True to look at its memory, which makes its start a little longer. */
  readonly hasPeak?: boolean;
}

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** The command line's script. */
export const HINDCAST = "./cli/main.ts";
const PEAK = "./bench/harness/peak_preload.ts";

/** Runs a command some times, then prints real, user and system seconds of all of them. */
const SCRIPT = `
TIMEFORMAT='%R %U %S'
out=$1 err=$2 steps=$3; shift 3
run() { for ((i = 0; i < steps; i++)); do "$@" > "$out" 2> "$err" < /dev/null || return $?; done; }
time run "$@"
`;

/** A script that does nothing: what the start of the runtime takes. */
export const BARE = "./bench/scripts/bare.ts";

/** The runtime at hand and what stands before a script. */
export function runtimeCommand(hasPeak: boolean = false): string[] {
  const load = hasPeak ? ["--import", PEAK] : [];
  if ("deno" in process.versions) {
    return [process.execPath, "run", "-A", "--no-check", "--quiet", ...load];
  }
  return [process.execPath, ...("bun" in process.versions ? [] : NODE_FLAGS), ...load];
}

const NODE_FLAGS = ["--disable-warning=ExperimentalWarning"];

/**
 * Candidate that is a whole process, measured by bash from its start to its end.
 *
 * @throws {Error} with what it complained of, when a run fails
 */
export function command(
  { name, args, folder, output, hasPeak = false }: Command,
  rest: Omit<Candidate, "name" | "run"> = {},
): Candidate {
  const out = join(folder, "stdout");
  const err = join(folder, "stderr");
  const peak = join(folder, "peak");
  const line = [...runtimeCommand(hasPeak), ...args];
  const run = (steps: number): Sample => {
    const env = { ...process.env, LC_ALL: "C", ...(hasPeak ? { HINDCAST_BENCH_PEAK: peak } : {}) };
    const bash = ["-c", SCRIPT, "bash", out, err, String(steps), ...line];
    const { status, stderr } = spawnSync("bash", bash, { cwd: ROOT, encoding: "utf8", env });
    if (status !== 0) throw new Error(`${name} failed: ${readFileSync(err, "utf8")}${stderr}`);
    const [real, user, system] = stderr.trim().split(" ").map(Number);
    const hash = new ResultHash().bytes(readFileSync(out));
    if (output !== undefined) hash.bytes(readFileSync(output));
    return {
      cpuNs: (user! + system!) * 1e9,
      wallNs: real! * 1e9,
      fold: parseInt(String(hash), 16),
      ...(hasPeak ? { peakBytes: Number(readFileSync(peak, "utf8")) * 1024 } : {}),
    };
  };
  return { ...rest, name, run };
}
