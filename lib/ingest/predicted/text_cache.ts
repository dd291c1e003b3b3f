import { startsWith } from "./json_bytes.ts";

const SLOTS = 4096;
/** Bytes of the longest text that is read here, and kept. */
const BYTES_MAX = 256;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Texts of JSON by their bytes, so that one that comes again is no new text. It keeps a few
 * thousand: of two that fall on one slot, the last.
 */
export class TextCache {
  /** The text that was read last. */
  text: string = "";
  readonly #texts: string[] = new Array<string>(SLOTS).fill("");
  readonly #bytes: Uint8Array[] = new Array<Uint8Array>(SLOTS).fill(new Uint8Array(0));

  /**
   * Reads a text into {@linkcode TextCache.text}.
   *
   * @param bytes text in which a quote or a control character follows
   * @param at place of the opening quote
   * @returns place after the closing quote; -1 for no text, a long one, and one with escapes
   */
  read(bytes: Uint8Array, at: number): number {
    if (bytes[at] !== QUOTE) return -1;
    const start = at + 1;
    let end = start;
    let hash = 0;
    for (let byte = bytes[end]!; byte !== QUOTE; byte = bytes[++end]!) {
      if (byte < 0x20 || byte === BACKSLASH) return -1;
      hash = (Math.imul(hash, 0x01000193) ^ byte) | 0;
    }
    const length = end - start;
    if (length > BYTES_MAX) return -1;
    const slot = (hash ^ (hash >>> 12)) & (SLOTS - 1);
    const known = this.#bytes[slot]!;
    if (known.length !== length || !startsWith(bytes, start, known)) {
      const own = bytes.slice(start, end);
      try {
        this.#texts[slot] = strict.decode(own);
      } catch {
        return -1;
      }
      this.#bytes[slot] = own;
    }
    this.text = this.#texts[slot]!;
    return end + 1;
  }
}
