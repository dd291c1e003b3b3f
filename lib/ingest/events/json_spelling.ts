import type { Spelling } from "../input/excerpt.ts";
import { speltAt } from "../rows/flat_row.ts";

/** The numbers of a text of JSON. */
export class JsonSpelling implements Spelling {
  readonly #text: string;

  /** Those of a text. */
  constructor(text: string) {
    this.#text = text;
  }

  /** A value at a dotted path of the text. */
  spelt(path: string, value: unknown): unknown {
    return speltAt(this.#text, path, value);
  }
}
