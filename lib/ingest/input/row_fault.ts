import type { Remedy } from "../../core/remedy.ts";

/** What a fault points at: a member by its dotted path, or a character of the record. */
export type FaultTarget =
  | { readonly path: string; readonly part: "key" | "value" }
  | { readonly offset: number };

/** What sort of fault it is, and what it is about, so that faults alike can be counted together. */
export interface FaultSort {
  /** Name of the sort, such as `no-frame`; stable, scripts compare it. */
  readonly code: string;
  /** Kind of the row, where it is about one. */
  readonly kind?: string | undefined;
  /** Field or key, where it is about one. */
  readonly field?: string | undefined;
  /** Paths without which it would be none, where leaving out mends it. */
  readonly leaveOut?: readonly string[] | undefined;
}

/** Sort of a fault that says nothing of itself. */
export const OTHER_SORT: FaultSort = { code: "other" };

/**
 * Why a row is refused, before it is known where in the input the row stands. Readers catch it,
 * find line and column after the fact, and throw an `InputSyntaxError` in its place.
 */
export class RowFault extends Error {
  /** Name of the error class. */
  override name = "RowFault";
  /** What is wrong, without the place. */
  readonly problem: string;
  /** What the user can do about it. */
  readonly remedy: Remedy;
  /** What it points at; undefined for the record as a whole. */
  readonly target: FaultTarget | undefined;
  /** What sort of fault it is. */
  readonly sort: FaultSort;

  /**
   * Fault of a row.
   *
   * @param problem what is wrong, without the place
   * @param remedy what the user can do about it
   * @param sort what sort of fault it is
   */
  constructor(problem: string, remedy: Remedy, target?: FaultTarget, sort: FaultSort = OTHER_SORT) {
    // Where it was made is nobody's business, and takes most of the time of a bad line.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(problem);
    Error.stackTraceLimit = stackTraceLimit;
    this.problem = problem;
    this.remedy = remedy;
    this.target = target;
    this.sort = sort;
  }
}
