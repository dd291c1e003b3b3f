import { Buffer } from "node:buffer";
import process from "node:process";
import { Readable, Writable } from "node:stream";
import { run } from "./run.ts";
import type { Outcome } from "./run_cli_test_helper.ts";

/** What a command is given. */
export interface Surroundings {
  readonly cwd?: string | undefined;
  readonly input?: string | Uint8Array | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
}

let before: Promise<unknown> = Promise.resolve();

/** Runs `hindcast` in the process that tests run in, one command after the other. */
export function runInMemory(args: readonly string[], given: Surroundings): Promise<Outcome> {
  const outcome = before.then(() => runAlone(args, given));
  before = outcome.catch(() => {});
  return outcome;
}

async function runAlone(
  args: readonly string[],
  { cwd, input, env = {} }: Surroundings,
): Promise<Outcome> {
  const [stdout, stderr] = [new Taken(), new Taken()];
  const chunks = input === undefined || input.length === 0 ? [] : [Buffer.from(input)];
  const undo = [
    replace(process, "stdin", Readable.from(chunks, { objectMode: false })),
    replace(process, "stdout", stdout),
    replace(process, "stderr", stderr),
    ...Object.entries(env).map(([name, value]) => setVariable(name, value)),
    keepStandardInput(),
  ];
  const { exitCode } = process;
  const folder = process.cwd();
  if (cwd !== undefined) process.chdir(cwd);
  // Bun keeps the last code where it is set to undefined.
  process.exitCode = 0;
  try {
    await run(args);
    return {
      code: Number(process.exitCode),
      bytes: stdout.bytes,
      stdout: stdout.bytes.toString(),
      stderr: stderr.bytes.toString(),
    };
  } finally {
    process.exitCode = exitCode ?? 0;
    if (cwd !== undefined) process.chdir(folder);
    for (const action of undo) action();
  }
}

/** A stream that keeps what it is given, as a pipe would take it. */
class Taken extends Writable {
  readonly #chunks: Uint8Array[] = [];

  get bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  override _write(chunk: Uint8Array, _encoding: string, done: () => void): void {
    // The writer may use its bytes again.
    this.#chunks.push(Uint8Array.from(chunk));
    done();
  }
}

/** Puts something in place of a property. @returns puts back what was there */
function replace(owner: object, name: string, value: unknown): () => void {
  const own = Object.getOwnPropertyDescriptor(owner, name);
  Object.defineProperty(owner, name, { configurable: true, enumerable: true, value });
  return () => {
    if (own === undefined) delete (owner as Record<string, unknown>)[name];
    else Object.defineProperty(owner, name, own);
  };
}

function setVariable(name: string, value: string): () => void {
  const old = process.env[name];
  process.env[name] = value;
  return () => {
    if (old === undefined) delete process.env[name];
    else process.env[name] = old;
  };
}

/** Deno's own standard input is closed by who stops reading it; that of the tests stays open. */
function keepStandardInput(): () => void {
  const { Deno } = globalThis as { Deno?: { readonly stdin: object } };
  return Deno === undefined ? () => {} : replace(Deno.stdin, "close", () => {});
}
