import { ARRAY_END, COMMA, skipSpace } from "./json_bytes.ts";
import { remedy } from "../../core/remedy.ts";
import type { Collection, FrameParts } from "../collections/collections.ts";
import { RowFault } from "../input/row_fault.ts";
import type { KindTable } from "../kinds/kind_table.ts";
import { FlatRow, type RowKeys } from "../rows/flat_row.ts";
import type { LineBatch } from "../rows/line_batch.ts";
import { FrameShape } from "./frame_shape.ts";
import { KnownShapes } from "./known_shapes.ts";
import { RowShape } from "./row_shape.ts";
import { TextCache } from "./text_cache.ts";

/** Lines that are predicted before the first is, and what one that turns out otherwise costs. */
const CREDIT_FIRST = 16;
const CREDIT_MAX = 64;
const CREDIT_LOST = 4;
/** Lines of which the shape is looked for. */
const LOOKS_MAX = 64;

/** No key of JSON that a game prints. */
const NO_KEY = "\0";

/** What frames are predicted from. */
export interface FrameTables {
  /** Table of a kind; undefined before its first row. */
  find(kind: string): KindTable | undefined;
  /** True when an entity that names no kind is of that kind. */
  isOfKind(row: FlatRow, kind: string): boolean;
  /** Kind of entities that name none. */
  readonly kind: string;
}

/** Reads whole frames that look like frames before them, as {@linkcode PredictedRows} reads rows. */
export class PredictedFrames {
  /** Row that holds index and time of the frame at hand. */
  readonly head: FlatRow;
  /** Shape of the row at hand, which has its values. */
  shape: RowShape | undefined;
  readonly #row: FlatRow;
  readonly #keys: RowKeys;
  /** The keys without those of the head, which an entity that is looked at by itself has not. */
  readonly #entityKeys: RowKeys;
  readonly #tables: FrameTables;
  readonly #texts = new TextCache();
  readonly #shapes = new Map<string, KnownShapes>();
  #frame: FrameShape | undefined;
  #credit: number;
  #looks = 0;
  #list: Collection | undefined;
  readonly #isOfKind = (shape: RowShape): boolean => {
    if (shape.kind !== undefined || this.#list!.kind !== undefined) return true;
    this.#row.id = shape.id;
    return this.#tables.isOfKind(this.#row, shape.table.name);
  };

  /** No frames so far. @param isLearning false for frames of which something is left out */
  constructor(keys: RowKeys, tables: FrameTables, isLearning: boolean) {
    this.#keys = keys;
    this.#entityKeys = { ...keys, frame: NO_KEY, time: NO_KEY };
    this.#tables = tables;
    this.head = new FlatRow(keys, "values");
    this.#row = new FlatRow(keys, "values");
    this.#credit = isLearning ? CREDIT_FIRST : 0;
  }

  /** Rows of the line at hand, each valid until the next; undefined where its head is another. */
  begin(batch: LineBatch): Generator<FlatRow, void, void> | undefined {
    const frame = this.#frame;
    if (frame === undefined || this.#credit <= 0) return undefined;
    const at = frame.readHead(batch.bytes, batch.at);
    if (at < 0) return undefined;
    for (const row of [this.head, this.#row]) row.clear(batch, batch.line, "");
    this.head.frame = frame.frame;
    this.head.time = frame.time;
    // A line that turns out to be another was read for nothing.
    this.#credit -= CREDIT_LOST;
    return this.#rows(frame, batch, at);
  }

  /** Learns the shape of the line at hand, a frame that was taken. */
  learn(batch: LineBatch, parts: FrameParts): void {
    if (this.#credit <= 0 || this.#looks >= LOOKS_MAX) return;
    this.#looks++;
    const frame = FrameShape.of(batch.text, parts, this.#keys);
    let at = frame === undefined ? -1 : frame.readHead(batch.bytes, batch.at);
    for (let i = 0; at >= 0 && i < frame!.lists.length; i++) {
      this.#begin(frame!.lists[i]!);
      at = this.#learnList(batch.bytes, at);
      if (at >= 0) at = frame!.readBehind(i, batch.bytes, at);
    }
    if (at >= 0) this.#frame = frame;
  }

  *#rows(frame: FrameShape, batch: LineBatch, at: number): Generator<FlatRow, void, void> {
    const { bytes } = batch;
    const row = this.#row;
    let count = 0;
    for (let i = 0; i < frame.lists.length; i++) {
      const list = frame.lists[i]!;
      const shapes = this.#begin(list);
      at = skipSpace(bytes, at);
      while (bytes[at] !== ARRAY_END) {
        const shape = shapes.read(bytes, at, this.#isOfKind);
        if (shape === undefined) refuse();
        this.shape = shape;
        row.id = shape.id;
        row.kind = shape.kind ?? list.kind;
        row.despawn = shape.despawn;
        at = nextAt(bytes, shapes.end);
        if (at < 0) refuse();
        count++;
        yield row;
      }
      at = frame.readBehind(i, bytes, at);
      if (at < 0) refuse();
    }
    // A frame without entities has to be looked at as a whole.
    if (count === 0 || !batch.endsAt(at)) refuse();
    this.#credit = Math.min(CREDIT_MAX, this.#credit + CREDIT_LOST + 1);
  }

  #begin(list: Collection): KnownShapes {
    this.#list = list;
    let shapes = this.#shapes.get(list.path);
    if (shapes === undefined) this.#shapes.set(list.path, shapes = new KnownShapes());
    return shapes;
  }

  /** @returns place of the bracket behind the list; -1 when there is an entity of no shape */
  #learnList(bytes: Uint8Array, at: number): number {
    const list = this.#list!;
    const shapes = this.#shapes.get(list.path)!;
    const tableOf = (kind: string | undefined) =>
      this.#tables.find(kind ?? list.kind ?? this.#tables.kind);
    at = skipSpace(bytes, at);
    while (at >= 0 && bytes[at] !== ARRAY_END) {
      if (shapes.read(bytes, at, this.#isOfKind) === undefined) {
        const shape = shapes.learn(() =>
          RowShape.of(bytes, at, tableOf, this.#entityKeys, this.#texts)
        );
        if (shape === undefined || shapes.read(bytes, at, this.#isOfKind) === undefined) return -1;
      }
      at = nextAt(bytes, shapes.end);
    }
    return at;
  }
}

/** Place of the entity that follows one, or of the bracket; -1 when neither does. */
function nextAt(bytes: Uint8Array, end: number): number {
  const at = skipSpace(bytes, end);
  if (bytes[at] === ARRAY_END) return at;
  if (bytes[at] !== COMMA) return -1;
  const next = skipSpace(bytes, at + 1);
  return bytes[next] === ARRAY_END ? -1 : next;
}

function refuse(): never {
  throw new RowFault("the frame looks like none before it", remedy`read it as a whole`);
}
