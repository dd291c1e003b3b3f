import { spawn, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Buffer } from "node:buffer";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import type { EntityState, StateEvent } from "../lib/world.ts";
import {
  FileSource,
  MemorySink,
  MemorySource,
  type RecordingOptions,
  RecordingReader,
  RecordingWriter,
} from "../lib/recording.ts";
import { readStates, type ReadStatesOptions } from "../lib/ingest.ts";
import { endWithFolder } from "./in_folder_test_helper.ts";
import { runInMemory } from "./in_memory_test_helper.ts";
import { permissionFlags } from "./permissions_test_helper.ts";
import { strippedTypes } from "./stripped_types_test_helper.ts";

export { inFolder } from "./in_folder_test_helper.ts";

/** A way to run the command line. */
export interface Runtime {
  readonly name: "deno" | "bun" | "node";
  readonly command: string;
  /** Arguments that run `hindcast` with words; on Deno with the least permissions of these. */
  arguments(words: readonly string[]): readonly string[];
}

/** What a process left behind. */
export interface Outcome {
  /** Exit code; null after a signal. */
  readonly code: number | null;
  readonly stdout: string;
  readonly bytes: Uint8Array;
  readonly stderr: string;
}

/** How a process is run. */
export interface CliOptions {
  readonly cwd?: string;
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly runtime?: Runtime;
}

const MAIN = fileURLToPath(new URL("./main.ts", import.meta.url));
const NAMES = ["deno", "bun", "node"] as const;
const THIS_NAME = "Deno" in globalThis ? "deno" : "Bun" in globalThis ? "bun" : "node";

const STRIPPED = THIS_NAME === "node" ? await strippedTypes() : [];

/** The runtime that runs the tests. */
export const THIS_RUNTIME: Runtime = {
  name: THIS_NAME,
  command: process.execPath,
  arguments: (words) => THIS_NAME === "deno" ? denoArguments(words) : [...STRIPPED, MAIN, ...words],
};

function denoArguments(words: readonly string[], ...options: readonly string[]): string[] {
  const run = ["run", "--no-prompt", "--no-check", "--quiet", ...options];
  // Deno opens a device for nobody with less.
  const isDevice = words.some((word) => word.startsWith("/dev/"));
  return [...run, ...(isDevice ? ["-A"] : permissionFlags(words)), MAIN, ...words];
}

let others: readonly Runtime[] | undefined;

/** The other runtimes that are on the path, and new enough. */
export function otherRuntimes(): readonly Runtime[] {
  return others ??= NAMES.filter((name) => name !== THIS_NAME && isThere(name)).map((name) => ({
    name,
    command: name,
    // Deno takes the modules as another package manager has laid them out.
    arguments: (words) =>
      name === "deno"
        ? denoArguments(words, "--no-lock", "--node-modules-dir=manual")
        : [MAIN, ...words],
  }));
}

function isThere(name: string): boolean {
  const { status, stdout } = spawnSync(name, ["--version"], { encoding: "utf8" });
  if (status !== 0) return false;
  const [major, minor] = /\d+\.\d+/.exec(stdout)?.[0].split(".").map(Number) ?? [0, 0];
  return name !== "node" || major! > 22 || (major === 22 && minor! >= 18);
}

/** Processes that run at once; one that is started while others run waits. */
const AT_ONCE = 4;
let running = 0;
const waiting: (() => void)[] = [];

/**
 * Runs `hindcast`: in a process of its own where a runtime is named, else in that of the tests, which
 * comes to the same (`process_test.ts`).
 */
export async function hindcast(
  args: readonly string[],
  options: CliOptions = {},
): Promise<Outcome> {
  if (options.runtime === undefined) return await runInMemory(args, options);
  const { runtime } = options;
  return await execute(runtime.command, runtime.arguments(args), options);
}

/** Runs `hindcast` and parses what it prints. @throws {Error} unless the exit code is 0 */
export async function hindcastJson<T>(
  args: readonly string[],
  options: CliOptions = {},
): Promise<T> {
  const { code, stdout, stderr } = await hindcast(args, options);
  if (code !== 0) throw new Error(`hindcast ${args.join(" ")}: exit code ${code}, ${stderr}`);
  return JSON.parse(stdout);
}

/** Command and arguments of a process that is `hindcast` with words. */
export function commandLine(...words: readonly string[]): readonly [string, ...string[]] {
  return [THIS_RUNTIME.command, ...THIS_RUNTIME.arguments(words)];
}

/** Runs a script of `sh` whose "$@" is `hindcast` with arguments. */
export async function shell(
  script: string,
  args: readonly string[],
  options: CliOptions = {},
): Promise<Outcome> {
  return await execute("sh", ["-c", script, "sh", ...commandLine(...args)], options);
}

/** Runs a command. */
export async function execute(
  command: string,
  args: readonly string[],
  { cwd, input, env = {} }: CliOptions,
): Promise<Outcome> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  running++;
  try {
    return await new Promise((resolve, reject) => {
      const child = spawn(command, args, { cwd, env: { ...process.env, ...env } });
      endWithFolder(() => child.kill("SIGKILL"));
      const [stdout, stderr]: [Uint8Array[], Uint8Array[]] = [[], []];
      child.stdout.on("data", (bytes) => stdout.push(bytes));
      child.stderr.on("data", (bytes) => stderr.push(bytes));
      child.on("error", reject);
      child.on("close", (code) => {
        const bytes = Buffer.concat(stdout);
        const text = Buffer.concat(stderr).toString();
        resolve({ code, bytes, stdout: bytes.toString(), stderr: text });
      });
      // A process that does not read what it is given is tested as well.
      child.stdin.on("error", () => {});
      child.stdin.end(input ?? "");
    });
  } finally {
    running--;
    waiting.shift()?.();
  }
}

/** A text whose lines go on as they did before they were fitted to a width. */
export function unwrapped(text: string): string {
  return text.replace(/\n {2,}/g, " ");
}

/** Path of a file of `testdata`. */
export function testdata(name: string): string {
  return fileURLToPath(new URL(`../testdata/${name}`, import.meta.url));
}

/** A row of input. */
export type Row = Record<string, number | string | boolean>;

/** Rows of a file of `testdata`, gzipped or not. */
export function rowsOf(name: string): Row[] {
  const bytes = readFileSync(testdata(name));
  const text = (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return text.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
}

/** Rows as NDJSON. */
export function ndjson(rows: readonly unknown[]): string {
  return rows.map((row) => (typeof row === "string" ? row : JSON.stringify(row)) + "\n").join("");
}

/** The short recording of a duel that most tests use: 100 frames, 220 rows, 87 events. */
export const SHORT_STATES = "recording/qw-duel-povdmm4-f690-789.state.ndjson";
/** Events of the same frames. */
export const SHORT_EVENTS = "recording/qw-duel-povdmm4-f690-789.events.ndjson";

let short: Promise<Outcome> | undefined;

/** Records the short duel, once for all tests of a file. @returns path of the recording */
export async function recordShort(folder: string): Promise<string> {
  const input = ["record", testdata(SHORT_STATES), "--events", testdata(SHORT_EVENTS)];
  const { code, bytes, stderr } = await (short ??= hindcast([...input, "-o", "-"]));
  if (code !== 0) throw new Error(stderr);
  const path = join(folder, "short.mcap");
  writeFileSync(path, bytes);
  return path;
}

/** Records rows that are given by content, anew each time. @returns path of the recording */
export async function recordRows(
  folder: string,
  rows: readonly unknown[],
  ...options: readonly string[]
): Promise<string> {
  const path = join(folder, "rows.mcap");
  // A slow machine would cut blocks elsewhere.
  const words = ["record", "-", "-o", path, "--force", "--flush-ms", "60000", ...options];
  const { code, stderr } = await hindcast(words, { input: ndjson(rows) });
  if (code !== 0) throw new Error(stderr);
  return path;
}

/** Records a stream by the library without a process, as `record` does with a pipe. */
export async function recordHere(
  input: string | Uint8Array<ArrayBuffer>,
  { schema, ...options }: ReadStatesOptions & RecordingOptions = {},
): Promise<RecordingReader> {
  const sink = new MemorySink();
  const given = schema === undefined ? {} : { schema };
  const writer = await RecordingWriter.open(sink, { level: 1, ...given });
  const onEvent = (event: StateEvent) => writer.writeEvent(event);
  const states = readStates(new Blob([input]).stream(), { onEvent, ...given, ...options });
  for await (const frame of states) await writer.write(frame);
  await writer.close();
  return await RecordingReader.open(new MemorySource(sink.bytes()));
}

/** States of a frame, read by the library without a process. */
export async function statesAt(path: string, frame: number): Promise<readonly EntityState[]> {
  const source = new FileSource(path);
  try {
    const answer = await (await RecordingReader.open(source)).at(frame);
    if (!answer.found) throw new Error(`${path} has no frame ${frame}: ${answer.reason}`);
    return answer.state.toFrame().entities;
  } finally {
    source.close();
  }
}
