import { textWidth } from "../report/text_width.ts";

/** A text broken between words into lines of at most so many columns; a longer word is cut. */
export function* wrapped(text: string, columnsMax: number): Generator<string, void, void> {
  let line = "";
  let columns = 0;
  for (const word of text.split(" ").flatMap((word) => piecesOf(word, columnsMax))) {
    const width = textWidth(word);
    if (columns > 0 && columns + 1 + width > columnsMax) {
      yield line;
      line = "";
      columns = 0;
    }
    line += columns > 0 ? ` ${word}` : word;
    columns += columns > 0 ? 1 + width : width;
  }
  yield line;
}

/** A word in pieces that fit. */
function piecesOf(word: string, columnsMax: number): string[] {
  if (textWidth(word) <= columnsMax) return [word];
  const pieces: string[] = [""];
  for (const character of word) {
    const last = pieces.at(-1)! + character;
    if (textWidth(last) <= columnsMax) pieces[pieces.length - 1] = last;
    else pieces.push(character);
  }
  return pieces;
}
