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
  const option = optionKey("eventKey");
  const empty = paths.length === 0 || paths[0]!.includes(".")
    ? "an empty collection"
    : `an empty collection, ${excerpt(paths[0])}:{},`;
  return new RowFault(
    `the line has ${noneOf(paths)}`,
    eventKey === undefined
      ? remedy`send ${empty} where no entity is there, and name the key of events with ${option}`
      : remedy`if it is an event, name its key with ${option} ${eventKey}; else send ${empty} where no entity is there`,
    undefined,
    { code: "no-entities", field: eventKey },
  );
}

/** Fault of a row behind whole frames that may be an event: its frame would have nothing else. */
export function rowOrEvent(paths: readonly string[], eventKey: string): RowFault {
  const kindKey = optionKey("kindKey");
  return new RowFault(
    `the line has ${noneOf(paths)}, but an entity id: its frame would hold nothing else`,
    remedy`if it is an event, name its key with ${
      optionKey("eventKey")
    } ${eventKey}; if that is the kind of a row, with ${kindKey} ${eventKey}; else send it in a whole frame`,
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

function noneOf(paths: readonly string[]): string {
  if (paths.length === 0) return "no collection of entities";
  const named = paths.slice(0, PATHS_MAX).map(bare).join(", ");
  if (paths.length === 1) return `no collection ${named}`;
  const more = paths.length > PATHS_MAX ? ` and ${paths.length - PATHS_MAX} more` : "";
  return `none of the collections ${named}${more}`;
}

function bare(path: string): string {
  return /^[\w.-]{1,40}$/.test(path) ? path : excerpt(path);
}
