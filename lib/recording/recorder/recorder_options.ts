import { shownValue } from "../../core/shown_value.ts";
import type { RecordingSink } from "../container/sink.ts";
import { numberRule, type OptionRules, TRUTH } from "../option_check.ts";
import { assertOptions, RECORDING_RULES, type RecordingOptions } from "../recording_options.ts";

/** How a server's recording is written; everything may be left out. */
export interface RecorderOptions extends Omit<RecordingOptions, "offThread" | "level"> {
  /** Level of zstd, 1 (fast) to 22 (small); 3 when left out. On Deno a higher one stalls the loop. */
  readonly level?: number;
  /**
   * Time in milliseconds after which what was recorded is handed to the sink, whether more comes or
   * not: what a killed process loses. 500 when left out; less makes more and smaller blocks.
   */
  readonly flushMs?: number;
  /** True to have the sink make what it has durable after each flush, against a loss of power. */
  readonly fsync?: boolean;
  /** What happens to a file that exists: `refuse`, the default, throws EEXIST, `replace` empties it. */
  readonly existing?: "refuse" | "replace";
  /**
   * Memory in bytes that may wait for the sink, 64 MiB when left out, with the block that fills up:
   * {@linkcode Recorder.waitingBytes}. Frames and events are taken while less waits, else dropped
   * and counted in `dropped`: so at most this waits, and the one frame or event that was taken last.
   * Frames without a schema count as objects for their first second, and as rows from then on.
   */
  readonly queueBytes?: number;
  /**
   * Told once, when the sink has failed or the file is gone: the recording ends there, and the
   * server goes on.
   */
  readonly onFailure?: (error: Error) => void;
}

const { offThread: _, ...OWN_RULES } = RECORDING_RULES;

const RULES: OptionRules<RecorderOptions> = {
  ...OWN_RULES,
  flushMs: numberRule("milliseconds from 0 to 2147483647", (ms) => ms >= 0 && ms <= 0x7fffffff),
  fsync: TRUTH,
  existing: {
    expected: '"refuse" or "replace"',
    isType: (value) => value === "refuse" || value === "replace",
  },
  queueBytes: numberRule("bytes, more than 0", (bytes) => bytes > 0),
  onFailure: { expected: "a function", isType: (value) => typeof value === "function" },
};

/**
 * Refuses a place and options that no recorder can be opened with.
 *
 * @throws {TypeError} for what is neither a path nor a sink; {TypeError | RangeError} as
 *   `assertOptions`
 */
export function assertRecorderOptions(where: unknown, options: RecorderOptions): void {
  const isSink = typeof (where as RecordingSink | undefined)?.write === "function";
  if (!isSink && (typeof where !== "string" || where === "")) {
    throw new TypeError(
      `Cannot record: give the path of a file, or a sink, and not ${shownValue(where)}`,
    );
  }
  assertOptions(options, RULES);
}
