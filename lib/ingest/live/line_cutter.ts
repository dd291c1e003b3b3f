const NEWLINE = 10;
const BRACE = 0x7b;
const RETURN = 0x0d;

/** Why a line is refused before it is read. */
export type LineFault = "too-long" | "no-object" | "bad-seq";

/** Takes what a producer sends, as whole lines. */
export interface LineSink {
  /**
   * Takes lines that may be JSON objects; blank ones are left out.
   *
   * @param bytes the lines, a newline after each
   * @param firstLine number of the first, counted from 1
   * @param count how many they are
   */
  lines(bytes: Uint8Array, firstLine: number, count: number): void;
  /** Told of a line that is refused. @param line its number */
  refused(line: number, why: LineFault): void;
}

/** Cuts the bytes of one producer into whole lines; memory holds no more than one line. */
export class LineCutter {
  /** Lines that have begun. */
  lines = 0;
  readonly #sink: LineSink;
  readonly #bytesMax: number;
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  /** True from where a line is too long to its end. */
  #isSkipping = false;

  /** @param bytesMax bytes of a line */
  constructor(sink: LineSink, bytesMax: number) {
    this.#sink = sink;
    this.#bytesMax = bytesMax;
  }

  /** Bytes of a line that has no end yet. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** Takes bytes, which must not change from then on. */
  push(bytes: Uint8Array): void {
    let at = 0;
    if (this.#heldBytes > 0 || this.#isSkipping) {
      at = bytes.indexOf(NEWLINE) + 1;
      if (at === 0) return this.#hold(bytes);
      if (this.#isSkipping) this.#isSkipping = false;
      else this.#endHeld(bytes.subarray(0, at));
    }
    this.#cut(bytes, at);
  }

  /** Ends the line at hand: a message is one or more whole lines. */
  endMessage(): void {
    if (this.#heldBytes > 0 || this.#isSkipping) this.push(END);
  }

  /** Drops the line at hand, which nobody will end. @returns its bytes */
  drop(): number {
    const bytes = this.#heldBytes;
    this.#held = [];
    this.#heldBytes = 0;
    return bytes;
  }

  /** Takes lines from a place on, and holds what is behind the last newline. */
  #cut(bytes: Uint8Array, from: number): void {
    let start = from;
    let count = 0;
    let at = from;
    const pass = (end: number) => {
      if (count > 0) {
        const isAll = start === 0 && end === bytes.length;
        const firstLine = this.lines - count + 1;
        this.#sink.lines(isAll ? bytes : bytes.subarray(start, end), firstLine, count);
      }
      count = 0;
    };
    for (let end = bytes.indexOf(NEWLINE, at); end >= 0; end = bytes.indexOf(NEWLINE, at)) {
      const why = this.#fault(bytes, at, end);
      if (why !== undefined) {
        pass(at);
        this.lines++;
        if (why !== "blank") this.#sink.refused(this.lines, why);
        start = end + 1;
      } else {
        this.lines++;
        count++;
      }
      at = end + 1;
      if (count === LINES_MAX) {
        pass(at);
        start = at;
      }
    }
    pass(at);
    if (at < bytes.length) this.#hold(bytes.subarray(at));
  }

  #endHeld(last: Uint8Array): void {
    const line = new Uint8Array(this.#heldBytes + last.length);
    let at = 0;
    for (const part of [...this.#held, last]) {
      line.set(part, at);
      at += part.length;
    }
    this.drop();
    this.#cut(line, 0);
  }

  #hold(bytes: Uint8Array): void {
    if (this.#isSkipping) return;
    this.#held.push(bytes);
    this.#heldBytes += bytes.length;
    // The end of a line may be two bytes, the first of which has come.
    if (this.#heldBytes > this.#bytesMax + (bytes.at(-1) === RETURN ? 1 : 0)) {
      this.drop();
      this.#isSkipping = true;
      this.#sink.refused(++this.lines, "too-long");
    } else if (this.#held.length >= PARTS_MAX) this.#joinHeld();
  }

  /** One piece of many: each keeps more than its bytes in memory. */
  #joinHeld(): void {
    const all = new Uint8Array(this.#heldBytes);
    let at = 0;
    for (const part of this.#held) {
      all.set(part, at);
      at += part.length;
    }
    this.#held = [all];
  }

  /** Why a line cannot be the object that every line is; undefined when it may be. */
  #fault(bytes: Uint8Array, start: number, end: number): LineFault | "blank" | undefined {
    const lineEnd = end > start && bytes[end - 1] === RETURN ? end - 1 : end;
    if (lineEnd - start > this.#bytesMax) return "too-long";
    if (bytes[start] === BRACE) return undefined;
    let at = start;
    while (at < end && isMark(bytes[at]!)) at++;
    return at === end ? "blank" : bytes[at] === BRACE ? undefined : "no-object";
  }
}

const PARTS_MAX = 256;
/** Lines that are passed on at once: even if all are refused, that takes no long time. */
const LINES_MAX = 1024;
const END = Uint8Array.of(NEWLINE);

/** White space, a record separator, or a byte of the mark that starts a text. */
function isMark(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === 0x1e || byte === 0xef ||
    byte === 0xbb || byte === 0xbf;
}
