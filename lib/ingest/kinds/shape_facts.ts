/** A text where others are vectors. @internal */
export interface OtherText {
  /** The text, shortened and quoted. */
  readonly text: string;
  /** Line that has it. */
  readonly line: number;
}

/**
 * What is to be known of a kind's rows before the first of them is read.
 *
 * @internal
 */
export interface KindShapes {
  /** Dotted names of lists that have not the same length in all rows. */
  readonly lists: Set<string>;
  /** Fields with a text that is no vector beside some that look like one. */
  readonly texts: Set<string>;
  /** First text of a field that is no such vector. */
  readonly others: Map<string, OtherText>;
  /** Fields with integers above 2^53. */
  readonly wide: Set<string>;
  /** Fields with such beside other numbers, all of which doubles hold. */
  readonly doubles: Set<string>;
  /** Objects with a member of their own called `length`. */
  readonly lengths: Set<string>;
  /** Objects that are texts in other rows: tagged unions, as long as they have one member each. */
  readonly unions: Set<string>;
  /** Objects with several members in one row. */
  readonly wholes: Set<string>;
  /** Columns of numbers that begin with words such as NULL, and those with other texts as well. */
  readonly blanks: Set<string>;
  readonly unblanks: Set<string>;
}

/**
 * What a reading found in the rows of an input that rows before them should have been read by, for
 * the next reading of the same input.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readStates, ShapeFacts } from "@hindcast/hindcast/ingest";
 *
 * const shapes = new ShapeFacts();
 * const rows = '{"f":0,"t":0,"id":3,"inv":["rl"]}\n{"f":1,"t":16,"id":3,"inv":["rl","lg"]}\n';
 * const read = () => Array.fromAsync(readStates(new Blob([rows]).stream(), { shapes }));
 * assert.deepEqual((await read())[0]!.entities[0]!.fields, { "inv.0": "rl" });
 * assert.ok(shapes.isLate);
 * assert.deepEqual((await read())[0]!.entities[0]!.fields, { "inv.0": "rl", "inv.length": 1 });
 * assert.ok(!shapes.isLate);
 * ```
 */
export class ShapeFacts {
  /** Readings beside the first that are worth while for what they find. */
  static readonly MORE_READINGS_MAX: number = 4;
  /** True when no reading follows that could know what this one finds. */
  readonly isOnce: boolean;
  readonly #kinds = new Map<string, KindShapes>();
  #late = 0;

  /** Nothing yet. @param isOnce true for an input that is read once, such as a pipe */
  constructor(isOnce: boolean = false) {
    this.isOnce = isOnce;
  }

  /** True when the last reading found what rows before would have needed. */
  get isLate(): boolean {
    return this.#late > 0;
  }

  /** Begins a reading. @internal */
  begin(): void {
    this.#late = 0;
  }

  /** What is known of a kind. @internal */
  of(kind: string): KindShapes {
    let shapes = this.#kinds.get(kind);
    if (shapes === undefined) {
      shapes = {
        lists: new Set(),
        texts: new Set(),
        others: new Map(),
        wide: new Set(),
        doubles: new Set(),
        lengths: new Set(),
        unions: new Set(),
        wholes: new Set(),
        blanks: new Set(),
        unblanks: new Set(),
      };
      this.#kinds.set(kind, shapes);
    }
    return shapes;
  }

  /** Forgets a kind of which nothing is known. @internal */
  drop(kind: string): void {
    const shapes = this.#kinds.get(kind);
    if (shapes === undefined) return;
    if (Object.values(shapes).every(({ size }) => size === 0)) this.#kinds.delete(kind);
  }

  /**
   * Adds a fact that rows before would have needed.
   *
   * @returns how to forget it, when it was of a bad record
   * @internal
   */
  addLate(facts: Set<string>, path: string): () => void {
    if (facts.has(path)) return () => {};
    facts.add(path);
    this.#late++;
    return () => {
      facts.delete(path);
      this.#late--;
    };
  }
}
