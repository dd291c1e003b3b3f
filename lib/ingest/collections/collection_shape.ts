import { memberOf } from "../../core/state/member_of.ts";

/** What a member of a frame's line is, by its shape alone; `empty` says nothing of its place. */
export type MemberShape = "collection" | "events" | "values" | "either" | "empty";

/** Keys by which lists of objects are told apart. */
export interface ShapeKeys {
  /** Key of the entity's id. */
  readonly id: string;
  /** Key of an event's name; undefined when no object is an event. */
  readonly event: string | undefined;
  /** Key, or path, of lists of the ids of entities that are gone; undefined for none. */
  readonly despawn?: string | undefined;
}

type Members = Readonly<Record<string, unknown>>;

/** Levels below a map that are looked at for collections. */
const LEVELS_MAX = 4;
/** Members that are looked at of a map of thousands. */
const LOOKS_MAX = 256;
/** Paths that a remedy names. */
const PATHS_MAX = 8;

/** Keys of objects that are values of several numbers, not entities. */
const VECTOR =
  /^(?:(?:linear|angular|local|world|view|target|move|look|aim)_?)*(?:pos|position|vel|velocity|acc|acceleration|rot|rotation|quat|quaternion|orientation|euler|dir|direction|forward|right|up|scale|size|location|loc|origin|aim|angle|angles|force|torque|color|colour|offset|center|centre|min|max|normal|input|look|coords?|transform)\d*$/i;

/** Keys of objects that hold the whole of a state. */
const WRAPPER =
  /^(?:state|world|data|payload|snapshot|message|msg|body|room|game|match|update|sim|simulation|server|result|params)$/i;

/** Shape of a list that is not empty. */
export function listShape(list: readonly unknown[], keys: ShapeKeys): MemberShape {
  const objects = list.filter((element) => element !== null);
  if (objects.length === 0) return "empty";
  if (!objects.every(isMap)) return "values";
  const { id, event } = keys;
  const hasKey = (key: string) => objects.some((one) => memberOf(one as object, key) !== undefined);
  if (event !== undefined && hasKey(event)) return "events";
  return hasKey(id) ? "collection" : "values";
}

/**
 * Shape of a map that is not empty: a collection of entities by their ids, or values and other
 * maps; `either` when both make sense.
 *
 * @param key of the map itself
 */
export function mapShape(key: string, map: object, keys: ShapeKeys): MemberShape {
  return shapeOf(key, map as Members, keys, LEVELS_MAX);
}

/** Paths of the collections that a map may hold, at most eight; those of its members if none does. */
export function innerPaths(path: string, map: object, keys: ShapeKeys): readonly string[] {
  const found = [...innerCollections(path, map as Members, keys, LEVELS_MAX)];
  return found.length > 0
    ? found
    : Object.keys(map).slice(0, PATHS_MAX).map((key) => `${path}.${key}`);
}

/** True for an object that is no list. */
export function isMap(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shapeOf(key: string, map: Members, keys: ShapeKeys, levels: number): MemberShape {
  const members = membersOf(map);
  if (members.every(([, value]) => isMap(value) && isEmpty(value))) return "empty";
  if (!members.every(([, value]) => isMap(value))) return "values";
  if (members.every(([name, value]) => isVector(name, value))) return "values";
  const entities = members.map(([, value]) => value as Members).filter((one) => !isEmpty(one));
  const plain = entities.filter(hasPlainMember);
  const holds = (one: Members) => levels > 0 && holdsCollection(one, keys, levels - 1);
  if (plain.length > 0) {
    if (WRAPPER.test(key) && (entities.some(holds) || entities.some((one) => isOf(one, keys)))) {
      return "values";
    }
    const others = entities.filter((one) => !plain.includes(one));
    if (others.some((one) => isOf(one, keys))) return "values";
    const isAlike = entities.length < 2 || sharesKeys(entities);
    return !isAlike && entities.some(holds) ? "either" : "collection";
  }
  if (!sharesAllKeys(entities)) return "values";
  if (entities.some(holds)) return WRAPPER.test(key) ? "values" : "either";
  return entities.some((one) => sharesAllKeys(Object.values(one) as Members[]))
    ? "either"
    : "collection";
}

/** True for a map of entities that have values. */
function isOf(map: Members, keys: ShapeKeys): boolean {
  return shapeOf("", map, keys, 0) === "collection";
}

function* innerCollections(
  path: string,
  map: Members,
  keys: ShapeKeys,
  levels: number,
): Generator<string, void, void> {
  let count = 0;
  for (const [key, value] of membersOf(map)) {
    const inner = `${path}.${key}`;
    const paths = isCollection(key, value, keys, levels)
      ? [inner]
      : isMap(value) && levels > 0
      ? innerCollections(inner, value as Members, keys, levels - 1)
      : [];
    for (const one of paths) {
      if (count++ >= PATHS_MAX) return;
      yield one;
    }
  }
}

function holdsCollection(map: Members, keys: ShapeKeys, levels: number): boolean {
  return membersOf(map).some(([name, value]) => isCollection(name, value, keys, levels));
}

function isCollection(key: string, value: unknown, keys: ShapeKeys, levels: number): boolean {
  if (Array.isArray(value)) return value.length > 0 && listShape(value, keys) === "collection";
  if (!isMap(value) || isEmpty(value) || isVector(key, value)) return false;
  return shapeOf(key, value as Members, keys, levels) === "collection";
}

/** Members that are something. */
function membersOf(map: Members): readonly (readonly [string, unknown])[] {
  const members: [string, unknown][] = [];
  for (const key in map) {
    if (map[key] === null) continue;
    members.push([key, map[key]]);
    if (members.length >= LOOKS_MAX) break;
  }
  return members;
}

function hasPlainMember(map: Members): boolean {
  return membersOf(map).some(([key, value]) => {
    if (Array.isArray(value)) return value.length > 0 && !value.every(isMap);
    return !isMap(value) || isVector(key, value);
  });
}

function isVector(key: string, value: unknown): boolean {
  if (!isMap(value) || !VECTOR.test(key)) return false;
  const values = Object.values(value);
  return values.length > 0 && values.every((one) => typeof one === "number");
}

function isEmpty(map: object): boolean {
  for (const _ in map) return false;
  return true;
}

/** True for several maps that have just the same keys. */
function sharesAllKeys(maps: readonly Members[]): boolean {
  const [first, ...others] = maps;
  if (first === undefined || others.length === 0 || isEmpty(first)) return false;
  const keys = Object.keys(first).sort().join("\n");
  return others.every((one) => Object.keys(one).sort().join("\n") === keys);
}

/** True for maps one of which has a key of each other one. */
function sharesKeys(maps: readonly Members[]): boolean {
  const [first, ...others] = maps;
  return others.every((one) => Object.keys(one).some((key) => Object.hasOwn(first!, key)));
}
