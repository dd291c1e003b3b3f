/** A value that its field's type cannot hold. */
export class FieldValueError extends RangeError {
  /** Name of the error class. */
  override name = "FieldValueError";
  /** Kind of the row. */
  readonly kind: string;
  /** Field that was to be written. */
  readonly field: string;
  /** What is wrong with the value. */
  readonly problem: string;

  /**
   * Error of one value.
   *
   * @param problem what is wrong with the value, without the place
   */
  constructor(kind: string, field: string, problem: string) {
    super(`Cannot store ${JSON.stringify(kind)} field ${JSON.stringify(field)}: ${problem}`);
    this.kind = kind;
    this.field = field;
    this.problem = problem;
  }
}
