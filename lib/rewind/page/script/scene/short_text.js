import { visibleText } from "../../../../core/visible_text.ts";

const CHARACTERS_MAX = 18;

/** A name of at most so many characters, cut in the middle, since names differ at their ends. */
export function shortText(text, most = CHARACTERS_MAX) {
  const characters = Array.from(visibleText(text));
  if (characters.length <= most) return characters.join("");
  const head = Math.ceil((most - 1) / 2);
  const tail = most - 1 - head;
  return `${characters.slice(0, head).join("")}…${characters.slice(-tail).join("")}`;
}
