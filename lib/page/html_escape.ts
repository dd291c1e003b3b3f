import { visibleText } from "../core/visible_text.ts";

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
 * and it is a JavaScript expression as well.
 */
export function inlineJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
