import { Buffer } from "node:buffer";
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { CommandError } from "../exit_code.ts";

const CHUNK_BYTES = 1 << 16;
/** Time that a pipe may be silent, in milliseconds, and between two looks into it. */
const SILENT_MS_MAX = 5000;
const LOOK_MS = 5;

/**
 * Everything that a file, a pipe or a device gives; undefined when that is more than a limit. What
 * a device holds cannot be asked beforehand: it may never end.
 *
 * @throws {CommandError} for a pipe that is silent for 5 s
 * @throws {Error} of the file system
 */
export function readBytesAtMost(path: string, bytesMax: number): Uint8Array | undefined {
  // A plain open of a named pipe waits for a writer, and nothing could end that.
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const { size } = fstatSync(descriptor);
    return size > bytesMax ? undefined : readAtMost(path, descriptor, bytesMax);
  } finally {
    closeSync(descriptor);
  }
}

function readAtMost(path: string, descriptor: number, bytesMax: number): Uint8Array | undefined {
  const isNamedPipe = fstatSync(descriptor).isFIFO() && !/^\/(?:dev|proc)\//.test(path);
  const chunks: Uint8Array[] = [];
  let length = 0;
  let silentMs = 0;
  while (length <= bytesMax) {
    const chunk = readChunk(descriptor);
    // A named pipe looks ended until its writer comes.
    const isSilent = chunk === undefined || (chunk.length === 0 && length === 0 && isNamedPipe);
    if (isSilent) {
      if (silentMs >= SILENT_MS_MAX) {
        throw new CommandError(
          `Cannot read ${path}: it is a pipe and was silent for ${SILENT_MS_MAX} ms; name a file, or write to it before`,
        );
      }
      Atomics.wait(SLEEPER, 0, 0, LOOK_MS);
      silentMs += LOOK_MS;
      continue;
    }
    if (chunk.length === 0) return Buffer.concat(chunks);
    chunks.push(chunk);
    length += chunk.length;
    silentMs = 0;
  }
  return undefined;
}

const SLEEPER = new Int32Array(new SharedArrayBuffer(4));

/** Bytes that are there, none at the end, undefined while a pipe is silent. */
function readChunk(descriptor: number): Uint8Array | undefined {
  const chunk = new Uint8Array(CHUNK_BYTES);
  try {
    return chunk.subarray(0, readSync(descriptor, chunk));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EAGAIN") return undefined;
    throw error;
  }
}
