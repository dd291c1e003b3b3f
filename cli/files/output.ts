import { promises, renameSync, unlinkSync } from "node:fs";
import type { RecordingSink } from "../../lib/recording.ts";
import { FileSink } from "../../lib/recording/container/file_sink.ts";
import { describing, fileError } from "./file_error.ts";
import { pipeReader } from "./named_pipe.ts";
import { assertWritable, keepMode, type OutputPlace, outputPlace } from "./output_place.ts";
import { print, warn } from "../terminal/terminal.ts";

/** A sink that a command opened and has to end, in one of two ways. */
export interface Output extends RecordingSink {
  /** Ends the output; only now a file takes the place of what was there. */
  close(): void;
  /** Ends the output of a command that failed; what was there stays. */
  discard(): void;
}

/**
 * Output of a path that is written beside it until it is whole, or standard output for `-`; a pipe
 * or a device is written as it is.
 *
 * @throws {CommandError} when it cannot be opened
 */
export async function openOutput(path: string): Promise<Output> {
  const place = outputPlace(path);
  if (place.kind === "stream") return await openStream(place);
  const { target } = place;
  if (place.kind === "file") assertWritable(place);
  // Unlike that of a recording, the name is new each time: no lock says whose a known one is.
  const part = `${target}.${crypto.randomUUID().slice(0, 8)}.part`;
  const sink = describing("write", path, () => new FileSink(part, { existing: "refuse" }));
  const remove = () => {
    try {
      unlinkSync(part);
    } catch {
      // It is gone already.
    }
  };
  return {
    write: (bytes) => describing("write", path, () => sink.write(bytes)),
    sync: () => describing("write", path, () => sink.sync()),
    close: () =>
      describing("write", path, () => {
        sink.close();
        if (place.kind === "file") keepMode(target, part);
        try {
          renameSync(part, target);
        } catch (error) {
          remove();
          throw error;
        }
      }),
    discard: () => {
      sink.close();
      remove();
    },
  };
}

/** Output that is written as it is. @throws {CommandError} when it cannot be opened */
export async function openStream({ path, target }: OutputPlace): Promise<Output> {
  if (target === "-") return { write: print, close: () => {}, discard: () => {} };
  // Off the thread that signals come to: nobody may ever read a pipe.
  const described = async <T>(action: Promise<T>): Promise<T> => {
    try {
      return await action;
    } catch (error) {
      throw fileError("write", path, error);
    }
  };
  const reader = await described(pipeReader(target, path));
  const handle = await described(promises.open(target, "a").finally(() => reader.release()));
  const close = () => void handle.close().catch(() => {});
  const write = async (bytes: Uint8Array) => {
    for (let at = 0; at < bytes.length;) {
      at += (await described(handle.write(bytes, at, bytes.length - at))).bytesWritten;
    }
  };
  return { write, close, discard: close };
}

/** Writes a file in one piece. @throws {CommandError}; what was there stays then */
export async function writeOutput(path: string, text: string): Promise<void> {
  const output = await openOutput(path);
  try {
    await output.write(new TextEncoder().encode(text));
  } catch (error) {
    output.discard();
    throw error;
  }
  output.close();
}

/** Says that files are whole, other than standard output. */
export function warnWritten(path: string | undefined): void {
  if (path !== undefined && path !== "-") warn(`wrote ${path}`);
}
