import { startsWith } from "./json_bytes.ts";

/** Bytes that are compared at once. */
export const WORD = 4;

/**
 * Texts of bytes that have to stand between others. Longer ones are compared word by word, by who
 * reads the rows: keys are most of what a row holds, and a call for each costs as much.
 */
export class FixedBytes {
  /** Lengths of the texts. */
  readonly lengths: Uint32Array;
  /** Words of those that have any, one after another; the last of each ends where it does. */
  readonly words: Int32Array;
  readonly #texts: readonly Uint8Array[];
  /** The bytes that were looked at last, as words. */
  #bytes: Uint8Array = new Uint8Array(0);
  #view: DataView = viewOf(this.#bytes);

  /** Of some texts, by their numbers. */
  constructor(texts: readonly Uint8Array[]) {
    this.#texts = texts;
    this.lengths = Uint32Array.from(texts, ({ length }) => length);
    this.words = Int32Array.from(texts.flatMap(wordsOf));
  }

  /** The bytes to look at, as words. */
  viewOf(bytes: Uint8Array): DataView {
    if (bytes === this.#bytes) return this.#view;
    this.#bytes = bytes;
    return this.#view = viewOf(bytes);
  }

  /** Place behind a text; -1 where it does not stand at a place. */
  pass(i: number, bytes: Uint8Array, at: number): number {
    return startsWith(bytes, at, this.#texts[i]!) ? at + this.lengths[i]! : -1;
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

function wordsOf(text: Uint8Array): number[] {
  if (text.length < WORD) return [];
  const view = viewOf(text);
  const words: number[] = [];
  const last = text.length - WORD;
  for (let at = 0; at < last; at += WORD) words.push(view.getInt32(at, true));
  return [...words, view.getInt32(last, true)];
}
