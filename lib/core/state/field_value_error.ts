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
  /** Entity whose value it is; undefined where only a row is known. */
  readonly entity: number | undefined;
  /** Frame in which it has the value; undefined where only a row is known. */
  readonly frame: number | undefined;

  /**
   * Error of one value.
   *
   * @param problem what is wrong with the value, without the place
   */
  constructor(kind: string, field: string, problem: string, entity?: number, frame?: number) {
    const whose = entity === undefined ? "" : ` of entity ${entity}`;
    const when = frame === undefined ? "" : ` in frame ${frame}`;
    super(
      `Cannot store ${JSON.stringify(kind)} field ${
        JSON.stringify(field)
      }${whose}${when}: ${problem}`,
    );
    this.kind = kind;
    this.field = field;
    this.problem = problem;
    this.entity = entity;
    this.frame = frame;
  }

  /** The error with the entity, and the frame, that it is about; any other error as it is. */
  static of(entity: number, error: unknown, frame?: number): unknown {
    if (!(error instanceof FieldValueError) || error.entity !== undefined) return error;
    return new FieldValueError(error.kind, error.field, error.problem, entity, frame);
  }
}
