import { type ChildProcess, spawn } from "node:child_process";
import process from "node:process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../cli/main.ts", import.meta.url));

/** Words that run `hindcast` with the runtime that runs this. */
export const MAIN_COMMAND: readonly string[] = "Deno" in globalThis
  ? [process.execPath, "run", "-A", "--no-check", "--quiet", MAIN]
  : [process.execPath, MAIN];

/** What a recorder that ended has left. */
export interface Ending {
  /** Exit code; null after a signal. */
  readonly code: number | null;
  /** What it said, with where it listened. */
  readonly stderr: string;
}

/** A `hindcast record` process that listens. */
export interface LiveRecorder {
  readonly child: ChildProcess;
  /** Where it listens, by scheme: `ws://127.0.0.1:41234`. */
  readonly urls: ReadonlyMap<string, string>;
  readonly ended: Promise<Ending>;
}

/** Starts `hindcast record` with the runtime that runs this, and waits until it listens. */
export async function startRecorder(
  schemes: readonly string[],
  args: readonly string[],
): Promise<LiveRecorder> {
  const listens = schemes.flatMap((scheme) => ["--listen", `${scheme}://127.0.0.1:0`]);
  const [command, ...before] = MAIN_COMMAND;
  const child = spawn(command!, [...before, "record", ...listens, ...args], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const urls = new Map<string, string>();
  let stderr = "";
  const ended = new Promise<Ending>((resolve) => {
    child.on("close", (code) => resolve({ code, stderr }));
  });
  await new Promise<void>((resolve, reject) => {
    createInterface(child.stderr!).on("line", (line) => {
      stderr += `${line}\n`;
      const [, url, scheme] = /^listening on ((\w+):\/\/\S+)/.exec(line) ?? [];
      if (url !== undefined) urls.set(scheme!, url);
      if (urls.size === schemes.length) resolve();
    });
    void ended.then(() => reject(new Error(`the recorder ended before it listened: ${stderr}`)));
  });
  return { child, urls, ended };
}
