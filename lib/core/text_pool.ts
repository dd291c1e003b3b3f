import { encodeText } from "./text_bytes.ts";

/** UTF-16 code units of all texts of a pool together; more are refused. */
export const TEXT_UNITS_MAX: number = 2 ** 27;

/**
 * The texts of `text` fields, each kept once: rows hold its number here, so that equal texts are
 * equal words. Number 0 is the empty text. A pool only grows, because any row may refer to it.
 */
export class TextPool {
  #texts: string[] = [""];
  #numbers: Map<string, number> = new Map([["", 0]]);
  #bytes: (Uint8Array | undefined)[] = [];
  #units = 0;

  /** Number of texts, the empty one included. */
  get size(): number {
    return this.#texts.length;
  }

  /** Number of a text. @throws {RangeError} when the pool is full */
  number(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    if (this.#units + text.length > TEXT_UNITS_MAX) {
      throw new RangeError(`the texts before it have ${this.#units} characters, no more are kept`);
    }
    this.#units += text.length;
    const number = this.#texts.length;
    this.#texts.push(text);
    this.#numbers.set(text, number);
    return number;
  }

  /** Text of a number; undefined when there is none. */
  text(number: number): string | undefined {
    return this.#texts[number];
  }

  /** Bytes of a text by its number, made once; not to be changed. */
  bytes(number: number): Uint8Array {
    return this.#bytes[number] ??= encodeText(this.#texts[number]!);
  }

  /** Forgets all texts, when no row that is still read holds one. */
  clear(): void {
    if (this.#texts.length === 1) return;
    this.#texts = [""];
    this.#numbers = new Map([["", 0]]);
    this.#bytes = [];
    this.#units = 0;
  }
}
