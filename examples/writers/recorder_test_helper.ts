import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { statSync } from "node:fs";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { commandLine } from "../../cli/run_cli_test_helper.ts";

/** How long a file has to stay as it is until all that came is in it. */
const QUIET_MS = 400;

/** `hindcast record` as a process that listens on a TCP port of this machine. */
export class Recorder {
  readonly path: string;
  readonly port: number;
  readonly #child: ChildProcess;
  readonly #said: string[];

  private constructor(path: string, port: number, child: ChildProcess, said: string[]) {
    this.path = path;
    this.port = port;
    this.#child = child;
    this.#said = said;
  }

  /** Starts one. @param port 0 for any that is free */
  static async start(path: string, port = 0, options: readonly string[] = []): Promise<Recorder> {
    const url = `tcp://127.0.0.1:${port}`;
    const flags = ["record", "--listen", url, "-o", path, "--flush-ms", "50", ...options];
    const [program, ...words] = commandLine(...flags);
    const child = spawn(program, words, { stdio: ["ignore", "ignore", "pipe"] });
    const said: string[] = [];
    const taken = await new Promise<number>((resolve, reject) => {
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        said.push(text);
        const found = /listening on tcp:\/\/127\.0\.0\.1:(\d+)/.exec(said.join(""));
        if (found !== null) resolve(Number(found[1]));
      });
      child.once("close", () => reject(new Error(`record ended: ${said.join("")}`)));
    });
    return new Recorder(path, taken, child, said);
  }

  /** Waits until nothing comes any more, and ends it as Ctrl-C does. @returns what it said */
  async stop(exitCode = 0): Promise<string> {
    for (let size = -1, now = this.#size(); now !== size; now = this.#size()) {
      size = now;
      await sleep(QUIET_MS);
    }
    return await this.end(exitCode);
  }

  /** Ends it as Ctrl-C does. @returns what it said */
  async end(exitCode = 0): Promise<string> {
    const ended = new Promise((resolve) => this.#child.once("close", resolve));
    // Deno's own kill() hides the exit code.
    process.kill(this.#child.pid!, "SIGINT");
    assert.equal(await ended, exitCode, this.#said.join(""));
    return this.#said.join("");
  }

  /** Waits until it has written something. */
  async begun(): Promise<void> {
    while (this.#size() < 2048) await sleep(20);
  }

  #size(): number {
    return statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
  }
}
