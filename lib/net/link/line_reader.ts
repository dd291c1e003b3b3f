import { NetSpecError, quote } from "./net_spec_error.ts";

/** Takes a text line by line without splitting the whole, and names the line in errors. */
export class LineReader {
  readonly #text: string;
  readonly #file: string;
  #offset: number;
  #line = "";
  #number = 0;

  /**
   * Begins before the first line; a byte order mark is skipped.
   *
   * @param file name of the text, for errors
   */
  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
    this.#offset = text.startsWith("\uFEFF") ? 1 : 0;
  }

  /** Next line without its end (LF or CRLF); `undefined` after the last. */
  next(): string | undefined {
    if (this.#offset >= this.#text.length) return undefined;
    let end = this.#text.indexOf("\n", this.#offset);
    if (end < 0) end = this.#text.length;
    const cut = end > this.#offset && this.#text[end - 1] === "\r" ? end - 1 : end;
    this.#line = this.#text.slice(this.#offset, cut);
    this.#offset = end + 1;
    this.#number++;
    return this.#line;
  }

  /** The line read last, fit for an error message. */
  quoted(): string {
    return quote(this.#line);
  }

  /** An error at the line read last. */
  fault(reason: string, remedy: string): NetSpecError {
    return new NetSpecError(quote(this.#file), `line ${Math.max(1, this.#number)}`, reason, remedy);
  }
}
