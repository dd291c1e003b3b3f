import { stripVTControlCharacters } from "node:util";

const EMOJI = /[\p{RGI_Emoji}\p{Emoji_Presentation}\p{Emoji_Modifier_Base}]/gv;

/**
 * Cells of a terminal that a text takes: two for an emoji or a wide character, none for what
 * combines with the one before it or is a control sequence.
 *
 * @param text one line
 */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of stripVTControlCharacters(text).replace(EMOJI, "  ")) {
    const code = character.codePointAt(0)!;
    if (code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0x300 && code < 0x370)) continue;
    width += isWide(code) ? 2 : 1;
  }
  return width;
}

/** A text with spaces behind it, to so many cells. */
export function padCells(text: string, cells: number): string {
  return text + " ".repeat(Math.max(0, cells - textWidth(text)));
}

/** A text of at most so many cells: the middle goes, and no character is cut in two. */
export function cutCells(text: string, cells: number): string {
  if (textWidth(text) <= cells) return text;
  const characters = [...text];
  const head = fitting(characters, Math.floor((cells - 1) / 2));
  const tail = fitting(characters.toReversed(), cells - 1 - textWidth(head.join("")));
  return `${head.join("")}…${tail.toReversed().join("")}`;
}

/** A text of at most so many cells: the end goes, and no character is cut in two. */
export function headCells(text: string, cells: number): string {
  if (textWidth(text) <= cells) return text;
  return `${fitting([...text], cells - 1).join("")}…`;
}

/**
 * Texts of at most so many cells each, as {@linkcode cutCells} makes them; of those that it cuts to
 * one, what shows is where they part, and a number where that says nothing either.
 */
export function cutApart(texts: readonly string[], cells: number): string[] {
  const cut = texts.map((text) => cutCells(text, cells));
  const shared = sharedLengths(texts, cut);
  const apart = cut.map((text, i) => {
    const from = shared.get(texts[i]!);
    if (from === undefined) return text;
    const characters = [...texts[i]!];
    const head = fitting(characters, Math.min(HEAD_CELLS, Math.floor(cells / 4))).join("");
    const rest = cutCells(characters.slice(from).join(""), cells - 1 - textWidth(head));
    return `${head}…${rest}`;
  });
  const alike = new Set(sharedLengths(texts, apart).keys());
  return apart.map((text, i) => {
    if (!alike.has(texts[i]!)) return text;
    const number = `#${i + 1} `;
    return number + cutCells(text, cells - number.length);
  });
}

/** How much of the start of a text stands before where it parts from others. */
const HEAD_CELLS = 8;

/**
 * How many characters each text shares, at most, with another one that is cut to the same; none for
 * those that are cut to one of their own. Texts in order share most with their neighbours.
 */
function sharedLengths(texts: readonly string[], cut: readonly string[]): Map<string, number> {
  const groups = new Map<string, Set<string>>();
  for (const [i, text] of texts.entries()) {
    const group = groups.get(cut[i]!);
    if (group === undefined) groups.set(cut[i]!, new Set([text]));
    else group.add(text);
  }
  const shared = new Map<string, number>();
  for (const group of groups.values()) {
    if (group.size < 2) continue;
    const sorted = [...group].sort().map((text) => [text, [...text]] as const);
    for (let i = 1; i < sorted.length; i++) {
      const [a, b] = [sorted[i - 1]!, sorted[i]!];
      const length = firstDifference(a[1], b[1]);
      for (const [text] of [a, b]) shared.set(text, Math.max(shared.get(text) ?? 0, length));
    }
  }
  return shared;
}

function firstDifference(a: readonly string[], b: readonly string[]): number {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  return i;
}

/** The first characters that are not wider than so many cells. */
function fitting(characters: readonly string[], cells: number): readonly string[] {
  let width = 0;
  const end = characters.findIndex((character) => (width += textWidth(character)) > cells);
  return end < 0 ? characters : characters.slice(0, end);
}

/** First and last code points of East Asian characters that are as wide as two (Unicode TR 11). */
const WIDE: readonly (readonly [first: number, last: number])[] = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2e80, 0x303e],
  [0x3040, 0x3247],
  [0x3250, 0x4dbf],
  [0x4e00, 0xa4c6],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6b],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x1b000, 0x1b001],
  [0x1f200, 0x1f251],
  [0x20000, 0x3fffd],
];

function isWide(code: number): boolean {
  return WIDE.some(([first, last]) => first <= code && code <= last);
}
