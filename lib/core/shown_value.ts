import { visibleText } from "./visible_text.ts";

/** Characters of a text that are shown. */
const CHARACTERS_MAX = 60;

/** Any value in a message: texts in quotes, numbers as they are, all others by what they are. */
export function shownValue(value: unknown): string {
  switch (typeof value) {
    case "string":
      return visibleText(JSON.stringify(visibleText(value, CHARACTERS_MAX)));
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "bigint":
      return `the bigint ${visibleText(String(value), CHARACTERS_MAX)}`;
    case "boolean":
    case "undefined":
      return String(value);
    case "object":
      return value === null ? "null" : shownObject(value);
    default:
      return `a ${typeof value}`;
  }
}

function shownObject(value: object): string {
  if (Array.isArray(value)) return "a list";
  const sort = Object.prototype.toString.call(value).slice(8, -1);
  if (sort !== "Object") return article(sort);
  const name: unknown = value.constructor?.name;
  return typeof name === "string" && !["", "Object"].includes(name) ? article(name) : "an object";
}

function article(name: string): string {
  return `${/^[aeiou]/i.test(name) ? "an" : "a"} ${visibleText(name, CHARACTERS_MAX)}`;
}
