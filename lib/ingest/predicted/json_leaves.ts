/** A number, text, truth value or null of a JSON object, at any depth. */
export interface JsonLeaf {
  /** Dotted path from the object's root. */
  readonly path: string;
  /** First byte of the value. */
  readonly at: number;
  /** Byte after the value. */
  readonly end: number;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OBJECT = 0x7b;
const OBJECT_END = 0x7d;
const ARRAY = 0x5b;
const ARRAY_END = 0x5d;

const decoder = new TextDecoder();

/**
 * Leaves of an object of JSON in the order in which they stand.
 *
 * @param bytes text that holds an object that was found to be JSON
 * @param at its first byte
 * @returns the leaves and the place after the object; undefined when a text has an escape, or a
 *   name occurs twice
 */
export function findLeaves(
  bytes: Uint8Array,
  at: number,
): { readonly leaves: readonly JsonLeaf[]; readonly end: number } | undefined {
  const scan = new LeafScan(bytes, at);
  scan.value("");
  const { leaves, end, isPlain } = scan;
  const names = new Set(leaves.map(({ path }) => path));
  return isPlain && names.size === leaves.length ? { leaves, end } : undefined;
}

class LeafScan {
  readonly leaves: JsonLeaf[] = [];
  isPlain = true;
  end: number;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.end = at;
  }

  value(path: string): void {
    const at = this.end;
    const first = this.#bytes[at];
    if (first === OBJECT) this.#members(path === "" ? "" : `${path}.`, OBJECT_END);
    else if (first === ARRAY) this.#members(`${path}.`, ARRAY_END);
    else {
      if (first === QUOTE) this.#text();
      else while (!isEnd(this.#bytes[this.end]!)) this.end++;
      this.leaves.push({ path, at, end: this.end });
    }
  }

  #members(prefix: string, last: number): void {
    let index = 0;
    this.end++;
    for (this.#skipSpace(); this.#bytes[this.end] !== last; this.#skipSpace()) {
      if (this.#bytes[this.end] === COMMA) this.end++;
      this.#skipSpace();
      this.value(prefix + (last === OBJECT_END ? this.#key() : index++));
    }
    this.end++;
  }

  #key(): string {
    const start = this.end + 1;
    this.#text();
    const key = decoder.decode(this.#bytes.subarray(start, this.end - 1));
    this.#skipSpace();
    this.end++;
    this.#skipSpace();
    return key;
  }

  #text(): void {
    for (this.end++; this.#bytes[this.end] !== QUOTE; this.end++) {
      if (this.#bytes[this.end] !== BACKSLASH) continue;
      this.isPlain = false;
      this.end++;
    }
    this.end++;
  }

  #skipSpace(): void {
    while (isSpace(this.#bytes[this.end]!)) this.end++;
  }
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0d;
}

function isEnd(byte: number): boolean {
  return byte === COMMA || byte === OBJECT_END || byte === ARRAY_END || byte <= 0x20;
}
