import { memberOf } from "../../core/state/member_of.ts";
import { optionKey, remedy } from "../../core/remedy.ts";
import { RowFault } from "../input/row_fault.ts";
import type { InputFormat } from "../input/input_format.ts";
import { type Collections, ENTITIES_KEY, type FrameParts } from "./collections.ts";
import type { RowKeys } from "../rows/flat_row.ts";
import { isMap } from "./collection_shape.ts";
import { likelyEntityKey, likelyEventKey } from "../rows/likely_key.ts";
import { eventOrFrame, noEntities, rowOrEvent } from "./no_entities.ts";

/** What is known of the frames before a line. */
export interface FramesBefore {
  /** True when a frame holds only what changed. */
  readonly isSparse: boolean;
  /** True when events have another key than they have by themselves. */
  readonly isEventKeyNamed: boolean;
  /** True for a value that frames had beside their entities. */
  hasValue(path: string): boolean;
}

/** Tells lines of JSON that are whole frames from those that are rows. */
export class LineForms {
  readonly #keys: RowKeys;
  readonly #collections: Collections;
  readonly #given: readonly string[];
  readonly #before: FramesBefore;
  #rowKey: string | undefined;

  /** Forms of lines with some keys. @param given paths of collections that are not to be found */
  constructor(
    keys: RowKeys,
    collections: Collections,
    given: readonly string[] | undefined,
    before: FramesBefore,
  ) {
    this.#keys = keys;
    this.#before = before;
    this.#collections = collections;
    this.#given = given ?? [];
  }

  /** Key by which the first row behind whole frames may be an event; undefined when it has none. */
  get rowKey(): string | undefined {
    return this.#rowKey;
  }

  /**
   * Parts of a line that is a whole frame; undefined for a row.
   *
   * @param format of the line where that is said, else of the first one; undefined for the first
   * @param isFixed true when it is said
   * @throws {RowFault} when it can be seen in several ways, or is a frame that says nothing of
   *   entities
   */
  partsOf(
    object: object,
    format: InputFormat | undefined,
    isFixed: boolean,
  ): FrameParts | undefined {
    const parts = this.#partsOf(object, format, isFixed);
    if (parts !== undefined && !parts.hasKnown) this.#refuseSilence(object, parts);
    return parts;
  }

  /**
   * True for a line with a kind that is neither a row nor a whole frame.
   *
   * @param format of the first line; undefined for that
   * @throws {RowFault} when it can be seen in several ways
   */
  isKindEvent(object: object, format: InputFormat | undefined): boolean {
    const { id, kind } = this.#keys;
    if (format === "rows" || format === "csv" || memberOf(object, id) !== undefined) return false;
    if (typeof memberOf(object, kind) !== "string") return false;
    const { collections, events, hasCollection, hasKnown } = this.#collections.read(object);
    if (collections.length > 0 || events.length > 0 || hasKnown) return false;
    return format === "frames" || (!hasCollection && likelyEntityKey(object) === undefined);
  }

  #partsOf(
    object: object,
    format: InputFormat | undefined,
    isFixed: boolean,
  ): FrameParts | undefined {
    if (isFixed) return format === "frames" ? this.#frameOf(object) : undefined;
    if (memberOf(object, this.#keys.id) !== undefined) {
      if (this.#isFrameWithId(object, format)) return this.#collections.read(object);
      if (format === "frames") this.#lookAtRow(object);
      return undefined;
    }
    const parts = this.#collections.read(object);
    if (parts.collections.length > 0) return parts;
    if (format !== "rows" && this.#isOfNulls(parts)) {
      const values = parts.values.filter(([, value]) => value !== null);
      return { ...parts, values, hasCollection: true };
    }
    if (format === undefined && this.#given.length === 0) this.#refuseUnnamed(parts);
    if (parts.events.length > 0) return parts;
    if (this.#given.length > 0 || format === "frames") return parts;
    return parts.hasCollection && this.#isEmptyFrame(object, parts, format) ? parts : undefined;
  }

  /** True for a line before the first collection that has null for all that it may be. */
  #isOfNulls({ values }: FrameParts): boolean {
    const others = values.filter(([path]) => !this.#isHead(path));
    return others.length > 0 && others.every(([, value]) => value === null) &&
      this.#collections.paths.length === 0;
  }

  #frameOf(object: object): FrameParts {
    const parts = this.#collections.read(object);
    const { id } = this.#keys;
    if (parts.hasCollection || memberOf(object, id) === undefined) return parts;
    throw new RowFault(
      `the line has the entity id ${JSON.stringify(id)} and no entities, so it is a row`,
      remedy`send a whole frame a line, or let each line be what it looks like`,
      { path: id, part: "key" },
      { code: "frame-extra", field: id },
    );
  }

  /** Looks at the first row behind whole frames: of its frame it would be all that there is. */
  #lookAtRow(object: object): void {
    const { paths } = this.#collections;
    const isOther = (key: string) => this.#isHead(key);
    const sure = likelyEventKey(object, true, isOther);
    const key = sure ?? likelyEventKey(object, false, isOther);
    // A row may well have a name; and where events have a key that was named, this is none.
    const isEvent = sure !== undefined ||
      (!this.#before.isEventKeyNamed && !/name$/i.test(key ?? ""));
    if (key !== undefined && isEvent && paths.length > 0) throw rowOrEvent(paths, key);
    this.#rowKey = key;
  }

  #isHead(key: string): boolean {
    const { frame, time, id, kind } = this.#keys;
    return key === frame || key === time || key === id || key === kind;
  }

  /** Refuses a frame without entities that may be anything but that: they would all be gone. */
  #refuseSilence(object: object, { hasCollection, collections }: FrameParts): void {
    const { isSparse } = this.#before;
    const { paths } = this.#collections;
    const isBegun = paths.length > 0;
    const isOther = (key: string) => this.#isHead(key) || this.#before.hasValue(key);
    const eventKey = likelyEventKey(object, hasCollection && !isBegun, isOther);
    if (eventKey === undefined && (hasCollection || isSparse)) return;
    const [found] = collections;
    if (isBegun || eventKey === undefined || found === undefined) throw noEntities(paths, eventKey);
    throw eventOrFrame(found.path, eventKey);
  }

  /** Refuses a list of what looks like entities with another key for their ids. */
  #refuseUnnamed({ values }: FrameParts): void {
    for (const [path, list] of values) {
      if (!Array.isArray(list) || !list.every(isMap)) continue;
      const key = list.length === 0 ? undefined : likelyEntityKey(list[0]!);
      const ids = new Set(key === undefined ? [] : list.map((one) => memberOf(one, key)));
      if (key === undefined || ids.has(undefined) || ids.size < list.length) continue;
      throw new RowFault(
        `the objects of ${JSON.stringify(path)} have no entity id ${JSON.stringify(this.#keys.id)}`,
        remedy`name its key with ${optionKey("idKey")} ${key}`,
        { path, part: "value" },
        { code: "no-id", field: this.#keys.id },
      );
    }
  }

  #isFrameWithId(object: object, format: InputFormat | undefined): boolean {
    if (this.#collections.isGiven) {
      return this.#given.some((path) => memberOf(object, path) !== undefined);
    }
    return format === "frames" && Array.isArray((object as Record<string, unknown>)[ENTITIES_KEY]);
  }

  /** True when it is no row that lacks its id. */
  #isEmptyFrame(
    object: object,
    { values }: FrameParts,
    format: InputFormat | undefined,
  ): boolean {
    if (memberOf(object, ENTITIES_KEY) !== undefined) return true;
    const { frame, time } = this.#keys;
    const isBare = values.every(([path]) => path === frame || path === time);
    return isBare || (format !== "rows" && likelyEntityKey(object) === undefined);
  }
}
