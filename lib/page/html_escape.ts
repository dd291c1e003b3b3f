import { INVISIBLE, visibleText } from "../core/visible_text.ts";

const NAMED: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Any text as HTML, inside an element or a quoted attribute, with what cannot be seen escaped. */
export function htmlText(text: string): string {
  return visibleText(text).replace(/[&<>"']/g, (character) => NAMED[character]!);
}

/**
 * A value as JSON inside a `script` element: nothing in it can end the element or begin a comment,
 * and it is a JavaScript expression as well. What cannot be seen is escaped: who reads the source of
 * the page, or copies from it, meets nothing that hides or turns around text.
 */
export function inlineJson(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&]/g, escaped).replace(INVISIBLE, escaped);
}

/** A character as JSON escapes it, in one or two UTF-16 units. */
function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
