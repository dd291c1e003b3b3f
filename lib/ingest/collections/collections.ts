import { optionKey, remedy } from "../../core/remedy.ts";
import { excerpt, roughly } from "../input/excerpt.ts";
import { INPUT_LIMITS } from "../input/limits.ts";
import { RowFault } from "../input/row_fault.ts";
import { keysIn } from "../input/keys_in.ts";
import type { LeftOut } from "../input/left_out.ts";
import { likelyListedEvents } from "../rows/likely_key.ts";
import { innerPaths, isMap, listShape, mapShape } from "./collection_shape.ts";
import type { MemberShape, ShapeKeys } from "./collection_shape.ts";

/** Key of a list of entities whose kind is said by none but themselves. */
export const ENTITIES_KEY = "entities";

/** Lists that a note names. */
const EVENT_LISTS_MAX = 4;

/** Entities of a frame under one path. */
export interface Collection {
  /** Dotted path from the line's root. */
  readonly path: string;
  /** The path with a dot. */
  readonly prefix: string;
  /** Kind of entities that name none; undefined for that of rows that name none. */
  readonly kind: string | undefined;
  /** A map from id to entity, or a list. */
  readonly entities: object;
  /** True for a list of the ids of entities that are gone. */
  readonly isGone: boolean;
}

/** A list of events of a frame. */
export interface EventList {
  /** Dotted path from the line's root. */
  readonly path: string;
  /** The events. */
  readonly events: readonly unknown[];
}

/** What a line that is a whole frame holds. */
export interface FrameParts {
  /** The entities. */
  readonly collections: readonly Collection[];
  /** The events. */
  readonly events: readonly EventList[];
  /** What is left, by dotted path. */
  readonly values: readonly (readonly [path: string, value: unknown])[];
  /** Keys around all that. */
  readonly keyCount: number;
  /** True when there is a collection, if an empty one. */
  readonly hasCollection: boolean;
  /** True when one of them is where lines before had entities, or one is named so. */
  readonly hasKnown: boolean;
}

type Decision = Exclude<MemberShape, "either" | "empty">;

/** What a member is, undefined for an empty one of a new place; of no value, what is known. */
type Decide = (path: string, key: string, value: object | undefined) => Decision | undefined;

/**
 * Where lines that are whole frames have their entities: in the places that are given, or found by
 * the first line in which a place is not empty.
 */
export class Collections {
  readonly #keys: ShapeKeys;
  readonly #given: readonly string[] | undefined;
  readonly #decisions = new Map<string, Decision>();
  readonly #kinds = new Map<string, string | undefined>();
  /** What the line at hand decides, if it is taken. */
  #news = new Map<string, Decision>();
  readonly #seen = new Set<string>();
  /** Lists that look like events by another key, and that key; the first few. */
  readonly #eventLists = new Map<string, string>();
  readonly #leftOut: LeftOut | undefined;

  /**
   * Collections at given paths; undefined to find them.
   *
   * @param leftOut what lines are read without
   */
  constructor(keys: ShapeKeys, given: readonly string[] | undefined, leftOut?: LeftOut) {
    this.#keys = keys;
    this.#leftOut = leftOut;
    this.#given = given;
    if (given === undefined) return;
    for (const path of given) {
      for (let at = path.indexOf("."); at >= 0; at = path.indexOf(".", at + 1)) {
        this.#decisions.set(path.slice(0, at), "values");
      }
    }
    for (const path of given) this.#decisions.set(path, "collection");
    this.#nameKinds(given);
  }

  /** Given paths that no line has had so far. */
  get unseen(): readonly string[] {
    return this.#given?.filter((path) => !this.#seen.has(path)) ?? [];
  }

  /** Lists that look like those of events, and the key by which they would be. */
  get eventLists(): ReadonlyMap<string, string> {
    return this.#eventLists;
  }

  /** Paths of the collections that are given, or were found so far. */
  get paths(): readonly string[] {
    return [...this.#decisions].flatMap(([path, what]) => what === "collection" ? [path] : []);
  }

  /** True when the places are given. */
  get isGiven(): boolean {
    return this.#given !== undefined;
  }

  /** Takes a line apart. @throws {RowFault} when it can be seen in several ways */
  read(line: object): FrameParts {
    // A line that was refused decided nothing, or its places would have their names taken by it.
    for (const path of this.#news.keys()) this.#kinds.delete(path);
    this.#news = new Map();
    const walk = new Walk(
      (...member) => this.#decide(...member),
      this.#leftOut,
      this.#keys.despawn,
    );
    walk.read(line as Record<string, unknown>, "", 1);
    const found = [...this.#news].filter(([, what]) => what === "collection");
    if (found.length > 0) this.#nameKinds(found.map(([path]) => path));
    const collections = walk.collections.map(({ path, entities, isGone }) => {
      this.#seen.add(path);
      return { path, prefix: `${path}.`, kind: this.#kinds.get(path), entities, isGone };
    });
    return {
      collections,
      events: walk.events,
      values: walk.values,
      keyCount: walk.keyCount,
      hasCollection: collections.length > 0 || walk.hasEmpty,
      hasKnown: walk.hasKnown || collections.some(({ path }) => this.#decisions.has(path)),
    };
  }

  /** Keeps what the line at hand decided. */
  settle(): void {
    if (this.#news.size === 0) return;
    for (const [path, what] of this.#news) this.#decisions.set(path, what);
    this.#news = new Map();
  }

  #decide(path: string, key: string, value: object | undefined): Decision | undefined {
    const known = this.#decisions.get(path);
    if (known !== undefined || value === undefined) return known;
    const isList = Array.isArray(value);
    let shape: MemberShape = isList
      ? listShape(value, this.#keys)
      : mapShape(key, value, this.#keys);
    if (shape === "empty") return undefined;
    if (this.#given !== undefined && shape !== "events") shape = "values";
    if (isList && shape === "values" && path === ENTITIES_KEY && value.every(isMap)) {
      shape = this.#given === undefined ? "collection" : "values";
    }
    if (shape === "either") throw ambiguous(path, innerPaths(path, value, this.#keys));
    if (this.#decisions.size + this.#news.size >= INPUT_LIMITS.kinds) {
      throw new RowFault(
        `frames hold more than ${INPUT_LIMITS.kinds} lists and maps`,
        remedy`name those that hold entities with ${optionKey("entities")}`,
        { path, part: "value" },
        { code: "ambiguous-entities", field: path },
      );
    }
    this.#news.set(path, shape);
    if (isList && shape !== "events") this.#lookForEvents(path, value);
    return shape;
  }

  #lookForEvents(path: string, list: readonly unknown[]): void {
    if (this.#given?.includes(path) || this.#eventLists.size >= EVENT_LISTS_MAX) return;
    const key = likelyListedEvents(path, list);
    if (key !== undefined) this.#eventLists.set(path, key);
  }

  /** The last part of a path is the kind, unless another path ends with it as well. */
  #nameKinds(paths: readonly string[]): void {
    const taken = new Set(this.#kinds.values());
    for (const path of paths) {
      const last = path.slice(path.lastIndexOf(".") + 1);
      const kind = last === ENTITIES_KEY ? undefined : last;
      const isShared = taken.has(kind) ||
        paths.some((other) => other !== path && (other === last || other.endsWith(`.${last}`)));
      this.#kinds.set(path, isShared ? path : kind);
    }
  }
}

/** Looks at all members of a line. */
class Walk {
  readonly collections: Pick<Collection, "path" | "entities" | "isGone">[] = [];
  readonly events: EventList[] = [];
  readonly values: [string, unknown][] = [];
  keyCount = 0;
  hasEmpty = false;
  /** True for an empty place of entities. */
  hasKnown = false;
  readonly #decide: Decide;
  readonly #leftOut: LeftOut | undefined;
  readonly #despawn: string | undefined;

  constructor(decide: Decide, leftOut: LeftOut | undefined, despawn: string | undefined) {
    this.#decide = decide;
    this.#despawn = despawn;
    this.#leftOut = leftOut;
  }

  read(members: Record<string, unknown>, prefix: string, depth: number): void {
    for (const key in members) {
      this.keyCount++;
      const value = members[key];
      const path = prefix + key;
      if (this.#leftOut?.takes(path) === true) this.keyCount += keysIn(value, depth);
      else if (typeof value !== "object" || value === null) this.#readPlain(path, key, value);
      else this.#readMember(path, key, value, depth);
    }
  }

  #readPlain(path: string, key: string, value: unknown): void {
    if (path === this.#despawn && value !== null) refuseMark(path, value);
    const isCollection = this.#decide(path, key, undefined) === "collection";
    const isNone = value === null && (isCollection || path === ENTITIES_KEY);
    if (isNone) this.hasEmpty = this.hasKnown = true;
    else if (!isCollection) this.values.push([path, value]);
    else {
      throw new RowFault(
        `the collection ${excerpt(path)} is ${
          roughly(value)
        }, expected a map or a list of entities`,
        remedy`name another with ${optionKey("entities")}`,
        { path, part: "value" },
        { code: "field-type", field: path },
      );
    }
  }

  #readMember(path: string, key: string, value: object, depth: number): void {
    if (this.#isGone(path) && Array.isArray(value)) {
      this.hasKnown = true;
      this.collections.push({ path, entities: value, isGone: true });
      return;
    }
    const what = this.#decide(path, key, value);
    if (what === undefined) {
      this.hasEmpty = true;
      if (path === ENTITIES_KEY) this.hasKnown = true;
      this.keyCount += keysIn(value, depth);
    } else if (what === "collection") {
      this.collections.push({ path, entities: value, isGone: false });
    } else if (what === "events" && Array.isArray(value)) this.events.push({ path, events: value });
    else if (Array.isArray(value) || depth >= INPUT_LIMITS.depth) this.values.push([path, value]);
    else this.read(value as Record<string, unknown>, `${path}.`, depth + 1);
  }

  #isGone(path: string): boolean {
    const despawn = this.#despawn;
    return despawn !== undefined && (path === despawn || path.endsWith(`.${despawn}`));
  }
}

function refuseMark(path: string, value: unknown): never {
  throw new RowFault(
    `the despawn mark ${excerpt(path)} of the frame is ${roughly(value)}, expected a list of ids`,
    remedy`send the ids of entities that are gone in a list, or name another despawn key`,
    { path, part: "value" },
    { code: "bad-despawn", field: path },
  );
}

function ambiguous(path: string, inner: readonly string[]): RowFault {
  const entities = optionKey("entities");
  return new RowFault(
    `${excerpt(path)} may be a map of entities, or hold several of them`,
    remedy`give ${entities} ${path}, or ${entities} ${inner.join(",")}`,
    { path, part: "value" },
    { code: "ambiguous-entities", field: path },
  );
}
