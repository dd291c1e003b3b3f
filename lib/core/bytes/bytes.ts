import { float32Bits, float32FromBits } from "./bits.ts";
import { float64FromBits, float64HighBits, float64LowBits, unzigzag } from "./bits.ts";

/** Bytes that end too early or hold a value that no encoder writes. */
export class ByteSyntaxError extends SyntaxError {
  /** Name of the error class. */
  override name = "ByteSyntaxError";
  /** Byte at which reading stopped, counted from the start of the input. */
  readonly offset: number;
  /** What is wrong, without the place. */
  readonly problem: string;

  /**
   * Error at a byte.
   *
   * @param problem what is wrong, without the place
   */
  constructor(offset: number, problem: string) {
    super(`Cannot read byte ${offset}: ${problem}`);
    this.offset = offset;
    this.problem = problem;
  }
}

const VIEW_LENGTHS_MAX = 4096;

/**
 * Growing little-endian byte buffer that is written front to back and used again.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { ByteReader, ByteWriter } from "@hindcast/hindcast";
 *
 * const out = new ByteWriter().u8(7).varint(300).zigzag(-2);
 * assert.deepEqual([...out.bytes()], [7, 0xac, 0x02, 3]);
 *
 * const input = new ByteReader(out.bytes());
 * assert.deepEqual([input.u8(), input.varint(), input.zigzag()], [7, 300, -2]);
 * ```
 */
export class ByteWriter {
  /** Bytes written since the last {@linkcode ByteWriter.clear}. */
  length: number = 0;
  #buffer: Uint8Array;
  #views: (Uint8Array | undefined)[] = [];

  /**
   * Empty writer.
   *
   * @param capacity bytes reserved at first; it doubles when they run out
   */
  constructor(capacity: number = 64) {
    this.#buffer = new Uint8Array(Math.max(8, capacity));
  }

  /** Forgets what was written and keeps the memory; earlier views of it are overwritten. */
  clear(): this {
    this.length = 0;
    return this;
  }

  /**
   * What was written, as a view that the next write or clear invalidates. Views are kept by
   * length, so that a steady stream of packets allocates none.
   */
  bytes(): Uint8Array {
    const length = this.length;
    if (length >= VIEW_LENGTHS_MAX) return this.#buffer.subarray(0, length);
    while (this.#views.length <= length) this.#views.push(undefined);
    return this.#views[length] ??= this.#buffer.subarray(0, length);
  }

  /**
   * Memory with room for `count` bytes from `length` on, for a caller that writes them there and
   * then sets `length`. Any other write may move it.
   */
  reserve(count: number): Uint8Array {
    if (this.length + count > this.#buffer.length) this.#grow(count);
    return this.#buffer;
  }

  /** Writes the low 8 bits. */
  u8(value: number): this {
    this.reserve(1)[this.length++] = value;
    return this;
  }

  /** Writes the low 16 bits. */
  u16(value: number): this {
    const buffer = this.reserve(2);
    buffer[this.length++] = value;
    buffer[this.length++] = value >>> 8;
    return this;
  }

  /** Writes the low 32 bits; takes signed and unsigned values alike. */
  u32(value: number): this {
    this.length = putWord(this.reserve(4), this.length, value);
    return this;
  }

  /** Writes an IEEE 754 binary32, rounding to it. */
  f32(value: number): this {
    return this.u32(float32Bits(value));
  }

  /** Writes an IEEE 754 binary64. */
  f64(value: number): this {
    return this.u32(float64LowBits(value)).u32(float64HighBits(value));
  }

  /** Writes the low 32 bits as LEB128, 1 to 5 bytes, in the shortest form. */
  varint(value: number): this {
    this.length = putVarint(this.reserve(5), this.length, value);
    return this;
  }

  /** Writes a signed word as the {@linkcode ByteWriter.varint} of its zigzag form. */
  zigzag(value: number): this {
    return this.varint((value << 1) ^ (value >> 31));
  }

  /** Appends bytes. */
  append(bytes: Uint8Array): this {
    this.reserve(bytes.length).set(bytes, this.length);
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

/** Puts the low 32 bits at a place, little-endian; returns the place behind them. */
export function putWord(buffer: Uint8Array, at: number, value: number): number {
  buffer[at] = value;
  buffer[at + 1] = value >>> 8;
  buffer[at + 2] = value >>> 16;
  buffer[at + 3] = value >>> 24;
  return at + 4;
}

/** Puts the low 32 bits as the shortest LEB128 at a place with room for 5 bytes; as `putWord`. */
export function putVarint(buffer: Uint8Array, at: number, value: number): number {
  let rest = value >>> 0;
  if (rest < 0x4000) {
    // One byte or two without a branch: 1 when there are two. The second may be overwritten.
    const more = (0x7f - rest) >>> 31;
    buffer[at] = (rest & 0x7f) | (more << 7);
    buffer[at + 1] = rest >>> 7;
    return at + 1 + more;
  }
  while (rest > 0x7f) {
    buffer[at++] = rest | 0x80;
    rest >>>= 7;
  }
  buffer[at++] = rest;
  return at;
}

/** Puts the low 32 bits, signed, as the LEB128 of their zigzag form; as `putVarint`. */
export function putZigzag(buffer: Uint8Array, at: number, value: number): number {
  return putVarint(buffer, at, (value << 1) ^ (value >> 31));
}

/** Reads what a {@linkcode ByteWriter} wrote; every read past the end throws. */
export class ByteReader {
  /** Next byte to be read. */
  offset: number = 0;
  #bytes: Uint8Array;

  /**
   * Reader at the first byte.
   *
   * @param bytes input; read in place, not copied
   */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Starts over on other bytes, so that one reader serves many packets. */
  reset(bytes: Uint8Array): this {
    this.#bytes = bytes;
    this.offset = 0;
    return this;
  }

  /** The whole input. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** Bytes that are left. */
  get remaining(): number {
    return this.#bytes.length - this.offset;
  }

  /** Refuses the input at the current offset. @throws {ByteSyntaxError} always */
  refuse(reason: string): never {
    throw new ByteSyntaxError(this.offset, reason);
  }

  /** Refuses bytes after the last expected one. @throws {ByteSyntaxError} */
  end(): void {
    if (this.remaining > 0) this.refuse(`${this.remaining} bytes follow the end`);
  }

  /** Unsigned byte. @throws {ByteSyntaxError} at the end of the input */
  u8(): number {
    if (!(this.offset < this.#bytes.length)) this.refuse("the input ends, 1 byte expected");
    return this.#bytes[this.offset++]!;
  }

  /** Unsigned 16-bit integer. @throws {ByteSyntaxError} at the end of the input */
  u16(): number {
    const at = this.#take(2);
    return this.#bytes[at]! | (this.#bytes[at + 1]! << 8);
  }

  /** Unsigned 32-bit integer. @throws {ByteSyntaxError} at the end of the input */
  u32(): number {
    return this.i32() >>> 0;
  }

  /** Signed 32-bit integer. @throws {ByteSyntaxError} at the end of the input */
  i32(): number {
    const at = this.#take(4);
    const bytes = this.#bytes;
    return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
  }

  /** IEEE 754 binary32. @throws {ByteSyntaxError} at the end of the input */
  f32(): number {
    return float32FromBits(this.i32());
  }

  /** IEEE 754 binary64. @throws {ByteSyntaxError} at the end of the input */
  f64(): number {
    return float64FromBits(this.i32(), this.i32());
  }

  /**
   * Unsigned LEB128 of at most 32 bits; only the shortest form is read, so that bytes and values
   * correspond one to one.
   *
   * @throws {ByteSyntaxError} at the end of the input, above 32 bits, or on a longer form
   */
  varint(): number {
    return this.#word() >>> 0;
  }

  /** As {@linkcode ByteReader.varint}, signed: V8 allocates a number above 2^31 that it returns. */
  #word(): number {
    const at = this.offset;
    const first = at < this.#bytes.length ? this.#bytes[at]! : 0x80;
    if (first > 0x7f) return this.#longWord();
    this.offset = at + 1;
    return first;
  }

  #longWord(): number {
    let value = 0;
    for (let shift = 0;; shift += 7) {
      const byte = this.u8();
      if (shift === 28 && byte > 0x0f) this.#refuseLast("a varint exceeds 32 bits");
      if (shift > 0 && byte === 0) this.#refuseLast("a varint is longer than needed");
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  }

  /** Signed word written by {@linkcode ByteWriter.zigzag}. @throws {ByteSyntaxError} */
  zigzag(): number {
    return unzigzag(this.#word());
  }

  /** View of the next `length` bytes. @throws {ByteSyntaxError} at the end of the input */
  take(length: number): Uint8Array {
    const at = this.#take(length);
    return this.#bytes.subarray(at, at + length);
  }

  #refuseLast(reason: string): never {
    throw new ByteSyntaxError(this.offset - 1, reason);
  }

  #take(length: number): number {
    const at = this.offset;
    if (!(at + length <= this.#bytes.length)) {
      this.refuse(`the input ends, ${length} bytes expected`);
    }
    this.offset = at + length;
    return at;
  }
}
