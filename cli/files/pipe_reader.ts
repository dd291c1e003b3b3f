import { closeSync, constants, openSync, statSync } from "node:fs";
import { CommandError } from "../exit_code.ts";

/** Time in which somebody has to open a named pipe for reading, and between two looks, in ms. */
const READER_MS_MAX = 5000;
const LOOK_MS = 20;

/** Keeps the reader of a pipe from seeing its end before it is written. */
interface PipeReader {
  release(): void;
}

/**
 * Waits for somebody who reads a named pipe: a plain open would do so without an end. For anything
 * else there is nobody to wait for.
 *
 * @param path as the user gave it
 * @throws {CommandError} when nobody comes for 5 s
 * @throws {Error} of the file system
 */
export async function pipeReader(target: string, path: string): Promise<PipeReader> {
  // What the process was started with is open already.
  if (/^\/(?:dev|proc)\//.test(target) || !statSync(target).isFIFO()) return { release: () => {} };
  for (let waitedMs = 0; waitedMs < READER_MS_MAX; waitedMs += LOOK_MS) {
    try {
      const descriptor = openSync(target, constants.O_WRONLY | (constants.O_NONBLOCK ?? 0));
      return { release: () => closeSync(descriptor) };
    } catch (error) {
      if (!isWithoutReader(error)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  throw new CommandError(
    `Cannot write ${path}: it is a pipe and nobody read it for ${READER_MS_MAX} ms; name a file, or read it before`,
  );
}

/** Deno gives the error by its number only. */
function isWithoutReader(error: unknown): boolean {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === "ENXIO" || /\(os error 6\)$/.test(message);
}
