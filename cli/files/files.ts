import {
  accessSync,
  constants,
  createReadStream,
  fstatSync,
  openSync,
  realpathSync,
  statSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import process from "node:process";
import type { BadLines, InputSyntaxError, LiveCounts } from "../../lib/ingest.ts";
import { CommandError } from "../exit_code.ts";
import { describing } from "./file_error.ts";
import { fileChunks } from "./file_chunks.ts";
import { NamedPipe } from "./named_pipe.ts";
import { readBytesAtMost } from "./small_file.ts";

/** An input that can be read from its start, once or again. */
export interface Input {
  /** Name for messages. */
  readonly name: string;
  /** True when it can be opened twice and gives the same bytes. */
  readonly isRepeatable: boolean;
  /** Bytes of a file; undefined for all that only its end tells. */
  readonly sizeBytes?: number | undefined;
  /** Opens it; a chunk is valid until the next is asked for. */
  open(): AsyncIterable<Uint8Array>;
  /** True when it comes as it is made, so that nobody knows when more comes. */
  readonly isLive?: boolean;
  /** True when it ends by itself where the user stops, with all that came until then. */
  readonly endsAtStop?: boolean;
  /** True for lines of several producers, each of which may send a part of a frame. */
  readonly isJoined?: boolean;
  /** What it refused so far, and who tells of a line that the reading refuses as well. */
  readonly bad?: BadLines;
  readonly refuse?: (error: InputSyntaxError) => void;
  /** What came of producers so far; undefined for all else. */
  readonly counts?: LiveCounts;
  /** True when its progress is not shown, as one of several. */
  readonly isHidden?: boolean;
  /** What of all that came is not recorded, in words; empty when all is. */
  readonly losses?: () => string;
  /** What else there is to say of it at the end, in words; empty when nothing is. */
  readonly remark?: () => string;
  /** The named pipe that it is; undefined for all else. */
  readonly pipe?: NamedPipe;
}

/** Largest file that is read in one piece: schemas, scenarios, traces. */
const TEXT_BYTES_MAX = 64 * 1024 * 1024;

/** Input of a path, or standard input for `-`. @throws {CommandError} when it cannot be opened */
export function inputOf(path: string): Input {
  if (path === "-") {
    const isLive = !isFileDescriptor(0);
    return { name: "standard input", isRepeatable: false, isLive, open: () => process.stdin };
  }
  if (isNamedPipe(path)) {
    const pipe = new NamedPipe(path);
    return { name: path, isRepeatable: false, isLive: true, open: () => pipe, pipe };
  }
  const descriptor = describing("read", path, () => openSync(path, "r"));
  const stat = fstatSync(descriptor);
  if (stat.isDirectory()) {
    throw new CommandError(`Cannot read ${path}: it is a directory; name a file in it`);
  }
  let first: number | undefined = descriptor;
  return {
    name: path,
    isRepeatable: stat.isFile(),
    sizeBytes: stat.isFile() ? stat.size : undefined,
    open: () => {
      const fd = first ?? describing("read", path, () => openSync(path, "r"));
      first = undefined;
      return stat.isFile() ? fileChunks(fd) : createReadStream(path, { fd });
    },
  };
}

function isFileDescriptor(fd: number): boolean {
  try {
    return fstatSync(fd).isFile();
  } catch {
    return false;
  }
}

/** True for a pipe, which a plain open may wait for. @throws {CommandError} */
function isNamedPipe(path: string): boolean {
  if (process.platform === "win32") return false;
  return describing("read", path, () => {
    const isPipe = statSync(path).isFIFO();
    if (isPipe) assertReadable(path);
    return isPipe;
  });
}

/** Refuses what may not be read. @throws {Error} of the file system */
function assertReadable(path: string): void {
  try {
    accessSync(path, constants.R_OK);
  } catch (error) {
    // Deno asks who the user is, which takes a permission of its own; opening it tells as well.
    if ((error as Error).name !== "NotCapable") throw error;
  }
}

/** Text of a small file, of a pipe or of a device that ends. @throws {CommandError} */
export function readText(path: string, bytesMax: number = TEXT_BYTES_MAX): string {
  return describing("read", path, () => {
    const bytes = readBytesAtMost(path, bytesMax);
    if (bytes !== undefined) return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    throw new CommandError(
      `Cannot read ${path}: it has more than ${bytesMax} bytes, which is too much for a text like this; name another file`,
    );
  });
}

/** True when both paths lead to the same file; `-` is standard input where it is read. */
export function isSameFile(read: string, written: string): boolean {
  if (written === "-") return false;
  try {
    const a = read === "-" ? fstatSync(0, BIG) : statSync(read, BIG);
    const b = statSync(written, BIG);
    return a.isFile() && a.dev === b.dev && a.ino === b.ino;
  } catch {
    return false;
  }
}

/** True when both paths lead to the same place, whether anything is there yet or not. */
export function isSamePlace(a: string, b: string): boolean {
  if (a === "-" || b === "-") return a === b;
  return isSameFile(a, b) || placeOf(a) === placeOf(b);
}

/** A path from the root, behind the links of its folder. */
function placeOf(path: string): string {
  const whole = resolve(path);
  try {
    return join(realpathSync(dirname(whole)), basename(whole));
  } catch {
    return whole;
  }
}

/** Numbers of files above 2^53 stay distinct. */
const BIG = { bigint: true } as const;
