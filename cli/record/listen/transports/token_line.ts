import { isToken } from "./token.ts";

/** Bytes of the line that shows a token. */
const BYTES_MAX = 4096;
const NEWLINE = 10;

/**
 * First line of a connection, `{"token":"T"}`. Where no token is needed it may be left out, and is
 * left out of what follows where it is there.
 */
export class TokenLine {
  readonly #token: string | undefined;
  #held: Uint8Array = new Uint8Array(0);

  /** @param token that has to come; undefined when none has to */
  constructor(token: string | undefined) {
    this.#token = token;
  }

  /** True while the line has begun and has no end. */
  get isAmid(): boolean {
    return this.#held.length > 0;
  }

  /**
   * Takes the first bytes.
   *
   * @returns bytes behind the line, undefined while it has no end, or what is wrong, as one line
   */
  push(bytes: Uint8Array): Uint8Array | string | undefined {
    const all = new Uint8Array(this.#held.length + bytes.length);
    all.set(this.#held);
    all.set(bytes, this.#held.length);
    const end = all.indexOf(NEWLINE);
    if (end < 0 && all.length <= BYTES_MAX) {
      this.#held = all;
      return undefined;
    }
    this.#held = new Uint8Array(0);
    const shown = end < 0 || end > BYTES_MAX ? undefined : tokenOf(all.subarray(0, end));
    if (this.#token === undefined) return shown === undefined ? all : all.subarray(end + 1);
    if (shown === undefined) return 'the first line has to show the token: {"token":"..."}';
    if (!isToken(shown, this.#token)) return "the token is wrong";
    return all.subarray(end + 1);
  }
}

/** Token of a line that holds nothing else; undefined for any other line. */
function tokenOf(line: Uint8Array): string | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(line));
    if (typeof value !== "object" || value === null || Object.keys(value).length !== 1) {
      return undefined;
    }
    const { token } = value as { readonly token?: unknown };
    return typeof token === "string" ? token : undefined;
  } catch {
    return undefined;
  }
}
