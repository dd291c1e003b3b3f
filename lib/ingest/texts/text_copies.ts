/** Distinct texts of which a copy is at hand. */
const COPIES_MAX = 4096;

/**
 * Texts in memory of their own. Engines let a part of a text point into the whole, so a cell that is
 * kept would keep all the input around it.
 */
export class TextCopies {
  readonly #copies: Map<string, string> = new Map();

  /** The same text; of equal texts mostly the same copy. */
  own(text: string): string {
    const known = this.#copies.get(text);
    if (known !== undefined) return known;
    if (this.#copies.size >= COPIES_MAX) this.#copies.clear();
    const copy = detached(text);
    this.#copies.set(copy, copy);
    return copy;
  }
}

/** The same text in memory of its own, which engines make when they take a part of a new text. */
export function detached(text: string): string {
  return ` ${text}`.slice(1);
}
