import process from "node:process";
import { setImmediate } from "node:timers";
import type { RecordingSink } from "../../lib/recording.ts";
import { usageError } from "../exit_code.ts";
import { isSameFile } from "./files.ts";
import { openStream } from "./output.ts";
import { outputPlace } from "./output_place.ts";
import { assertFree, partOf, RecordingPlace } from "./recording_place.ts";
import { warn } from "../terminal/terminal.ts";

/** Where a recording is to be written that comes from files. */
export interface WrittenRecording {
  /** Path as the user gave it, or `-` for standard output. */
  readonly output: string;
  /** True to replace a file that is there. */
  readonly force?: true | undefined;
}

/**
 * Refuses before anything is read what would be refused after it: an output that is an input, or
 * that is there already.
 *
 * @throws {CommandError}
 */
export function refuseTakenOutput(
  { output, force }: WrittenRecording,
  inputs: readonly string[],
): void {
  for (const input of inputs) {
    if (isSameFile(input, output)) {
      throw usageError(`The output ${output} is the input as well; name another file`);
    }
  }
  const place = outputPlace(output);
  assertFree(place, force === true);
  for (const input of inputs) {
    if (place.kind !== "stream" && isSameFile(input, partOf(place.target))) {
      throw usageError(`The input ${input} is where the output begins; name another file`);
    }
  }
}

/**
 * Writes a recording. A file is there only when it is whole, and what was there before stays when
 * that fails; a pipe or a device is written as it is.
 *
 * @throws {CommandError} when it cannot be written
 * @throws {Error} of `write`
 */
export async function writeRecording<T>(
  { output, force }: WrittenRecording,
  write: (sink: RecordingSink) => Promise<T>,
): Promise<T> {
  const place = outputPlace(output);
  if (place.kind === "stream") {
    const stream = await openStream(place);
    try {
      return await write(stream);
    } finally {
      stream.close();
    }
  }
  const file = await RecordingPlace.claim(place, { isForced: force === true, isBeside: true });
  const forget = onSignal((signal) => {
    file.discard();
    file.release();
    warn(`hindcast: stopped by ${signal}; nothing is written to ${output}`);
  });
  try {
    await file.open();
    const result = await write(lettingSignalsIn(file));
    file.replace();
    file.close();
    return result;
  } catch (error) {
    file.discard();
    throw error;
  } finally {
    forget();
    file.release();
  }
}

/** Ends each write with a turn of the event loop: what comes from files never waits by itself. */
function lettingSignalsIn(file: RecordingPlace): RecordingSink {
  return {
    write: async (bytes) => {
      file.write(bytes);
      await new Promise((resolve) => setImmediate(resolve));
    },
    sync: () => file.sync(),
  };
}

/** Does something before a signal ends the process. @returns ends that */
function onSignal(action: (signal: NodeJS.Signals) => void): () => void {
  const handle = (signal: NodeJS.Signals) => {
    forget();
    action(signal);
    process.kill(process.pid, signal);
  };
  const forget = () => {
    for (const signal of SIGNALS) process.off(signal, handle);
  };
  for (const signal of SIGNALS) process.on(signal, handle);
  return forget;
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;
