const PIECE_WORDS = 1 << 16;
/** Word that says that two words of a double follow: that of a NaN that no number has. */
const DOUBLE = 0x7fffffff;

const single = new Float32Array(1);
const singleWord = new Int32Array(single.buffer);
const double = new Float64Array(1);
const doubleWords = new Int32Array(double.buffer);

/** Words and numbers that are read again in the order in which they were written, once. */
export class NumberTape {
  /** Pieces that are full, but those that were read. */
  readonly #full: Int32Array[] = [];
  #written: Int32Array = new Int32Array(PIECE_WORDS);
  #writeAt = 0;
  #read: Int32Array = new Int32Array(0);
  #readAt = 0;

  /** Bytes that they take. */
  get bytes(): number {
    return (this.#full.length + 1) * PIECE_WORDS * Int32Array.BYTES_PER_ELEMENT;
  }

  /** Adds a word of 32 bits. */
  write(word: number): void {
    if (this.#writeAt === PIECE_WORDS) {
      this.#full.push(this.#written);
      this.#written = new Int32Array(PIECE_WORDS);
      this.#writeAt = 0;
    }
    this.#written[this.#writeAt++] = word;
  }

  /** Adds a number: one word where binary32 holds it, else three. */
  writeNumber(number: number): void {
    single[0] = number;
    if (single[0] === number) return this.write(singleWord[0]!);
    double[0] = number;
    this.write(DOUBLE);
    this.write(doubleWords[0]!);
    this.write(doubleWords[1]!);
  }

  /** The next word, as a signed integer. It is known that one is left. */
  read(): number {
    if (this.#readAt === this.#read.length) {
      this.#read = this.#full.shift() ?? this.#written;
      this.#readAt = 0;
    }
    return this.#read[this.#readAt++]!;
  }

  /** The next number. */
  readNumber(): number {
    const word = this.read();
    singleWord[0] = word;
    if (word !== DOUBLE) return single[0]!;
    doubleWords[0] = this.read();
    doubleWords[1] = this.read();
    return double[0]!;
  }
}
