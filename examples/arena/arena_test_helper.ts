// Helper of tests that play against the server as a process.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const SERVER = fileURLToPath(new URL("server.ts", import.meta.url));
const RUN = "Deno" in globalThis ? ["run", "-A", "--no-check", "--quiet"] : [];
const START_MS_MAX = 30_000;

/** What a server left behind. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A server that runs. */
export interface RunningArena {
  /** Address of its page, with a slash at the end. */
  readonly url: string;
  /** Once it has ended by itself. */
  readonly ended: Promise<Ended>;
  /** A signal, as an operator sends it; what it left behind once it has ended. */
  stop(signal?: "SIGTERM" | "SIGINT"): Promise<Ended>;
}

/**
 * Starts the server on a free port, on the runtime of the tests, in a folder of its own that is
 * removed afterwards.
 */
export async function withArena(
  args: readonly string[],
  visit: (arena: RunningArena, folder: string) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "hindcast-arena-"));
  const child = spawn(process.execPath, [...RUN, SERVER, "--port", "0", ...args], { cwd: folder });
  let [stdout, stderr] = ["", ""];
  child.stderr.on("data", (bytes) => stderr += bytes);
  const ended = new Promise<Ended>((resolve) =>
    child.on("close", (code) => resolve({ code, stdout, stderr }))
  );
  const started = new Promise<string>((resolve, reject) => {
    child.stdout.on("data", (bytes) => {
      stdout += bytes;
      const [url] = /http:\S+/.exec(stdout) ?? [];
      if (url !== undefined) resolve(url);
    });
    const fail = () => reject(new Error(`The server did not start: ${stdout}${stderr}`));
    setTimeout(fail, START_MS_MAX).unref();
    child.on("close", fail);
  });
  try {
    const url = await started;
    const stop = (signal: "SIGTERM" | "SIGINT" = "SIGTERM") => {
      // Deno tells no exit code of a child that was sent a signal by its own method.
      process.kill(child.pid!, signal);
      return ended;
    };
    await visit({ url, ended, stop }, folder);
  } finally {
    child.kill("SIGKILL");
    await ended;
    rmSync(folder, { recursive: true });
  }
}

/** Waits until something holds. @throws {AssertionError} when it does not within 20 s */
export async function until(what: string, holds: () => unknown): Promise<void> {
  const endMs = performance.now() + 20_000;
  while (!await holds()) {
    assert.ok(performance.now() < endMs, `never: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
