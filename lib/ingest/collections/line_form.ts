import { memberOf } from "../../core/state/member_of.ts";
import { optionKey, remedy } from "../../core/remedy.ts";
import { RowFault } from "../input/row_fault.ts";
import type { InputFormat } from "../input/input_format.ts";
import { type Collections, ENTITIES_KEY, type FrameParts } from "./collections.ts";
import type { RowKeys } from "../rows/flat_row.ts";
import { isMap } from "./collection_shape.ts";
import { likelyEntityKey } from "../rows/likely_key.ts";

/** Tells lines of JSON that are whole frames from those that are rows. */
export class LineForms {
  readonly #keys: RowKeys;
  readonly #collections: Collections;
  readonly #given: readonly string[];

  /** Forms of lines with some keys. @param given paths of collections that are not to be found */
  constructor(keys: RowKeys, collections: Collections, given: readonly string[] | undefined) {
    this.#keys = keys;
    this.#collections = collections;
    this.#given = given ?? [];
  }

  /**
   * Parts of a line that is a whole frame; undefined for a row.
   *
   * @param format of the line where that is said, else of the first one; undefined for the first
   * @param isFixed true when it is said
   * @throws {RowFault} when it can be seen in several ways
   */
  partsOf(
    object: object,
    format: InputFormat | undefined,
    isFixed: boolean,
  ): FrameParts | undefined {
    if (isFixed) return format === "frames" ? this.#frameOf(object) : undefined;
    if (memberOf(object, this.#keys.id) !== undefined) {
      return this.#isFrameWithId(object, format) ? this.#collections.read(object) : undefined;
    }
    const parts = this.#collections.read(object);
    if (parts.collections.length > 0) return parts;
    if (format === undefined && this.#given.length === 0) this.#refuseUnnamed(parts);
    if (parts.events.length > 0) return parts;
    if (this.#given.length > 0 || format === "frames") return parts;
    return parts.hasCollection && this.#isEmptyFrame(object, parts, format) ? parts : undefined;
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
