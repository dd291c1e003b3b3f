import type { Schema } from "../../core/state/schema.ts";
import type { KindFacts } from "../../schema/infer_kind.ts";
import type { InputSyntaxError } from "../input/input_error.ts";
import type { InputNote } from "../input/input_note.ts";
import type { CheckedOptions } from "./checked_options.ts";
import type { FaultGroup } from "./fault_groups.ts";

/** What would be recorded. */
export interface CheckedStates {
  /** Frames, quiet ones included. */
  readonly frames: number;
  /** Sessions, from 1. */
  readonly sessions: number;
  /** Events. */
  readonly events: number;
  /** Kinds and fields. */
  readonly kinds: readonly KindFacts[];
}

/** How an input that was read as from a pipe is recorded from a file. */
export interface FileCheck {
  /** Options of the recording. */
  readonly options: CheckedOptions;
  /** Lines that are skipped with those options; 0 when all is recorded. */
  readonly skipped: number;
}

/** What is in the way of an input, and what mends it. */
export interface StatesCheck {
  /** What is in the way, in the order in which it was found; none when all would be recorded. */
  readonly faults: readonly FaultGroup[];
  /** What is taken as it is and may be meant otherwise. */
  readonly notes: readonly InputNote[];
  /** Options of the first reading. */
  readonly given: CheckedOptions;
  /** Options that mend all that options can mend, tried by a reading. */
  readonly options: CheckedOptions;
  /** Schema among those options, where the check made it. */
  readonly schema: Schema | undefined;
  /** What is in the way with those options still; none when they mend all. */
  readonly left: readonly FaultGroup[];
  /** Lines that are skipped with those options; 0 when they mend all. */
  readonly skipped: number;
  /** What ends the states before their end, whatever is skipped, as damage does; else undefined. */
  readonly ending: InputSyntaxError | undefined;
  /** Likewise of the events that stand beside them: what is recorded before is not told. */
  readonly eventsEnding: InputSyntaxError | undefined;
  /** What would be recorded with those options; undefined when nothing would be. */
  readonly states: CheckedStates | undefined;
  /** How a file of the same bytes is recorded, where that has less in its way; else undefined. */
  readonly fromFile: FileCheck | undefined;
  /** Schema of all that was read with those options. */
  readonly seen: Schema;
  /** Schema of the first reading; undefined when something was in its way. */
  readonly seenAsGiven: Schema | undefined;
}
