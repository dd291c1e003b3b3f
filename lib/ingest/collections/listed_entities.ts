import { optionKey, remedy } from "../../core/remedy.ts";
import { excerpt } from "../input/excerpt.ts";
import type { InputNote } from "../input/input_note.ts";
import { FRAME_ENTITY } from "../input/row_kind.ts";

/** Keys of ids, without case and marks. */
const ID_KEYS = /^(?:(?:e|u|s|p|net|network|entity|object|instance|actor|unit)?(?:id|guid)|uuid)$/;
/** Names of lists of what has a life of its own, not of what an entity carries. */
const ENTITY_LISTS =
  /^(?:entit(?:y|ies)|players?|units?|actors?|objects?|mobs?|npcs?|monsters?|enem(?:y|ies)|bots?|creatures?|vehicles?|projectiles?|bullets?|rockets?|missiles?|pawns?|agents?|clients?)$/i;
/** Lists that a note names. */
const NAMED_MAX = 4;

/** What a note is told of a kind. */
interface ListingTable {
  readonly name: string;
  readonly isDeclared: boolean;
  readonly fields: readonly { readonly name: string }[];
}

/**
 * Note on lists of whole frames that are read as fields, though all of their objects have a key of
 * ids; undefined where there is none.
 *
 * @param paths paths of values that frames hold beside their entities
 * @param idKey key of the ids of entities in lists
 */
export function listedEntitiesNote(paths: Iterable<string>, idKey: string): InputNote | undefined {
  const lists = [...idsOfLists(paths)].filter(([, key]) => key !== idKey);
  const key = lists[0]?.[1];
  if (key === undefined) return undefined;
  return {
    code: "listed-entities",
    problem: `frames list what look like entities in ${named(lists)}: an object is told by its ` +
      "place in the list alone",
    remedy: remedy`if they are entities, give ${optionKey("idKey")} ${key}`,
    mend: { idKey: key },
  };
}

/** Note on entities whose fields list what look like entities; undefined where there are none. */
export function entitiesInEntitiesNote(tables: Iterable<ListingTable>): InputNote | undefined {
  const lists: (readonly [path: string, key: string])[] = [];
  const kinds: string[] = [];
  for (const { name, isDeclared, fields } of tables) {
    if (isDeclared || name === FRAME_ENTITY) continue;
    const found = [...idsOfLists(fields.map((field) => field.name))].filter(([path]) =>
      ENTITY_LISTS.test(path.split(".").at(-1)!)
    );
    if (found.length > 0) kinds.push(name);
    lists.push(...found);
  }
  if (lists.length === 0) return undefined;
  const owners = kinds.slice(0, NAMED_MAX).map((name) => excerpt(name)).join(", ");
  return {
    code: "entities-in-entities",
    problem: `fields of ${owners} look like ids of entities (${named(lists)}), each told by its ` +
      "place in a list alone",
    remedy: remedy`if they are, name the places of those lists with ${optionKey("entities")}`,
  };
}

/** The key of ids that all objects of a list have, by the path of the list. */
function idsOfLists(names: Iterable<string>): Map<string, string> {
  const lists = new Map<string, Map<string, Set<string>>>();
  for (const name of names) {
    const [, path, place, member] = /^(.+?)\.(\d+)\.(.+)$/.exec(name) ?? [];
    if (path === undefined) continue;
    const places = lists.get(path) ?? new Map<string, Set<string>>();
    lists.set(path, places);
    places.set(place!, (places.get(place!) ?? new Set()).add(member!));
  }
  const found = new Map<string, string>();
  for (const [path, places] of lists) {
    const [first, ...others] = places.values();
    const own = `${plain(path.split(".").at(-1)!).replace(/s$/, "")}id`;
    const key = [...first!].find((member) =>
      (ID_KEYS.test(plain(member)) || plain(member) === own) &&
      others.every((members) => members.has(member))
    );
    if (key !== undefined) found.set(path, key);
  }
  return found;
}

function named(lists: readonly (readonly [path: string, key: string])[]): string {
  const names = lists.slice(0, NAMED_MAX).map(([path, key]) => excerpt(`${path}.0.${key}`));
  return names.join(", ") +
    (lists.length > NAMED_MAX ? ` and ${lists.length - NAMED_MAX} more` : "");
}

function plain(key: string): string {
  return key.toLowerCase().replace(/[^a-z0-9]/g, "");
}
