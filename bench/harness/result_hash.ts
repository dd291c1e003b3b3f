/** FNV-1a of words and bytes, as bench/go computes it, with which results are compared. */
export class ResultHash {
  #hash = 0x811c9dc5;

  /** Takes in the four bytes of a word, the lowest first. */
  word(value: number): this {
    for (let shift = 0; shift < 32; shift += 8) this.#byte(value >>> shift & 255);
    return this;
  }

  /** Takes in bytes. */
  bytes(bytes: Uint8Array): this {
    for (const byte of bytes) this.#byte(byte);
    return this;
  }

  /** Takes in a text. */
  text(text: string): this {
    return this.bytes(new TextEncoder().encode(text));
  }

  /** Eight hexadecimal digits. */
  toString(): string {
    return (this.#hash >>> 0).toString(16).padStart(8, "0");
  }

  #byte(byte: number): void {
    this.#hash = Math.imul(this.#hash ^ byte, 0x01000193);
  }
}
