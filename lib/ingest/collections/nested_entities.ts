import { optionKey, remedy } from "../../core/remedy.ts";
import { excerpt } from "../input/excerpt.ts";
import type { InputNote } from "../input/input_note.ts";

/** Names of an entity's own parts, which have the same members as their neighbours. */
const PARTS =
  /pos|rot|scale|vel|acc|origin|angle|dir|forward|aim|view|eye|size|min|max|start|end|left|right|head|body|hand|input|look|target|from|to$/i;

/** What a note is told of the only kind of an input. */
interface OnlyTable {
  readonly entities: number;
  readonly isDeclared: boolean;
  readonly fields: readonly { readonly name: string }[];
}

/**
 * Note on the one entity of an input whose rows hold objects that look like entities, as the row of
 * a room that has an id does; undefined where there are others, or none.
 */
export function nestedEntitiesNote(table: OnlyTable | undefined): InputNote | undefined {
  if (table === undefined || table.isDeclared || table.entities !== 1) return undefined;
  const paths = [...membersOf(table)].filter(([, members]) => areAlike(members)).map(([path]) =>
    path
  );
  if (paths.length === 0) return undefined;
  const named = paths.map((path) => excerpt(path)).join(", ");
  return {
    code: "nested-entities",
    problem: `every row is of the one entity, and the objects in ${named} are fields of it`,
    remedy: remedy`if they are the entities, give ${optionKey("entities")} ${paths.join(",")}`,
  };
}

/** Members of the objects in an object, by its path and by their names. */
function membersOf(
  { fields }: OnlyTable,
): Map<string, ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, Map<string, string[]>>();
  for (const { name } of fields) {
    const parts = name.split(".");
    for (let depth = 1; depth + 1 < parts.length; depth++) {
      const path = parts.slice(0, depth).join(".");
      const key = parts[depth]!;
      const objects = found.get(path) ?? new Map<string, string[]>();
      found.set(path, objects);
      objects.set(key, [...objects.get(key) ?? [], parts.slice(depth + 1).join(".")]);
    }
  }
  return found;
}

/**
 * True for two objects or more that have the same members, none of them a part of an entity or in a
 * list, as what an entity carries is.
 */
function areAlike(objects: ReadonlyMap<string, readonly string[]>): boolean {
  const [first, ...others] = [...objects].map(([, members]) => members.toSorted().join());
  return others.length > 0 && others.every((members) => members === first) &&
    ![...objects.keys()].every((key, i) => key === String(i)) &&
    ![...objects.keys()].some((key) => PARTS.test(key));
}
