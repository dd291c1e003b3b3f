import type { Collection, FrameParts } from "../collections/collections.ts";
import type { RowKeys } from "../rows/flat_row.ts";
import { eachMember, type JsonMember } from "../rows/json_places.ts";
import { FixedBytes } from "./fixed_bytes.ts";
import { readNumber } from "./json_number.ts";

const FRAME = 0;
const TIME = 1;

/** Whole frames that have the same bytes around their index, their time and their lists. */
export class FrameShape {
  /** The lists of entities, in the order in which they stand. */
  readonly lists: readonly Collection[];
  /** What stands before the first list and is no number of the head. */
  readonly #head: FixedBytes;
  /** Which number follows each of those but the last. */
  readonly #numbers: readonly number[];
  /** What stands behind each list. */
  readonly #behind: FixedBytes;
  readonly #values = new Float64Array(2);

  private constructor(
    lists: readonly Collection[],
    head: readonly Uint8Array[],
    numbers: readonly number[],
    behind: readonly Uint8Array[],
  ) {
    this.lists = lists;
    this.#head = new FixedBytes(head);
    this.#numbers = numbers;
    this.#behind = new FixedBytes(behind);
  }

  /**
   * Shape of a line that was read and taken.
   *
   * @returns undefined when it holds more than its head and lists of entities, or not in that order
   */
  static of(
    text: string,
    { collections, events, values }: FrameParts,
    { frame, time }: RowKeys,
  ): FrameShape | undefined {
    const isHead = values.every(([path, value]) =>
      (path === frame || path === time) && typeof value === "number"
    );
    const areLists = collections.every(({ entities, isGone }) =>
      Array.isArray(entities) && !isGone
    );
    if (!isHead || !areLists || events.length > 0 || collections.length === 0) return undefined;
    const paths = [...values.map(([path]) => path), ...collections.map(({ path }) => path)];
    const places = placesOf(text, paths);
    if (places === undefined) return undefined;
    const encoder = new TextEncoder();
    const head: Uint8Array[] = [];
    const behind: Uint8Array[] = [];
    let from = 0;
    for (const [i, { valueAt, valueEnd }] of places.entries()) {
      const isList = i >= values.length;
      // A list's own brackets are of what stands around its entities.
      const between = encoder.encode(text.slice(from, isList ? valueAt + 1 : valueAt));
      if (valueAt < from) return undefined;
      (i <= values.length ? head : behind).push(between);
      from = isList ? valueEnd - 1 : valueEnd;
    }
    behind.push(encoder.encode(text.slice(from)));
    const numbers = values.map(([path]) => path === frame ? FRAME : TIME);
    return numbers.includes(FRAME) ? new FrameShape(collections, head, numbers, behind) : undefined;
  }

  /** Index of the frame whose head was read. */
  get frame(): number {
    return this.#values[FRAME]!;
  }

  /** Its time; undefined when it has none. */
  get time(): number | undefined {
    return this.#numbers.includes(TIME) ? this.#values[TIME]! : undefined;
  }

  /** Reads up to the first list. @returns place after its bracket; -1 for another shape */
  readHead(bytes: Uint8Array, at: number): number {
    for (let i = 0; i <= this.#numbers.length; i++) {
      at = this.#head.pass(i, bytes, at);
      if (at >= 0 && i < this.#numbers.length) {
        at = readNumber(bytes, at, this.#values, this.#numbers[i]!);
      }
      if (at < 0) return -1;
    }
    return at;
  }

  /**
   * Reads from the last entity of a list up to the next list, or to the end.
   *
   * @param at place of the bracket
   * @returns place after what was read; -1 for another shape
   */
  readBehind(list: number, bytes: Uint8Array, at: number): number {
    return this.#behind.pass(list, bytes, at);
  }
}

/** Places of members, in the order of their paths; undefined when one does not stand there just once. */
function placesOf(text: string, paths: readonly string[]): readonly JsonMember[] | undefined {
  const found = new Map<string, JsonMember>();
  let count = 0;
  eachMember(text, (path, member) => {
    if (!paths.includes(path)) return;
    found.set(path, member);
    count++;
  });
  if (count !== paths.length || found.size !== count) return undefined;
  return paths.map((path) => found.get(path)!);
}
