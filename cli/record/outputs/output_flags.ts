import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { usageError } from "../../exit_code.ts";
import { outputPlace } from "../../files/output_place.ts";
import { size, type TimeOrSize, timeOrSize } from "../../quantities.ts";

/** Options of how many files are recorded, and how large they get. */
export interface OutputFlags {
  /** When the next file begins. */
  readonly rotate?: TimeOrSize;
  /** Bytes of all files at most. */
  readonly maxSize?: number;
}

/** Adds those options. */
export function addOutputOptions(command: CommandUnknownOpts): void {
  command
    .option(
      "--rotate <when>",
      "go on in the next file (OUT-1, OUT-2 ...) after 10m or 1h, or before one has more than 1GB",
      timeOrSize,
    )
    .option(
      "--max-size <size>",
      "end whole before all files of the run are larger, with --per-producer those of one; with --keep: before all dumps of the run are",
      size,
    );
}

/** Values of those options. */
export function outputFlagsOf(command: CommandUnknownOpts): OutputFlags {
  return command.opts() as unknown as OutputFlags;
}

/** Refuses options that make no sense with an output. @throws {CommandError} */
export function refuseOutputNonsense({ rotate }: OutputFlags, output: string): void {
  if (rotate !== undefined && outputPlace(output).kind === "stream") {
    throw usageError(
      `--rotate writes several files, and ${output} takes one recording; name a file as the output`,
    );
  }
}
