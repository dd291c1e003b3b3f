import type { Remedy } from "../../core/remedy.ts";
import type { DECIMAL_MARKS } from "./decimal_mark.ts";
import type { TIME_UNITS } from "./time_unit.ts";

/**
 * Something about an input that was read and may be meant otherwise: no error, and nothing that
 * was lost.
 */
export interface InputNote {
  /** What kind of note it is; a reading gives a code at most a few times. */
  readonly code: string;
  /** What is odd, in one line. */
  readonly problem: string;
  /** What the user can do about it; undefined where there is nothing to do. */
  readonly remedy?: Remedy;
  /** Options of `readStates` that carry the remedy out, where it is one value of them. @internal */
  readonly mend?: NoteMend;
}

/** Options that a note may ask for. */
export interface NoteMend {
  /** Unit of the times. */
  readonly timeUnit?: typeof TIME_UNITS[number];
  /** Decimal mark of CSV. */
  readonly decimal?: typeof DECIMAL_MARKS[number];
  /** Key of an entity's id. */
  readonly idKey?: string;
  /** Key of an event's name. */
  readonly eventKey?: string;
  /** That rows are there only if they changed. */
  readonly sparse?: true;
}
