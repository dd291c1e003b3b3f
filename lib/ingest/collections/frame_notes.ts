import { optionKey, remedy } from "../../core/remedy.ts";
import { excerpt } from "../input/excerpt.ts";
import type { InputNote } from "../input/input_note.ts";

/** Values beside entities that are named. */
const NAMED_MAX = 8;

/**
 * Notes on lines that are whole frames.
 *
 * @param restPaths paths of what frames hold beside their entities
 * @param unseen paths of entities that were given, and that no line has
 * @param rowKey key by which a row among them may be an event
 * @param eventLists lists that look like events, and the keys by which they would be
 */
export function frameNotes(
  restPaths: ReadonlySet<string>,
  unseen: readonly string[],
  rowKey: string | undefined,
  eventLists: ReadonlyMap<string, string>,
): InputNote[] {
  const notes: InputNote[] = [];
  const [listed] = eventLists.values();
  if (listed !== undefined) {
    const names = [...eventLists.keys()].map((path) => excerpt(path)).join(", ");
    notes.push({
      code: "listed-events",
      problem: `frames hold what look like events in ${names}: they are recorded as states`,
      remedy: remedy`name the key of their names with ${optionKey("eventKey")} ${listed}`,
      mend: { eventKey: listed },
    });
  }
  if (restPaths.size > 0) {
    const names = [...restPaths].slice(0, NAMED_MAX).map((path) => excerpt(path)).join(", ");
    const more = restPaths.size > NAMED_MAX ? ` and ${restPaths.size - NAMED_MAX} more` : "";
    notes.push({
      code: "frame-fields",
      problem:
        `frames hold values beside their entities (${names}${more}): they are fields of an entity ` +
        'with the id and the kind "frame"',
      remedy: remedy`if they are entities, name their places with ${optionKey("entities")}`,
    });
  }
  if (unseen.length > 0) {
    notes.push({
      code: "unused-entities",
      problem: `no line has ${unseen.map((path) => excerpt(path)).join(", ")}`,
      remedy: remedy`give ${optionKey("entities")} the paths that lines have`,
    });
  }
  if (rowKey !== undefined) {
    notes.push({
      code: "row-among-frames",
      problem: `a row with the key ${
        excerpt(rowKey)
      } stands among whole frames: its frame has no entities beside it`,
      remedy: remedy`if it is an event, name its key with ${optionKey("eventKey")} ${rowKey}`,
    });
  }
  return notes;
}
