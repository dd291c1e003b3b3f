import { closeSync, lstatSync, openSync, readSync, unlinkSync } from "node:fs";
import { CommandError } from "../exit_code.ts";

const MAGIC = "\x89MCAP";

/**
 * Removes what a recorder left that failed or was killed, and nothing else.
 *
 * @param part file that a recording was begun in; may be missing
 * @throws {CommandError} when it is no recording
 */
export function removeLeftover(part: string): void {
  const stat = lstatSync(part, { throwIfNoEntry: false });
  if (stat === undefined) return;
  if (!stat.isFile() || (stat.size > 0 && !startsWith(part, MAGIC))) {
    throw new CommandError(
      `Cannot write ${part}: it is there and is no recording; move it away`,
    );
  }
  unlinkSync(part);
}

function startsWith(path: string, text: string): boolean {
  const descriptor = openSync(path, "r");
  try {
    const bytes = new Uint8Array(text.length);
    readSync(descriptor, bytes, 0, bytes.length, 0);
    return String.fromCharCode(...bytes) === text;
  } finally {
    closeSync(descriptor);
  }
}
