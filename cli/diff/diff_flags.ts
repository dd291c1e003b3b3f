import type { DamageFlags } from "../files/damage_option.ts";
import { Option } from "@commander-js/extra-typings";
import { collect, milliseconds } from "../arguments.ts";
import { usageError } from "../exit_code.ts";
import type { SelectionFlags } from "../select/selection_flags.ts";

/** Flags of `hindcast diff`. */
export interface DiffFlags extends SelectionFlags, DamageFlags {
  readonly by?: "frame" | "time";
  readonly tolerance?: readonly string[];
  readonly timeTolerance?: number;
  readonly json?: true;
}

/** What these flags are called, and say in the help. */
export function diffOptions(): Option[] {
  return [
    new Option(
      "--tolerance <field=v>",
      "numbers of a field may be apart by so much: x=0.01, player.x=0.5 of one kind, or *=1; may be repeated",
    ).argParser(collect),
    new Option(
      "--time-tolerance <ms>",
      "times may be apart by so much (0; with --by time half a frame interval)",
    ).argParser(milliseconds),
    new Option("--by <pairing>", "pair frames of one number, or the nearest in time")
      .choices(["frame", "time"] as const).default("frame"),
    new Option("--json", "print JSON"),
  ];
}

/** Tolerances by field. @throws {CommandError} for a text that is none */
export function readTolerances(texts: readonly string[]): Readonly<Record<string, number>> {
  const tolerances = new Map<string, number>();
  for (const text of texts) {
    // A field's name may have an equals sign.
    const [, field, number] = /^(.+)=([^=]+)$/.exec(text) ?? [];
    const value = number === undefined || number.trim() === "" ? NaN : Number(number);
    if (field === undefined || !(value >= 0 && value < Infinity)) {
      throw usageError(
        `--tolerance is ${
          JSON.stringify(text)
        }, expected a field and a number from 0 on, such as x=0.01, player.x=0.5 or *=1`,
      );
    }
    if (tolerances.has(field)) throw usageError(`--tolerance names ${JSON.stringify(field)} twice`);
    tolerances.set(field, value);
  }
  return Object.fromEntries(tolerances);
}
