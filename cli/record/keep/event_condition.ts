import { InvalidArgumentError } from "@commander-js/extra-typings";
import { repeatable } from "../../errors/repeatable.ts";

/** Members that an event must have, by their dotted keys, with their values as text. */
export type EventCondition = readonly (readonly [key: string, value: string])[];

/** Parser of an option that takes conditions such as `ev=disputed,by.team=red`; repeatable. */
export function eventConditions(
  text: string,
  before: readonly EventCondition[] = [],
): EventCondition[] {
  const condition = text.split(",").map((part) => {
    const at = part.indexOf("=");
    const [key, value] = [part.slice(0, at).trim(), part.slice(at + 1).trim()];
    if (at > 0 && key !== "" && value !== "") return [key, value] as const;
    throw new InvalidArgumentError(
      "Expected what an event has, such as ev=disputed or ev=shot,by.team=red.",
    );
  });
  return [...before, condition];
}

repeatable(eventConditions);

/** The condition that an event meets; undefined when it meets none. */
export function metCondition(
  data: Readonly<Record<string, unknown>>,
  conditions: readonly EventCondition[],
): EventCondition | undefined {
  return conditions.find((condition) =>
    condition.every(([key, value]) => isValue(memberOf(data, key), value))
  );
}

/** The text that a condition was given by. */
export function conditionText(condition: EventCondition): string {
  return condition.map(([key, value]) => `${key}=${value}`).join(",");
}

/** Value of a key, which may have dots itself, or lead through objects and lists. */
function memberOf(data: unknown, key: string): unknown {
  if (typeof data !== "object" || data === null) return undefined;
  if (Object.hasOwn(data, key)) return (data as Record<string, unknown>)[key];
  for (let dot = key.indexOf("."); dot >= 0; dot = key.indexOf(".", dot + 1)) {
    const head = key.slice(0, dot);
    if (!Object.hasOwn(data, head)) continue;
    const found = memberOf((data as Record<string, unknown>)[head], key.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

function isValue(value: unknown, text: string): boolean {
  switch (typeof value) {
    case "string":
      return value === text;
    case "number":
      return Number(text) === value;
    case "boolean":
      return String(value) === text;
    default:
      return value === null && text === "null";
  }
}
