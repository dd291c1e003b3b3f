import type { FileSink } from "../../lib/recording/container/file_sink.ts";
import { CommandError } from "../exit_code.ts";
import { describing } from "./file_error.ts";

/** What other programs do to a file that is written. */
export type Fate = Exclude<ReturnType<FileSink["fateAt"]>, "kept">;

/** A file that is not where it was written any more, or not as it was written. */
export class LostFileError extends CommandError {
  /** What happened to it. */
  readonly fate: Fate;

  /** @param path where it was written */
  constructor(path: string, fate: Fate) {
    super(`Cannot keep ${path}: it was ${FATES[fate]} while it was written; record again`);
    this.fate = fate;
  }
}

const FATES: Readonly<Record<Fate, string>> = {
  removed: "removed or moved, itself or its folder,",
  replaced: "replaced by another file",
  resized: "cut or written to by another program",
};

/** The last look at a file: a system lets write on into what was removed. @throws {CommandError} */
export function assertKept(sink: FileSink, path: string): void {
  const fate = describing("write", path, () => sink.fateAt(path));
  if (fate !== "kept") throw new LostFileError(path, fate);
}

/**
 * A look at a file that is written on: only what is sure ends a recording, not that nobody may look
 * for a moment.
 *
 * @throws {LostFileError}
 */
export function assertThere(sink: FileSink, path: string): void {
  let fate: Fate | "kept";
  try {
    fate = sink.fateAt(path);
  } catch {
    return;
  }
  if (fate !== "kept") throw new LostFileError(path, fate);
}

/** What became of the frames of such a file, in words. @param frames "12 frames" */
export function lostText({ fate }: LostFileError, frames: string): string {
  switch (fate) {
    case "removed":
      return `(${frames} are in it: one that was moved is whole)`;
    case "replaced":
      return `(${frames} were in it)`;
    case "resized":
      return `(${frames} were written to it; hindcast recover saves those that are left)`;
  }
}
