import { optionKey, type Remedy, remedy } from "../../core/remedy.ts";
import { RowFault } from "../input/row_fault.ts";
import { likelyEventKey, likelyFrameKey, likelyIdKey, likelyTimeKey } from "./likely_key.ts";

/**
 * A fault that a key is missing, with the key that the user may have meant.
 *
 * @param line object of the line, or the header's columns as one
 * @param entity object of the entity in it that lacks a key; undefined when it is the line itself
 */
export function adviseKey(fault: RowFault, line: object, entity?: object): RowFault {
  const remedy = keyRemedy(fault, line, entity);
  if (remedy === undefined) return fault;
  return new RowFault(fault.problem, remedy, fault.target, fault.sort);
}

function keyRemedy({ sort, target }: RowFault, line: object, entity = line): Remedy | undefined {
  if (target !== undefined) return undefined;
  const { code } = sort;
  if (code === "no-frame") return named("frameKey", likelyFrameKey(line));
  if (code === "no-time") return named("timeKey", likelyTimeKey(line));
  if (code !== "no-id") return undefined;
  const key = likelyIdKey(entity);
  const eventKey = entity === line ? likelyEventKey(line, true, () => false) : undefined;
  if (eventKey !== undefined) {
    const other = key === undefined ? "" : ` ${key}`;
    return remedy`if it is an event, name its key with ${
      optionKey("eventKey")
    } ${eventKey}; else the key of its id with ${optionKey("idKey")}${other}`;
  }
  if (key !== undefined) return named("idKey", key);
  return entity === line
    ? remedy`name its key with ${
      optionKey("idKey")
    }, or the places of entities in a whole frame with ${optionKey("entities")}`
    : undefined;
}

function named(
  option: "frameKey" | "timeKey" | "idKey",
  key: string | undefined,
): Remedy | undefined {
  return key === undefined ? undefined : remedy`name its key with ${optionKey(option)} ${key}`;
}
