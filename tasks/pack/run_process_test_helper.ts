import { spawn } from "node:child_process";
import process from "node:process";
import { readSource } from "./root.ts";

/** What a process left behind. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a process is run. */
export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a program to its end. */
export function runProcess(
  [program, ...args]: readonly string[],
  { cwd, env = {} }: RunOptions,
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(program!, args, {
      cwd,
      env: { ...process.env, NO_COLOR: "1", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const texts = ["", ""];
    for (const [i, stream] of [child.stdout, child.stderr].entries()) {
      stream.setEncoding("utf8").on("data", (text: string) => texts[i] += text);
    }
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout: texts[0]!, stderr: texts[1]! }));
  });
}

/** Standard output of a program that has to succeed. */
export async function outputOf(words: readonly string[], options: RunOptions): Promise<string> {
  const { code, stderr, stdout } = await runProcess(words, options);
  if (code !== 0) throw new Error(`${words.join(" ")}: exit code ${code}\n${stdout}${stderr}`);
  return stdout;
}

/** A version that the tests of all runtimes use, by its name in `.ci/run`. */
function versionOf(name: string): string {
  return new RegExp(`^${name}=(.*)$`, "m").exec(readSource(".ci/run"))![1]!;
}

/** Words that run a package that npm has. */
const npx = (name: string) => ["npx", "-y", "-p", name, "--"];

/** Path of a Node of a version; the one of CI when it is left out. */
export async function nodePath(version: string = versionOf("NODE")): Promise<string> {
  const system = process.platform === "win32" ? "win" : process.platform;
  const words = npx(`node-${system}-${process.arch}@${version}`);
  const path = await outputOf([...words, "node", "-p", "process.execPath"], { cwd: "." });
  return path.trim();
}

/** Path of Bun, of the version of CI. */
export async function bunPath(): Promise<string> {
  const words = [...npx(versionOf("BUN")), "bun", "-p", "process.execPath"];
  return (await outputOf(words, { cwd: "." })).trim();
}
