import { FlatRow, type RowKeys } from "./flat_row.ts";
import { excerpt, type InputPlace } from "./input_error.ts";
import { parseObject, placeInJson } from "./record_parser.ts";
import { RowFault } from "./row_fault.ts";

/** Key of the list of entities in a line that holds a whole frame. */
export const ENTITIES_KEY = "entities";

/** Rows of NDJSON, one row a line. */
export class JsonRows {
  /** The row that every line is read into. */
  readonly row: FlatRow;

  /** Reader before the first line. */
  constructor(keys: RowKeys) {
    this.row = new FlatRow(keys, false);
  }

  /** Row of a line. @throws {RowFault} when the line is not a JSON object */
  read(line: string, lineNumber: number): FlatRow {
    const row = this.row;
    row.clear(line, lineNumber, "");
    row.addObject(parseObject(line));
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
  #isInRow = false;
  #entities: readonly unknown[] = [];

  /** Reader before the first line. */
  constructor(keys: RowKeys) {
    this.head = new FlatRow(keys, false);
    this.#row = new FlatRow(keys, false);
  }

  /** Reads a line up to its rows. @throws {RowFault} when the line is no frame */
  read(line: string, lineNumber: number): FlatRow {
    const head = this.head;
    this.#isInRow = false;
    head.clear(line, lineNumber, "");
    const { [ENTITIES_KEY]: entities, ...rest } = parseObject(line) as Record<string, unknown>;
    if (!Array.isArray(entities)) {
      throw new RowFault(
        `the line has no list ${JSON.stringify(ENTITIES_KEY)}, as the first line has`,
        "send either a frame or a row per line",
        entities === undefined ? undefined : { path: ENTITIES_KEY, part: "value" },
      );
    }
    this.#entities = entities;
    head.addObject(rest);
    const extra = head.id !== undefined || head.kind !== undefined || head.despawn !== undefined;
    if (head.count > 0 || extra) this.#refuseExtra(rest);
    return head;
  }

  /** Rows of the line at hand. @throws {RowFault} when one is not an object */
  *rows(): Generator<FlatRow, void, void> {
    const row = this.#row;
    const { text, line } = this.head;
    this.#isInRow = true;
    for (let i = 0; i < this.#entities.length; i++) {
      const entity = this.#entities[i];
      row.clear(text, line, `${ENTITIES_KEY}.${i}.`);
      if (typeof entity !== "object" || entity === null || Array.isArray(entity)) {
        throw new RowFault(
          `the entity is ${excerpt(entity)}, expected an object`,
          "send each entity as an object",
        );
      }
      row.addObject(entity);
      yield row;
    }
    this.#isInRow = false;
  }

  /** Place of a fault in the line at hand. */
  place(fault: RowFault, source: string): InputPlace {
    return placeInJson(fault, this.#isInRow ? this.#row : this.head, source);
  }

  #refuseExtra(rest: Record<string, unknown>): never {
    const { frame, time } = this.head.keys;
    const key = Object.keys(rest).find((name) => name !== frame && name !== time) ?? "";
    throw new RowFault(
      `the frame has the key ${excerpt(key)}, which would be lost`,
      "move it into an entity, or send it as an event",
      { path: key, part: "key" },
    );
  }
}
