/** A text some of whose parts were replaced, which knows where a character of it stood before. */
export class EditedText {
  /** The text as it is now. */
  text: string;
  /** Replacements, the last one last: where each begins, and how many characters it added. */
  readonly #edits: { readonly at: number; readonly added: number }[] = [];

  /** A text that is as it was. */
  constructor(text: string) {
    this.text = text;
  }

  /** Replacements so far. */
  get edits(): number {
    return this.#edits.length;
  }

  /** Replaces what stands from one character to another. */
  replace(start: number, end: number, by: string): void {
    this.text = this.text.slice(0, start) + by + this.text.slice(end);
    this.#edits.push({ at: start, added: by.length - (end - start) });
  }

  /** Where a character stood at first. */
  original(offset: number): number {
    let at = offset;
    for (let i = this.#edits.length - 1; i >= 0; i--) {
      const edit = this.#edits[i]!;
      if (at > edit.at) at -= edit.added;
    }
    return at;
  }
}
