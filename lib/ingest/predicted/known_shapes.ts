import type { RowShape } from "./row_shape.ts";

/** Shapes that are kept, and rows that are looked at for one. */
const SHAPES_MAX = 32;
const LOOKS_MAX = 256;

/** Shapes of the rows so far, and which is likely to come next. */
export class KnownShapes {
  /** Place after the row that was read last. */
  end = 0;
  readonly #shapes: RowShape[] = [];
  #last: RowShape | undefined;
  #looks = 0;

  /**
   * Reads a row into the table of its kind.
   *
   * @param bytes text in which a newline follows
   * @param at first byte of the row
   * @param isOfKind tells whether a row that was read is of its shape's kind
   * @returns its shape; undefined when it is none that is known
   */
  read(
    bytes: Uint8Array,
    at: number,
    isOfKind: (shape: RowShape) => boolean,
  ): RowShape | undefined {
    const last = this.#last;
    if (last === undefined) return undefined;
    const expected = last.next;
    if (this.#reads(expected, bytes, at, isOfKind)) return this.#last = expected;
    for (const shape of this.#shapes) {
      if (shape === expected || !this.#reads(shape, bytes, at, isOfKind)) continue;
      last.next = shape;
      return this.#last = shape;
    }
    return undefined;
  }

  /** Adds the shape of a row that was taken, unless there are enough. @param look finds it */
  learn(look: () => RowShape | undefined): RowShape | undefined {
    if (this.#shapes.length >= SHAPES_MAX || this.#looks >= LOOKS_MAX) return undefined;
    this.#looks++;
    const shape = look();
    if (shape === undefined) return undefined;
    this.#shapes.push(shape);
    if (this.#last !== undefined) this.#last.next = shape;
    return this.#last = shape;
  }

  #reads(
    shape: RowShape,
    bytes: Uint8Array,
    at: number,
    isOfKind: (shape: RowShape) => boolean,
  ): boolean {
    const end = shape.read(bytes, at);
    if (end < 0 || !isOfKind(shape) || !shape.table.admits(shape.given)) return false;
    this.end = end;
    return true;
  }
}
