import { visibleText } from "../../../../core/visible_text.ts";

const CHARACTERS_MAX = 18;

/** Code points of what is taken for one character, as an emoji made of several. */
const JOINED_MAX = 8;

/** A name of at most so many characters, cut in the middle, since names differ at their ends. */
export function shortText(text, most = CHARACTERS_MAX) {
  const characters = charactersOf(text);
  if (widthOf(characters) <= most) return characters.join("");
  const head = taken(characters, Math.ceil((most - 1) / 2));
  const rest = characters.slice(head.length).reverse();
  const tail = taken(rest, most - 1 - widthOf(head)).reverse();
  return `${head.join("")}…${tail.join("")}`;
}

/** Characters as they are seen; what is not seen is one with its escape. */
function charactersOf(text) {
  return [...new Intl.Segmenter().segment(text)].flatMap(({ segment }) => {
    const points = Array.from(segment);
    return points.length > JOINED_MAX
      ? points.map((point) => visibleText(point))
      : visibleText(segment);
  });
}

/** The first characters, as far as there is room. */
function taken(characters, most) {
  let count = 0;
  while (count < characters.length && widthOf(characters.slice(0, count + 1)) <= most) count++;
  return characters.slice(0, count);
}

/** Each character counts one, each of an escape too. */
function widthOf(characters) {
  return characters.reduce((sum, text) => sum + (text.includes("\\u{") ? text.length : 1), 0);
}
