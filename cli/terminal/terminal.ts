import process from "node:process";
import { CommandError } from "../exit_code.ts";
import { barText, type BarUnit } from "./bar_text.ts";
import { fileError } from "../files/file_error.ts";

/** Thrown when nobody reads standard output any more; no error, and nothing is left to do. */
export class ClosedPipe extends Error {
  override name = "ClosedPipe";
}

const watched = new Set<NodeJS.WriteStream>();

/** Without a listener, a stream that cannot be written would end the process. */
function watch(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  if (!watched.has(stream)) stream.on("error", () => {});
  watched.add(stream);
  return stream;
}

/** Writes to standard output and waits until it is taken. */
export function print(data: string | Uint8Array): Promise<void> {
  const stdout = watch(process.stdout);
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => reject(outputFailure(error));
    try {
      stdout.write(data, (error) => error ? fail(error) : resolve());
    } catch (error) {
      // So does Deno with a full disk.
      fail(error);
    }
  });
}

function outputFailure(error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "EPIPE" || code === "ERR_STREAM_DESTROYED") return new ClosedPipe();
  if (typeof code === "string") return fileError("write", "standard output", error);
  return new CommandError(`Cannot write standard output: ${message}`);
}

/** Writes lines to standard output. */
export function printLines(lines: readonly string[]): Promise<void> {
  return print(lines.map((line) => line + "\n").join(""));
}

/** Writes one line to standard error. */
export function warn(line: string): void {
  printError(visible(line) + "\n");
}

/** Writes to standard error as it is. */
export function printError(text: string): void {
  try {
    watch(process.stderr).write(text);
  } catch {
    // Nobody reads it.
  }
}

/**
 * Text with everything spelt out that steers a terminal, breaks a line, or hides or turns around
 * what stands beside it: control and format characters, separators, lone surrogates.
 */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.codePointAt(0)!;
    const digits = code.toString(16);
    if (code > 0xffff) return `\\u{${digits}}`;
    return code < 0x100 ? `\\x${digits.padStart(2, "0")}` : `\\u${digits.padStart(4, "0")}`;
  });
}

/** True when standard output shows colours: a terminal, and nobody said NO_COLOR. */
export function hasColor(): boolean {
  if (process.stdout.isTTY !== true) return false;
  try {
    return !process.env["NO_COLOR"];
  } catch {
    // Deno may not read the environment: nobody can have asked for colours then.
    return false;
  }
}

/** Where progress is shown, and the clock that says how often. */
export interface ProgressTerminal {
  readonly isTTY?: boolean | undefined;
  /** Its width; undefined or 0 where it is not known. */
  readonly columns?: number | undefined;
  write(text: string): void;
  nowMs(): number;
}

const STDERR: ProgressTerminal = {
  get isTTY() {
    return process.stderr.isTTY;
  },
  get columns() {
    return process.stderr.columns;
  },
  write: (text) => void process.stderr.write(text),
  nowMs: () => performance.now(),
};

/** A line on standard error that is written over as work goes on; only on a terminal. */
export class Progress {
  readonly #terminal: ProgressTerminal;
  readonly #isShown: boolean;
  #isDrawn = false;
  /** When a text may be shown again. */
  #nextMs = -Infinity;

  /** Line that shows nothing yet. */
  constructor(terminal: ProgressTerminal = STDERR) {
    this.#terminal = terminal;
    this.#isShown = terminal.isTTY === true;
  }

  /**
   * Function to call for every frame or whatever else is counted: it counts every call, and shows
   * the count now and then.
   */
  counter(text: (count: number) => string): () => void {
    let count = 0;
    return () => {
      count++;
      this.show(() => text(count));
    };
  }

  /**
   * Function to call for every one of so many, or for several at once: shows a bar, the share that
   * is done, how many a second, and the time that is left if the rest goes on like that.
   *
   * @param verb what is being done: `cutting`
   */
  bar(verb: string, total: number, unit: BarUnit = "frames"): (amount?: number) => void {
    const startMs = this.#terminal.nowMs();
    // However short the work is, and whatever is shown: it says that it began.
    this.#nextMs = -Infinity;
    let done = 0;
    return (amount = 1) => {
      done += amount;
      const work = { verb, done, total, unit };
      this.show(() => barText(work, this.#terminal.nowMs() - startMs, this.#columns));
    };
  }

  /** Shows a text, at most ten times a second. @param text called only when it is shown */
  show(text: () => string): void {
    if (!this.#isShown) return;
    const nowMs = this.#terminal.nowMs();
    if (nowMs < this.#nextMs) return;
    this.#nextMs = nowMs + 100;
    this.#isDrawn = true;
    // A line that wraps could not be written over.
    const line = [...visible(text())].slice(0, this.#columns - 1).join("");
    this.#terminal.write(`\r${line}\u001b[K`);
  }

  /** Takes the line away. */
  clear(): void {
    if (this.#isDrawn) this.#terminal.write("\r\u001b[K");
    this.#isDrawn = false;
    this.#nextMs = -Infinity;
  }

  get #columns(): number {
    return this.#terminal.columns || COLUMNS;
  }
}

/** Width of a terminal that does not tell it. */
const COLUMNS = 80;
