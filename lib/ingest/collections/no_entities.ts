import { optionKey, remedy } from "../../core/remedy.ts";
import { excerpt } from "../input/excerpt.ts";
import { RowFault } from "../input/row_fault.ts";

/** Collections that a message names. */
const PATHS_MAX = 8;

/**
 * Fault of a whole frame that does not say that it has no entities.
 *
 * @param paths collections that frames have; none before the first
 * @param eventKey key that the line may be an event by; undefined when it has none
 */
export function noEntities(paths: readonly string[], eventKey: string | undefined): RowFault {
  const named = paths.slice(0, PATHS_MAX).map(bare).join(", ");
  const more = paths.length > PATHS_MAX ? ` and ${paths.length - PATHS_MAX} more` : "";
  const what = paths.length === 0
    ? "no collection of entities"
    : paths.length === 1
    ? `no collection ${named}`
    : `none of the collections ${named}${more}`;
  const option = optionKey("eventKey");
  const empty = paths.length === 0 || paths[0]!.includes(".")
    ? "an empty collection"
    : `an empty collection, ${excerpt(paths[0])}:{},`;
  return new RowFault(
    `the line has ${what}`,
    eventKey === undefined
      ? remedy`send ${empty} where no entity is there, and name the key of events with ${option}`
      : remedy`if it is an event, name its key with ${option} ${eventKey}; else send ${empty} where no entity is there`,
    undefined,
    { code: "no-entities", field: eventKey },
  );
}

/** Fault of a line that may be an event, and the first frame with entities as well. */
export function eventOrFrame(path: string, eventKey: string): RowFault {
  return new RowFault(
    `the line has the key ${excerpt(eventKey)}, as events do, and ${
      excerpt(path)
    }, which may be entities`,
    remedy`if it is an event, name its key with ${
      optionKey("eventKey")
    } ${eventKey}; else name the places of entities with ${optionKey("entities")}`,
    undefined,
    { code: "no-entities", field: eventKey },
  );
}

function bare(path: string): string {
  return /^[\w.-]{1,40}$/.test(path) ? path : excerpt(path);
}
