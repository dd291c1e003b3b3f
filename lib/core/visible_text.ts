/**
 * Control and format characters, separators of lines and lone surrogates: they would break a line,
 * steer a terminal, or hide or turn around the text after them.
 */
export const INVISIBLE: RegExp = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * The text with every character escaped that cannot be seen: a line feed becomes `\u{a}`.
 *
 * @param charactersMax longer texts are cut there and end in `…`
 */
export function visibleText(text: string, charactersMax: number = Infinity): string {
  const cut = text.length <= charactersMax ? text : `${text.slice(0, charactersMax - 1)}…`;
  return cut.replace(INVISIBLE, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}
