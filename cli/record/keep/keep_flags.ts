import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { usageError } from "../../exit_code.ts";
import { outputPlace } from "../../files/output_place.ts";
import { duration, durationOrNone, size } from "../../quantities.ts";
import type { ListenFlags } from "../listen/listen_flags.ts";
import type { OutputFlags } from "../outputs/output_flags.ts";
import { type EventCondition, eventConditions } from "./event_condition.ts";

/** Options of a recorder that keeps the newest frames, as the command line gives them. */
export interface KeepFlags {
  /** Time that is kept, in milliseconds; undefined to record all. */
  readonly keep?: number;
  /** Bytes that the kept time takes at most. */
  readonly keepSize?: number;
  /** Events that have a dump written; one of them is enough. */
  readonly dumpOn?: readonly EventCondition[];
  /** Times before and after the trigger of a dump, in milliseconds. */
  readonly before?: number;
  readonly after?: number;
}

/** Bytes that are kept at most, unless the user says. */
export const KEEP_BYTES = 1e9;

/** Adds those options. */
export function addKeepOptions(command: CommandUnknownOpts): void {
  command
    .option(
      "--keep <time>",
      "flight recorder: keep the newest 10m, and write it when told",
      duration,
    )
    .option("--keep-size <size>", "with --keep: bytes that are kept at most (default: 1GB)", size)
    .option(
      "--dump-on <event>",
      "with --keep: write what is kept to OUT-FRAME when an event has ev=disputed; , for and, repeatable for or",
      eventConditions,
    )
    .option("--before <time>", "with --keep: of what is kept only this time before", durationOrNone)
    .option(
      "--after <time>",
      "with --keep: this time after as well (default: 0)",
      durationOrNone,
    );
}

/** Values of those options. */
export function keepFlagsOf(command: CommandUnknownOpts): KeepFlags {
  return command.opts() as unknown as KeepFlags;
}

/** Refuses options that make no sense together. @throws {CommandError} */
export function refuseKeepNonsense(
  { keep, keepSize, dumpOn, before, after, rotate, perProducer }:
    & KeepFlags
    & OutputFlags
    & Partial<ListenFlags>,
  output: string,
): void {
  if (keep === undefined) {
    const flags = {
      "--keep-size": keepSize,
      "--dump-on": dumpOn,
      "--before": before,
      "--after": after,
    };
    const [lonely] = Object.entries(flags).find(([, value]) => value !== undefined) ?? [];
    if (lonely !== undefined) {
      throw usageError(`${lonely} is of what --keep keeps; give --keep 10m as well`);
    }
    return;
  }
  if (rotate !== undefined) {
    throw usageError("--keep records no whole input, which --rotate needs; leave out one of them");
  }
  if (perProducer) {
    throw usageError("--keep keeps what all producers send as one; leave out --per-producer");
  }
  if (outputPlace(output).kind === "stream") {
    throw usageError(`--keep writes files beside ${output}; name a file as the output`);
  }
  if ((before ?? 0) + (after ?? 0) > keep) {
    throw usageError(
      "--before and --after are longer together than what --keep keeps; keep more",
    );
  }
}
