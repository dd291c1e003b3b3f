/** A value that its field's type cannot hold. */
export class FieldValueError extends RangeError {
  /** Name of the error class. */
  override name = "FieldValueError";
  /** Kind of the row. */
  readonly kind: string;
  /** Field that was to be written. */
  readonly field: string;

  /**
   * Error of one value.
   *
   * @param reason what is wrong with the value, without the place
   */
  constructor(kind: string, field: string, reason: string) {
    super(`Cannot store ${JSON.stringify(kind)} field ${JSON.stringify(field)}: ${reason}`);
    this.kind = kind;
    this.field = field;
  }
}
