const EXCERPT_CHARACTERS_MAX = 60;

/**
 * A network that cannot be read; the message is one line: what, where, why, what to do.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { NetSpecError, parseNetSpec } from "@hindcast/hindcast/net";
 *
 * assert.throws(() => parseNetSpec("los=3%"), (error) =>
 *   error instanceof NetSpecError && error.remedy === "did you mean loss?");
 * ```
 */
export class NetSpecError extends SyntaxError {
  /** Name of the class. */
  override name = "NetSpecError";
  /** The text or the name of the file, quoted. */
  readonly input: string;
  /** Place in the input: a part of the text, a path in the scenario, or a line. */
  readonly where: string;
  /** What is wrong there. */
  readonly reason: string;
  /** What to do. */
  readonly remedy: string;

  /** Puts the parts into one line. */
  constructor(input: string, where: string, reason: string, remedy: string) {
    super(`Cannot read network ${input} at ${where}: ${reason}; ${remedy}`);
    this.input = input;
    this.where = where;
    this.reason = reason;
    this.remedy = remedy;
  }
}

/**
 * Text in double quotes, on one line and of bounded length: control and format characters, line
 * separators and lone surrogates are escaped, so that hostile input cannot steer a terminal.
 */
export function quote(text: string): string {
  const cut = text.length > EXCERPT_CHARACTERS_MAX
    ? `${text.slice(0, EXCERPT_CHARACTERS_MAX)}...`
    : text;
  return `"${cut.replace(/["\\]/g, "\\$&").replace(/[\p{C}\p{Zl}\p{Zp}]/gu, escapeCharacter)}"`;
}

function escapeCharacter(character: string): string {
  return `\\u{${character.codePointAt(0)!.toString(16)}}`;
}
