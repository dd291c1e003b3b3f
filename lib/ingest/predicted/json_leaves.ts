import {
  ARRAY,
  ARRAY_END,
  BACKSLASH,
  COMMA,
  OBJECT,
  OBJECT_END,
  QUOTE,
  skipSpace,
} from "./json_bytes.ts";
import { RowContainers } from "../rows/row_containers.ts";

/** A number, text, truth value or null of a JSON object, at any depth. */
export interface JsonLeaf {
  /** Dotted path from the object's root. */
  readonly path: string;
  /** First byte of the value. */
  readonly at: number;
  /** Byte after the value. */
  readonly end: number;
}

/** What an object of JSON holds. */
export interface JsonContent {
  /** Its leaves in the order in which they stand. */
  readonly leaves: readonly JsonLeaf[];
  /** Its lists and empty objects, at any depth. */
  readonly containers: RowContainers;
  /** Place after the object. */
  readonly end: number;
}

const decoder = new TextDecoder();

/**
 * Leaves, lists and empty objects of an object of JSON.
 *
 * @param bytes text that holds an object that was found to be JSON
 * @param at its first byte
 * @returns undefined when a text has an escape, or a name occurs twice
 */
export function findLeaves(bytes: Uint8Array, at: number): JsonContent | undefined {
  const scan = new LeafScan(bytes, at);
  scan.value();
  const { leaves, containers, end, isPlain } = scan;
  const names = new Set(leaves.map(({ path }) => path));
  return isPlain && names.size === leaves.length ? { leaves, containers, end } : undefined;
}

class LeafScan {
  readonly leaves: JsonLeaf[] = [];
  readonly containers = new RowContainers();
  isPlain = true;
  end: number;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.end = at;
  }

  /** @param path undefined for the root, which is an object */
  value(path?: string): void {
    const at = this.end;
    const first = this.#bytes[at];
    if (path === undefined) this.#members("", OBJECT_END);
    else if (first === OBJECT) {
      if (this.#members(`${path}.`, OBJECT_END) === 0) this.containers.addEmpty(path);
    } else if (first === ARRAY) {
      this.containers.addList(path, this.#members(`${path}.`, ARRAY_END));
    } else {
      if (first === QUOTE) this.#text();
      else while (!isEnd(this.#bytes[this.end]!)) this.end++;
      this.leaves.push({ path, at, end: this.end });
    }
  }

  /** @returns how many there are */
  #members(prefix: string, last: number): number {
    let count = 0;
    this.end++;
    for (this.#skipSpace(); this.#bytes[this.end] !== last; this.#skipSpace()) {
      if (this.#bytes[this.end] === COMMA) this.end++;
      this.#skipSpace();
      this.value(prefix + (last === OBJECT_END ? this.#key() : count));
      count++;
    }
    this.end++;
    return count;
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
    this.end = skipSpace(this.#bytes, this.end);
  }
}

function isEnd(byte: number): boolean {
  return byte === COMMA || byte === OBJECT_END || byte === ARRAY_END || byte <= 0x20;
}
