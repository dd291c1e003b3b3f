import type { InputSyntaxError } from "./input_error.ts";
import type { FaultSort, FaultTarget } from "./row_fault.ts";

/** A line that is refused, for who may give another text in its place. */
export interface RefusedLine {
  /** Number of the line, counted from 1. */
  readonly line: number;
  /** What sort of fault it is. */
  readonly sort: FaultSort;
  /** Why, with the place in the text below; made when it is asked for, which takes its time. */
  readonly error: () => InputSyntaxError;
  /** What the fault points at; undefined for the line as a whole. */
  readonly target: FaultTarget | undefined;
  /** The line, or the record of CSV, which may span lines. */
  readonly text: string;
  /** True when it is a record of CSV. */
  readonly isCsv: boolean;
  /** Frame that is being read or came out last; undefined before the first. */
  readonly frame: number | undefined;
  /** Time of that frame in milliseconds; 0 before the first. */
  readonly timeMs: number;
  /** Frame that the line names, as it came; undefined where it names none. */
  readonly named: unknown;
}

/**
 * Gives the text that is read in place of a line that is refused; undefined to leave it at that.
 * It is asked again for what it gives, as long as that is refused as well.
 *
 * @internal
 */
export type LineMender = (line: RefusedLine) => string | undefined;
