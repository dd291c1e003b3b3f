import type { TakeBytes } from "./row_writer.ts";

/** Length from which a text is encoded. V8 is slow with longer ones that were just put together. */
const TEXT_LENGTH = 1 << 14;
/** Bytes of a piece. */
const PIECE_BYTES = 1 << 18;
/** Most bytes of a code unit in UTF-8. */
const UNIT_BYTES_MAX = 3;

/** A long text, handed on in pieces of UTF-8. */
export class TextPieces {
  readonly #write: TakeBytes;
  readonly #encoder = new TextEncoder();
  #text = "";
  #piece = new Uint8Array(PIECE_BYTES);
  #length = 0;

  /** Text that is empty so far. */
  constructor(write: TakeBytes) {
    this.#write = write;
  }

  /** Adds a text. */
  add(text: string): void {
    this.#text += text;
    if (this.#text.length >= TEXT_LENGTH) this.#encode();
  }

  /** Hands on what is there. */
  flush(): void {
    this.#encode();
    if (this.#length === 0) return;
    this.#write(this.#piece.subarray(0, this.#length));
    this.#piece = new Uint8Array(PIECE_BYTES);
    this.#length = 0;
  }

  #encode(): void {
    const text = this.#text;
    this.#text = "";
    const bytesMax = text.length * UNIT_BYTES_MAX;
    if (this.#length + bytesMax > PIECE_BYTES) this.flush();
    if (bytesMax > PIECE_BYTES) this.#write(this.#encoder.encode(text));
    else this.#length += this.#encoder.encodeInto(text, this.#piece.subarray(this.#length)).written;
  }
}
