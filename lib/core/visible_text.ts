/**
 * Control and format characters, separators of lines and lone surrogates: they would break a line,
 * steer a terminal, or hide or turn around the text after them.
 */
export const INVISIBLE: RegExp = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** The same but for a joiner between two emoji, which makes one of them. */
const UNSEEN: RegExp =
  /(?!(?<=\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}]?)\u200d\p{Extended_Pictographic})[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Half a pair, or a joiner, at the end of what was cut. */
const CUT_INSIDE = /[\ud800-\udbff\u200d]+$/;

/**
 * The text with every character escaped that cannot be seen: a line feed becomes `\u{a}`. A joiner
 * between two emoji stays.
 *
 * @param charactersMax longer texts are cut there and end in `…`
 */
export function visibleText(text: string, charactersMax: number = Infinity): string {
  const cut = text.length <= charactersMax
    ? text
    : `${text.slice(0, charactersMax - 1).replace(CUT_INSIDE, "")}…`;
  return cut.replace(UNSEEN, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}
