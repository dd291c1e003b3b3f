import type { ByteReader, ByteWriter } from "../bytes/bytes.ts";
import { decodeText, encodeText } from "../bytes/text_bytes.ts";

/** What all texts of a pool may cost together. */
export const TEXT_COST_MAX: number = 2 ** 25;

/** Characters that a text costs besides its own, and its bytes. */
const COST_EACH = 64;

/**
 * The texts of `text` fields, each kept once: rows hold its number here, so that equal texts are
 * equal words. Number 0 is the empty text, and a number is never given to another text.
 *
 * A text costs 64 more than twice its length. Above {@linkcode TEXT_COST_MAX} the texts that were
 * stored longest ago are given up until half of that is left, so that a stream of ever new ones runs
 * on: rows that still hold one cannot be read any more. What a snapshot is filled with, and what a
 * block of a recording holds, is stored anew each time.
 *
 * @internal
 */
export class TextPool {
  /** True to refuse texts above half of the limit instead of giving up old ones. */
  keepsAll: boolean = false;
  /** What the texts cost by now. */
  cost: number = 0;
  /** Numbers by text, those that were stored last at the end. */
  #numbers: Map<string, number> = new Map();
  #texts: Map<number, string> = new Map();
  #bytes: Map<number, Uint8Array> = new Map();
  #next = 1;

  /** Number of texts, the empty one included. */
  get size(): number {
    return this.#texts.size + 1;
  }

  /** Number of a text, which is stored. @throws {RangeError} when the pool is full */
  number(text: string): number {
    if (text === "") return 0;
    const known = this.#numbers.get(text);
    if (known !== undefined) {
      this.#numbers.delete(text);
      this.#numbers.set(text, known);
      return known;
    }
    this.#makeRoom(costOf(text));
    const number = this.#next++;
    this.#texts.set(number, text);
    this.#numbers.set(text, number);
    return number;
  }

  /** True when there is a text of that number, still. */
  has(number: number): boolean {
    return number === 0 || this.#texts.has(number);
  }

  /** Text of a number. @throws {RangeError} when there is none, or none any more */
  text(number: number): string {
    if (number === 0) return "";
    const text = this.#texts.get(number);
    if (text !== undefined) return text;
    throw new RangeError(
      `Text ${number} of a row is not kept any more: too many newer ones came; read rows while they are new`,
    );
  }

  /** Bytes of a text by its number, made once; not to be changed. @throws {RangeError} as `text` */
  bytes(number: number): Uint8Array {
    let bytes = this.#bytes.get(number);
    if (bytes === undefined) this.#bytes.set(number, bytes = encodeText(this.text(number)));
    return bytes;
  }

  /** Mirror of {@linkcode writeText}; the text is stored. @throws {ByteSyntaxError} */
  read(input: ByteReader): number {
    const text = decodeText(input.take(input.varint()));
    if (text === undefined) input.refuse("a text is not UTF-8");
    try {
      return this.number(text);
    } catch (error) {
      return input.refuse((error as RangeError).message);
    }
  }

  /** Forgets all texts, when no row that is still read holds one. */
  clear(): void {
    if (this.#texts.size === 0) return;
    this.#texts = new Map();
    this.#numbers = new Map();
    this.#bytes = new Map();
    this.cost = 0;
  }

  #makeRoom(cost: number): void {
    if (this.#next > 0x7fffffff) throw new RangeError("there were 2^31 texts before it");
    const limit = this.keepsAll ? TEXT_COST_MAX / 2 : TEXT_COST_MAX;
    if (this.cost + cost > limit && this.keepsAll) {
      throw new RangeError(
        `with it the texts that have to be kept at once cost more than ${limit}`,
      );
    }
    this.cost += cost;
    if (this.cost <= limit) return;
    // Half of them at once, so that the others are not looked through each time.
    for (const [text, number] of this.#numbers) {
      if (this.cost <= TEXT_COST_MAX / 2) break;
      this.cost -= costOf(text);
      this.#numbers.delete(text);
      this.#texts.delete(number);
      this.#bytes.delete(number);
    }
  }
}

/** Writes a text of a pool by its number: the number of its bytes as LEB128, then the bytes. */
export function writeText(pool: TextPool, number: number, out: ByteWriter): void {
  const bytes = pool.bytes(number);
  out.varint(bytes.length).append(bytes);
}

function costOf(text: string): number {
  return 2 * text.length + COST_EACH;
}
