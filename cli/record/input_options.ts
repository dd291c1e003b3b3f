import { type CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import { integer, numberAbove, numberFrom, paths, patterns, U32_MAX } from "../arguments.ts";
import type { ReadStatesOptions } from "../../lib/ingest.ts";
import type { InputOptions } from "./options.ts";

/** Every value of an option; info has them without what reads input. */
type Choices<K extends "timeUnit" | "decimal" | "format"> = Record<
  NonNullable<ReadStatesOptions[K]>,
  true
>;
const TIME_UNITS: Choices<"timeUnit"> = { s: true, ms: true, us: true, ns: true };
const DECIMAL_MARKS: Choices<"decimal"> = { comma: true, point: true };
const INPUT_FORMATS: Choices<"format"> = { rows: true, frames: true, csv: true };

/**
 * Adds the options that say how an input is to be read. Their types are not inferred: that takes
 * the compiler minutes where it does not know the options that are there.
 */
export function addInputOptions(command: CommandUnknownOpts): void {
  command
    .option("--rate <hz>", "frames per second, for input without times", numberAbove(0))
    .addOption(
      new Option("--time-unit <unit>", "unit of the times, of events as well")
        .choices(Object.keys(TIME_UNITS))
        .default("ms" as const),
    )
    .addOption(
      new Option("--decimal <mark>", "decimal mark of numbers in CSV: 1,5 or 1,234.5")
        .choices(Object.keys(DECIMAL_MARKS)),
    )
    .option("--sparse", "a row is there only if it changed; frames without rows exist as well")
    .option("--every <k>", "with --sparse: frames count by k, from the first", integer(1, U32_MAX))
    .option("--despawn-key <key>", "with --sparse: key that is true when an entity is gone")
    .addOption(
      new Option("--format <format>", "how states are written, instead of guessing").choices(
        Object.keys(INPUT_FORMATS),
      ),
    )
    .option("--frame-key <key>", "key of the frame index", "f")
    .option("--time-key <key>", "key of the time", "t")
    .option("--id-key <key>", "key of the entity's id", "id")
    .option("--kind-key <key>", "key of the entity's kind", "kind")
    .option(
      "--entities <paths>",
      "collections of entities in a frame: players,state.rockets",
      paths,
    )
    .option("--leave-out <paths>", "what is not recorded, with all below: tiles,debug.text", paths)
    .option(
      "--exclude <patterns>",
      "fields that are not recorded, as the recording calls them: player.inventory*,debug.*; repeatable",
      patterns,
    )
    .option("--ids-by-kind", "an id is another entity in each kind")
    .option("--generation-key <key>", "key whose value changes when an id is taken again")
    .addOption(
      new Option("--frame-bits <bits>", "bits of a frame counter that wraps")
        .choices(["8", "16"] as const),
    )
    .option("--frame-offset <n>", "added to every frame", integer(-(2 ** 53 - 1), 2 ** 53 - 1))
    .addOption(
      new Option("--on-restart <what>", "when the frame goes back: stop, or split into sessions")
        .choices(["stop", "split"] as const)
        .default("stop" as const),
    )
    .option(
      "--event-window <ms>",
      "how late an event may come before that is told",
      numberFrom(0),
      5000,
    )
    .option("--event-key <key>", "key of an event's name, among states or not", "ev")
    .option("--skip-bad", "skip lines that cannot be read, and count them");
}

/** Values of those options. */
export function inputOptionsOf(command: CommandUnknownOpts): InputOptions {
  return command.opts() as unknown as InputOptions;
}
