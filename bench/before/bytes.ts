import { unzigzag, zigzag } from "./bits.ts";

/** Bytes that end too early or hold a value that no encoder writes. */
export class ByteSyntaxError extends SyntaxError {
  /** Name of the error class. */
  override name = "ByteSyntaxError";
  /** Byte at which reading stopped, counted from the start of the input. */
  readonly offset: number;

  /** Error at a byte. */
  constructor(offset: number, reason: string) {
    super(`Cannot read byte ${offset}: ${reason}`);
    this.offset = offset;
  }
}

const VIEW_LENGTHS_MAX = 4096;

/** Growing little-endian byte buffer that is written front to back and used again. */
export class ByteWriter {
  /** Bytes written since the last `ByteWriter.clear`. */
  length: number = 0;
  #buffer: Uint8Array;
  #views: (Uint8Array | undefined)[] = [];

  /** Empty writer. */
  constructor(capacity: number = 64) {
    this.#buffer = new Uint8Array(Math.max(8, capacity));
  }

  /** Forgets what was written and keeps the memory. */
  clear(): this {
    this.length = 0;
    return this;
  }

  /** What was written, as a view that the next write or clear invalidates. */
  bytes(): Uint8Array {
    const length = this.length;
    if (length >= VIEW_LENGTHS_MAX) return this.#buffer.subarray(0, length);
    while (this.#views.length <= length) this.#views.push(undefined);
    return this.#views[length] ??= this.#buffer.subarray(0, length);
  }

  /** Writes the low 8 bits. */
  u8(value: number): this {
    if (this.length === this.#buffer.length) this.#grow(1);
    this.#buffer[this.length++] = value;
    return this;
  }

  /** Writes the low 16 bits. */
  u16(value: number): this {
    if (this.length + 2 > this.#buffer.length) this.#grow(2);
    this.#buffer[this.length++] = value;
    this.#buffer[this.length++] = value >>> 8;
    return this;
  }

  /** Writes the low 32 bits. */
  u32(value: number): this {
    if (this.length + 4 > this.#buffer.length) this.#grow(4);
    const buffer = this.#buffer;
    const at = this.length;
    buffer[at] = value;
    buffer[at + 1] = value >>> 8;
    buffer[at + 2] = value >>> 16;
    buffer[at + 3] = value >>> 24;
    this.length = at + 4;
    return this;
  }

  /** Writes the low 32 bits as LEB128, 1 to 5 bytes, in the shortest form. */
  varint(value: number): this {
    if (this.length + 5 > this.#buffer.length) this.#grow(5);
    const buffer = this.#buffer;
    let at = this.length;
    let rest = value >>> 0;
    while (rest > 0x7f) {
      buffer[at++] = rest | 0x80;
      rest >>>= 7;
    }
    buffer[at++] = rest;
    this.length = at;
    return this;
  }

  /** Writes a signed word as the `ByteWriter.varint` of its zigzag form. */
  zigzag(value: number): this {
    return this.varint(zigzag(value));
  }

  /** Appends bytes. */
  append(bytes: Uint8Array): this {
    if (this.length + bytes.length > this.#buffer.length) this.#grow(bytes.length);
    this.#buffer.set(bytes, this.length);
    this.length += bytes.length;
    return this;
  }

  #grow(more: number): void {
    const larger = new Uint8Array(Math.max(this.#buffer.length * 2, this.length + more));
    larger.set(this.#buffer);
    this.#buffer = larger;
    this.#views = [];
  }
}

/** Reads what a `ByteWriter` wrote. */
export class ByteReader {
  /** Next byte to be read. */
  offset: number = 0;
  #bytes: Uint8Array;

  /** Reader at the first byte. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Starts over on other bytes, so that one reader serves many packets. */
  reset(bytes: Uint8Array): this {
    this.#bytes = bytes;
    this.offset = 0;
    return this;
  }

  /** Bytes that are left. */
  get remaining(): number {
    return this.#bytes.length - this.offset;
  }

  /** Refuses the input at the current offset. */
  refuse(reason: string): never {
    throw new ByteSyntaxError(this.offset, reason);
  }

  /** Unsigned byte. */
  u8(): number {
    if (this.offset >= this.#bytes.length) this.refuse("the input ends, 1 byte expected");
    return this.#bytes[this.offset++]!;
  }

  /** Unsigned 16-bit integer. */
  u16(): number {
    const at = this.#take(2);
    return this.#bytes[at]! | (this.#bytes[at + 1]! << 8);
  }

  /** Unsigned 32-bit integer. */
  u32(): number {
    return this.i32() >>> 0;
  }

  /** Signed 32-bit integer. */
  i32(): number {
    const at = this.#take(4);
    const bytes = this.#bytes;
    return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
  }

  /** Unsigned LEB128 of at most 32 bits. */
  varint(): number {
    let value = 0;
    for (let shift = 0;; shift += 7) {
      const byte = this.u8();
      if (shift === 28 && byte > 0x0f) this.#refuseLast("a varint exceeds 32 bits");
      if (shift > 0 && byte === 0) this.#refuseLast("a varint is longer than needed");
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  }

  /** Signed word written by `ByteWriter.zigzag`. */
  zigzag(): number {
    return unzigzag(this.varint());
  }

  /** View of the next `length` bytes. */
  take(length: number): Uint8Array {
    const at = this.#take(length);
    return this.#bytes.subarray(at, at + length);
  }

  #refuseLast(reason: string): never {
    throw new ByteSyntaxError(this.offset - 1, reason);
  }

  #take(length: number): number {
    const at = this.offset;
    if (at + length > this.#bytes.length) {
      this.refuse(`the input ends, ${length} bytes expected`);
    }
    this.offset = at + length;
    return at;
  }
}
