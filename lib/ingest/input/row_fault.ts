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
  readonly reason: string;
  /** What the user can do about it. */
  readonly remedy: string;
  /** What it points at; undefined for the record as a whole. */
  readonly target: FaultTarget | undefined;

  /**
   * Fault of a row.
   *
   * @param reason what is wrong, without the place
   * @param remedy what the user can do about it
   */
  constructor(reason: string, remedy: string, target?: FaultTarget) {
    super(reason);
    this.reason = reason;
    this.remedy = remedy;
    this.target = target;
  }
}
