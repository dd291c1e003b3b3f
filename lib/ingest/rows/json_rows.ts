import { remedy } from "../../core/remedy.ts";
import { FlatRow, type RowKeys } from "./flat_row.ts";
import { excerpt } from "../input/excerpt.ts";
import type { InputPlace } from "../input/input_error.ts";
import { KeyTwiceFault, refuseKeyTwice } from "./key_twice.ts";
import { placeInJson } from "./record_parser.ts";
import { RowFault } from "../input/row_fault.ts";

/** Key of the list of entities in a line that holds a whole frame. */
export const ENTITIES_KEY = "entities";

/** Rows of NDJSON, one row a line. */
export class JsonRows {
  /** The row that every line is read into. */
  readonly row: FlatRow;

  /** Reader before the first line. */
  constructor(keys: RowKeys) {
    this.row = new FlatRow(keys, "values");
  }

  /** Goes on to a line, which faults then are of. */
  begin(line: string, lineNumber: number): void {
    this.row.clear(line, lineNumber, "");
  }

  /**
   * Row of the line at hand.
   *
   * @param object what the line holds
   * @param colons colons of the line
   * @throws {RowFault} when it is no row
   */
  read(object: object, colons: number): FlatRow {
    const row = this.row;
    row.addObject(object);
    if (colons !== row.keyCount) refuseTwice(row, object, colons, row.keyCount);
    return row;
  }

  /** Place of a fault in the line at hand. */
  place(fault: RowFault, source: string): InputPlace {
    return placeInJson(fault, this.row, source);
  }
}

/** Frames of NDJSON, one frame a line: index, time and a list of rows. */
export class JsonFrames {
  /** Row that holds the index and the time of the frame at hand. */
  readonly head: FlatRow;
  readonly #row: FlatRow;
  readonly #eventKey: string | undefined;
  #isInRow = false;
  #line: object = {};
  #colons = 0;
  #entities: readonly unknown[] = [];

  /**
   * Reader before the first line.
   *
   * @param eventKey key that a row must not have, since it would make it an event
   */
  constructor(keys: RowKeys, eventKey: string | undefined) {
    this.#eventKey = eventKey;
    this.head = new FlatRow(keys, "values");
    this.#row = new FlatRow(keys, "values");
  }

  /** Goes on to a line, which faults then are of. */
  begin(line: string, lineNumber: number): void {
    this.#isInRow = false;
    this.head.clear(line, lineNumber, "");
  }

  /**
   * Reads the line at hand up to its rows.
   *
   * @param object what the line holds
   * @param colons colons of the line
   * @throws {RowFault} when the line is no frame
   */
  read(object: object, colons: number): FlatRow {
    const head = this.head;
    this.#line = object;
    this.#colons = colons;
    const { [ENTITIES_KEY]: entities, ...rest } = object as Record<string, unknown>;
    head.addObject(rest);
    if (!Array.isArray(entities)) {
      throw new RowFault(
        `the line has no list ${JSON.stringify(ENTITIES_KEY)}, as the first line has`,
        remedy`send either a frame or a row per line`,
        entities === undefined ? undefined : { path: ENTITIES_KEY, part: "value" },
      );
    }
    this.#entities = entities;
    const extra = head.id !== undefined || head.kind !== undefined || head.despawn !== undefined;
    if (head.count > 0 || extra) this.#refuseExtra(rest);
    return head;
  }

  /** Rows of the line at hand. @throws {RowFault} when one is no row, or a key occurs twice */
  *rows(): Generator<FlatRow, void, void> {
    const row = this.#row;
    const { text, line } = this.head;
    this.#isInRow = true;
    let keyCount = this.head.keyCount + 1;
    for (let i = 0; i < this.#entities.length; i++) {
      const entity = this.#entities[i];
      row.clear(text, line, `${ENTITIES_KEY}.${i}.`);
      if (typeof entity !== "object" || entity === null || Array.isArray(entity)) {
        throw new RowFault(
          `the entity is ${excerpt(entity)}, expected an object`,
          remedy`send each entity as an object`,
        );
      }
      if (this.#eventKey !== undefined && Object.hasOwn(entity, this.#eventKey)) {
        this.#refuseEvent();
      }
      row.addObject(entity);
      keyCount += row.keyCount;
      yield row;
    }
    this.#isInRow = false;
    refuseTwice(this.head, this.#line, this.#colons, keyCount);
  }

  /** Refuses the line at hand, which has another fault, if it holds a key twice. @throws {RowFault} */
  refuseKeyTwice(): void {
    refuseTwice(this.head, this.#line);
  }

  /** Place of a fault in the line at hand. */
  place(fault: RowFault, source: string): InputPlace {
    return placeInJson(fault, this.#isInRow ? this.#row : this.head, source);
  }

  #refuseEvent(): never {
    throw new RowFault(
      `the key ${excerpt(this.#eventKey)} makes the entity an event`,
      remedy`send events on lines of their own, or name another event key where it is a field`,
      { path: this.#row.path(this.#eventKey!), part: "key" },
    );
  }

  #refuseExtra(rest: Record<string, unknown>): never {
    const { frame, time } = this.head.keys;
    const key = Object.keys(rest).find((name) => name !== frame && name !== time) ?? "";
    throw new RowFault(
      `the frame has the key ${excerpt(key)}, which would be lost`,
      remedy`move it into an entity, or send it as an event`,
      { path: key, part: "key" },
    );
  }
}

/** Refuses a key that occurs twice; when it is one of frame or id, the row then has none. */
function refuseTwice(row: FlatRow, object: object, colons?: number, keyCount?: number): void {
  try {
    refuseKeyTwice(row.text, object, colons, keyCount);
  } catch (fault) {
    if (fault instanceof KeyTwiceFault) {
      if (row.keys.frame.split(".").includes(fault.key)) row.frame = undefined;
      if (row.keys.id.split(".").includes(fault.key)) row.id = undefined;
    }
    throw fault;
  }
}
