import type { Remedy } from "../../core/remedy.ts";

/** What a fault points at: a member by its dotted path, or a character of the record. */
export type FaultTarget =
  | { readonly path: string; readonly part: "key" | "value" }
  | { readonly offset: number };

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

  /**
   * Fault of a row.
   *
   * @param problem what is wrong, without the place
   * @param remedy what the user can do about it
   */
  constructor(problem: string, remedy: Remedy, target?: FaultTarget) {
    super(problem);
    this.problem = problem;
    this.remedy = remedy;
    this.target = target;
  }
}
