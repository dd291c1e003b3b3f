import type { TakeBytes } from "./row_writer.ts";

/** Length from which a text is handed on. */
const PIECE_LENGTH = 1 << 17;

/** A long text, handed on in pieces of UTF-8. */
export class TextPieces {
  readonly #write: TakeBytes;
  readonly #encoder = new TextEncoder();
  #text = "";

  /** Text that is empty so far. */
  constructor(write: TakeBytes) {
    this.#write = write;
  }

  /** Adds a text. */
  add(text: string): void {
    this.#text += text;
    if (this.#text.length >= PIECE_LENGTH) this.flush();
  }

  /** Hands on what is there. */
  flush(): void {
    if (this.#text === "") return;
    this.#write(this.#encoder.encode(this.#text));
    this.#text = "";
  }
}
