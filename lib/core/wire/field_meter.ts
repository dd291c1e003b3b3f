/** Told of the bits that a field of the kind at hand took. */
export interface FieldMeter {
  /** A field was read. */
  addField(field: number, bits: number): void;
}
