import { MASK_FIELDS_MAX } from "../../core/bytes/mask.ts";
import { optionKey, remedy } from "../../core/remedy.ts";
import { excerpt } from "../input/excerpt.ts";
import type { InputPlace } from "../input/input_error.ts";
import { RowFault } from "../input/row_fault.ts";
import { isMap } from "./collection_shape.ts";
import type { Collection, FrameParts } from "./collections.ts";
import { FlatRow, literalAt, type RowKeys, speltAt } from "../rows/flat_row.ts";
import { elementsAt } from "../rows/json_places.ts";
import { FRAME_ENTITY } from "../input/row_kind.ts";
import { keysIn } from "../input/keys_in.ts";
import type { LeftOut } from "../input/left_out.ts";
import { refuseRowKeyTwice } from "../rows/key_twice.ts";
import { placeInJson } from "../rows/record_parser.ts";

/** Values of frames that are kept in mind for a note: as many as one entity may have. */
const REST_PATHS_MAX = MASK_FIELDS_MAX;
/** No key of JSON that a game prints. */
const NO_KEY = "\0";

/** An event of a frame, and how it stands in the line. */
export interface FrameEvent {
  /** The event. */
  readonly data: object;
  /** Its text. */
  readonly text: string;
}

/** Frames of NDJSON, one frame a line: index, time, collections of entities, and what is left. */
export class JsonFrames {
  /** Row that holds the index and the time of the frame at hand, and what is no entity of it. */
  readonly head: FlatRow;
  readonly #keys: RowKeys;
  readonly #row: FlatRow;
  readonly #eventKey: string | undefined;
  readonly #keepsRest: boolean;
  readonly #isSparse: boolean;
  #isInRow = false;
  #entity: object | undefined;
  #line: object = {};
  #parts: FrameParts = {
    collections: [],
    events: [],
    values: [],
    keyCount: 0,
    hasCollection: false,
    hasKnown: false,
  };
  #colons = 0;
  readonly #restPaths = new Set<string>();

  /**
   * Reader before the first line.
   *
   * @param eventKey key that a row must not have, since it would make it an event
   * @param keepsRest false to refuse what is no entity
   * @param isSparse true where null ends a value
   * @param leftOut what frames and entities are read without
   */
  constructor(
    keys: RowKeys,
    eventKey: string | undefined,
    keepsRest: boolean,
    isSparse: boolean,
    leftOut?: LeftOut,
  ) {
    this.#isSparse = isSparse;
    this.#keys = keys;
    this.#eventKey = eventKey;
    this.#keepsRest = keepsRest;
    const { frame, time } = keys;
    const headKeys = { frame, time, id: NO_KEY, kind: NO_KEY, despawn: undefined };
    this.head = new FlatRow(headKeys, "values", { leftOut });
    this.#row = new FlatRow(keys, "values", { leftOut });
  }

  /** Paths of values that were kept as those of the frame, the first few. */
  get restPaths(): ReadonlySet<string> {
    return this.#restPaths;
  }

  /** Entity that is being read; undefined when none is. */
  get entity(): object | undefined {
    return this.#isInRow ? this.#entity : undefined;
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
   * @param parts the same, taken apart
   * @param colons colons of the line
   * @throws {RowFault} when the line is no frame
   */
  read(object: object, parts: FrameParts, colons: number): FlatRow {
    const { head } = this;
    this.#line = object;
    this.#parts = parts;
    this.#colons = colons;
    for (const [path, value] of parts.values) head.addMember(path, value);
    if (head.count > 0 && !this.#keepsRest) this.#refuseRest(head.names[0]!);
    return head;
  }

  /** Rows of the line at hand. @throws {RowFault} when one is no row, or a key occurs twice */
  *rows(): Generator<FlatRow, void, void> {
    const { head } = this;
    const { collections, events, keyCount } = this.#parts;
    this.#isInRow = true;
    let keys = keyCount + head.keyCount;
    for (const collection of collections) {
      const { entities } = collection;
      if (!Array.isArray(entities)) {
        for (const key in entities) {
          keys++;
          const row = this.#read(collection, key, (entities as Record<string, unknown>)[key]);
          if (row === undefined) continue;
          this.#name(row, key);
          keys += row.keyCount;
          yield row;
        }
      } else {
        for (let i = 0; i < entities.length; i++) {
          const row = collection.isGone
            ? this.#readGone(collection, i, entities[i])
            : this.#read(collection, i, entities[i]);
          if (row === undefined) continue;
          keys += row.keyCount;
          yield row;
        }
      }
    }
    this.#isInRow = false;
    for (const list of events) keys += keysIn(list.events, 1);
    refuseRowKeyTwice(head, this.#line, this.#colons, keys);
    const { count, values } = head;
    // A value that is always absent, or a collection that nothing was in so far.
    const isSaid = values.some((value, i) => i < count && (this.#isSparse || value !== null));
    if (!isSaid) return;
    head.id = FRAME_ENTITY;
    head.kind = FRAME_ENTITY;
    yield head;
  }

  /** Events of the line at hand. @throws {RowFault} when one is none */
  events(): readonly FrameEvent[] {
    const { text } = this.head;
    return this.#parts.events.flatMap(({ path, events }) => {
      const texts = elementsAt(text, path);
      return events.map((data, i) => {
        if (!isMap(data)) {
          throw new RowFault(
            `the event is ${excerpt(speltAt(text, `${path}.${i}`, data))}, expected an object`,
            remedy`send each event as an object`,
            { path: `${path}.${i}`, part: "value" },
            { code: "event-bad" },
          );
        }
        return { data, text: texts[i] ?? JSON.stringify(data) };
      });
    });
  }

  /** Keeps in mind what the line at hand had beside entities, now that it was taken. */
  settle(): void {
    const { count, names, values } = this.head;
    for (let i = 0; i < count && this.#restPaths.size < REST_PATHS_MAX; i++) {
      if (values[i] !== null) this.#restPaths.add(names[i]!);
    }
  }

  /** Refuses the line at hand, which has another fault, if it holds a key twice. @throws {RowFault} */
  refuseKeyTwice(): void {
    refuseRowKeyTwice(this.head, this.#line);
  }

  /** Place of a fault in the line at hand. */
  place(fault: RowFault, source: string): InputPlace {
    return placeInJson(fault, this.#isInRow ? this.#row : this.head, source);
  }

  /** Row of an entity; undefined for an empty place. */
  #read(
    { path, prefix, kind }: Collection,
    key: string | number,
    entity: unknown,
  ): FlatRow | undefined {
    const row = this.#row;
    const { text, line } = this.head;
    row.clear(text, line, prefix, key);
    if (entity === null) {
      // In a list nothing says whose place it is.
      if (typeof key === "number") return undefined;
      row.isAbsent = true;
      row.kind = kind;
      return row;
    }
    if (!isMap(entity)) {
      throw new RowFault(
        `the entity is ${excerpt(speltAt(text, `${prefix}${key}`, entity))}, expected an object`,
        remedy`send each entity as an object`,
        undefined,
        { code: "field-type", field: path },
      );
    }
    if (this.#eventKey !== undefined && Object.hasOwn(entity, this.#eventKey)) this.#refuseEvent();
    this.#entity = entity;
    row.addObject(entity);
    row.kind ??= kind;
    return row;
  }

  /** Row that removes an entity, of its id or an object that has it; undefined for an empty place. */
  #readGone({ path, prefix }: Collection, i: number, id: unknown): FlatRow | undefined {
    const row = this.#row;
    const { text, line } = this.head;
    row.clear(text, line, prefix, i);
    if (id === null) return undefined;
    if (isMap(id)) row.addObject(id);
    else {
      const isExact = typeof id !== "number" || Number.isSafeInteger(id);
      row.id = isExact ? id : literalAt(text, `${path}.${i}`);
    }
    row.despawn = undefined;
    row.isAbsent = true;
    return row;
  }

  /** Gives a row the id under which it stands in a map; an id of its own is then a field. */
  #name(row: FlatRow, key: string): void {
    const own = row.id;
    row.id = key;
    if (own === undefined || own === null || own === key) return;
    const { id } = this.#keys;
    const isSame = typeof own === "number" && literalAt(row.text, row.path(id)) === key;
    if (!isSame) row.addField(id, own);
  }

  #refuseEvent(): never {
    throw new RowFault(
      `the key ${excerpt(this.#eventKey)} makes the entity an event`,
      remedy`send events on lines of their own, or name another event key where it is a field`,
      { path: this.#row.path(this.#eventKey!), part: "key" },
      { code: "event-bad", field: this.#eventKey },
    );
  }

  #refuseRest(path: string): never {
    const key = path.split(".")[0]!;
    throw new RowFault(
      `the frame has the key ${excerpt(key)}, which would be lost`,
      remedy`name the places of entities with ${
        optionKey("entities")
      }, move it into an entity, or send it as an event`,
      { path: key, part: "key" },
      { code: "frame-extra", field: key },
    );
  }
}
