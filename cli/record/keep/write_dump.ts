import { existsSync } from "node:fs";
import type { RecordingOptions, RecordingSink, RecordingSource } from "../../../lib/recording.ts";
import { numberedPath } from "../../files/numbered_path.ts";
import { outputPlace } from "../../files/output_place.ts";
import { RecordingPlace } from "../../files/recording_place.ts";
import { type CopiedSpan, copySpan } from "./copy_span.ts";
import type { PendingDump } from "./dump_schedule.ts";

/** A dump that was written. */
export interface WrittenDump extends CopiedSpan {
  readonly path: string;
}

/** Nothing of a dump is kept. */
export class NoFrameError extends Error {}

/** A dump would be larger than it may be. */
export class DumpSizeError extends Error {}

/**
 * Writes a dump to a new file, which is there only when it is whole.
 *
 * @param output path that its name is made of
 * @param bytesMax bytes of the dump
 * @throws {NoFrameError} when no frame of it is kept
 * @throws {DumpSizeError} when it is larger than it may be
 * @throws {CommandError} when it cannot be written; nothing is left of it then
 */
export async function writeDump(
  output: string,
  dump: PendingDump & { readonly isFromStart: boolean },
  segments: readonly RecordingSource[],
  options: RecordingOptions,
  bytesMax: number,
): Promise<WrittenDump> {
  const path = freePath(numberedPath(output, dump.frame));
  const place = await RecordingPlace.claim(outputPlace(path), {
    isForced: false,
    isBeside: true,
  });
  try {
    await place.open();
    const copied = await copySpan(segments, dump, new BoundedSink(place, bytesMax), options);
    if (copied.frames === 0) throw new NoFrameError("no frame of it is kept");
    place.replace();
    place.close();
    return { ...copied, path };
  } catch (error) {
    place.discard();
    throw error;
  } finally {
    place.release();
  }
}

/** Takes no byte beyond a size, so that the disk never has more. */
class BoundedSink implements RecordingSink {
  readonly #sink: RecordingSink;
  #left: number;

  constructor(sink: RecordingSink, bytesMax: number) {
    this.#sink = sink;
    this.#left = bytesMax;
  }

  write(bytes: Uint8Array): void | Promise<void> {
    this.#left -= bytes.length;
    if (this.#left < 0) throw new DumpSizeError("The dump is too large");
    return this.#sink.write(bytes);
  }

  sync(): void | Promise<void> {
    return this.#sink.sync?.();
  }
}

function freePath(path: string): string {
  if (!existsSync(path)) return path;
  for (let number = 2;; number++) {
    const next = numberedPath(path, number);
    if (!existsSync(next)) return next;
  }
}
