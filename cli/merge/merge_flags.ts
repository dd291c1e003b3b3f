import { repeatable } from "../errors/repeatable.ts";
import { type Command, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { TIME_UNITS } from "../../lib/ingest/input/time_unit.ts";
import { collect, milliseconds, U32_MAX } from "../arguments.ts";
import type { DamageFlags } from "../files/damage_option.ts";
import type { WrittenRecording } from "../files/written_recording.ts";

/** Options of `hindcast merge`, as the command line gives them. */
export interface MergeFlags extends WrittenRecording, DamageFlags {
  readonly events?: readonly string[];
  readonly after?: true;
  readonly frameOffset?: readonly number[];
  readonly timeOffset?: readonly number[];
  readonly frameKey: string;
  readonly timeKey: string;
  readonly eventKey: string;
  readonly timeUnit: typeof TIME_UNITS[number];
  readonly skipBad?: true;
}

/** Adds the options of a merge to a command. */
export function withMergeFlags(command: Command<[string[]]>) {
  return command
    .requiredOption("-o, --output <file>", "recording to write, or - for standard output")
    .option("--force", "replace the output if it is there, once the new one is whole")
    .option("--events <file>", "events to add: NDJSON, or - for standard input", collect)
    .addOption(
      new Option("--after", "start each recording at the frame after the one before")
        .conflicts(["frameOffset", "timeOffset"]),
    )
    .option(
      "--frame-offset <n>",
      "frames to move recordings by: one for all but the first, or one for each of these, as in 10,20",
      collectOffset,
    )
    .option("--time-offset <ms>", "milliseconds to move their times by, given alike", collectMs)
    .option("--frame-key <key>", "key of an event's frame", "f")
    .option("--time-key <key>", "key of an event's time", "t")
    .option("--event-key <key>", "key of an event's name", "ev")
    .addOption(
      new Option("--time-unit <unit>", "unit of the times of --events")
        .choices(TIME_UNITS)
        .default("ms" as const),
    )
    .option("--skip-bad", "skip lines of --events that cannot be read, and count them");
}

function collectOffset(text: string, before: readonly number[] = []): number[] {
  const values = text.split(",").map((item) => /^[+-]?\d+$/.test(item) ? Number(item) : NaN);
  if (values.every((value) => Math.abs(value) <= U32_MAX)) return [...before, ...values];
  throw new InvalidArgumentError(
    `Expected an integer from ${-U32_MAX} to ${U32_MAX}, or several with commas.`,
  );
}

function collectMs(text: string, before: readonly number[] = []): number[] {
  return [...before, ...text.split(",").map(milliseconds)];
}

repeatable(collectOffset);
repeatable(collectMs);
