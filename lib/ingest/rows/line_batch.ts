const NEWLINE = 10;
const RETURN = 13;
const COLON = 0x3a;
/** What may stand before a line without being a part of it: it starts a text, or a record of RFC 7464. */
const MARK = 0xfeff;
const RECORD_SEPARATOR = 0x1e;
/** Lines of a batch that are decoded one by one before the rest is decoded at once. */
const SINGLE_LINES = 2;

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Some whole lines of a text, read one after another. They are bytes first: a line becomes a text
 * when it is asked for.
 */
export class LineBatch {
  /** Number of the first line, counted from 1. */
  readonly firstLine: number;
  /** Blank lines before the first that were left out. */
  readonly blankLines: number;
  /** The lines as bytes, a newline after each. They are used again for the next batch. */
  readonly bytes: Uint8Array;
  /** First byte of the line at hand. */
  at = 0;
  /** Number of the line at hand. */
  line: number;
  /** Where the line at hand ends, when that is known; -1 when it is not. */
  lineEnd = -1;
  readonly #end: number;
  /** First byte of the line at hand with the marks before it. */
  #markedAt = 0;
  /** Lines that were decoded by themselves. */
  #singles = 0;
  /** All lines, once they were decoded. */
  #lines: readonly string[] | undefined;
  #damaged: ReadonlySet<number> | undefined;
  /** Line whose text is at hand. */
  #textLine = 0;
  #text = "";
  #isDamaged = false;

  /**
   * Lines of some bytes.
   *
   * @param end where the bytes of the lines end
   */
  constructor(bytes: Uint8Array, end: number, firstLine: number, blankLines: number) {
    this.bytes = bytes;
    this.#end = end;
    this.firstLine = firstLine;
    this.line = firstLine;
    this.blankLines = blankLines;
    this.#skipMarks();
  }

  /** Lines of a text, numbered from one on. */
  static of(text: string, firstLine: number): LineBatch {
    const bytes = new TextEncoder().encode(`${text}\n`);
    return new LineBatch(bytes, bytes.length, firstLine, 0);
  }

  /** The lines as texts, without the newline; a carriage return before it is kept. */
  get lines(): readonly string[] {
    return this.#lines ??= this.#decodeAll();
  }

  /** Indexes of lines that are not UTF-8; undefined when all are. */
  get damaged(): ReadonlySet<number> | undefined {
    void this.lines;
    return this.#damaged;
  }

  /** True when no line is left. */
  get isOver(): boolean {
    return this.at >= this.#end;
  }

  /** Goes on to the next line. */
  next(): void {
    this.at = this.#markedAt = this.#findEnd() + 1;
    this.line++;
    this.lineEnd = -1;
    this.#skipMarks();
  }

  /** True when the line at hand ends at a place, but for a carriage return. */
  endsAt(at: number): boolean {
    const end = this.bytes[at] === RETURN ? at + 1 : at;
    if (this.bytes[end] !== NEWLINE) return false;
    this.lineEnd = end;
    return true;
  }

  /** Number of the line after the last. */
  get nextLine(): number {
    if (this.isOver) return this.line;
    if (this.#lines !== undefined) return this.firstLine + this.#lines.length;
    let count = 0;
    for (let at = 0; at < this.#end; at++) if (this.bytes[at] === NEWLINE) count++;
    return this.firstLine + count;
  }

  /** Text of the line at hand, without the newline; a carriage return before it is kept. */
  get text(): string {
    this.#decode();
    return this.#text;
  }

  /** Text of the line at hand with the marks before it, which inside a quoted cell are text. */
  get markedText(): string {
    if (this.at === this.#markedAt) return this.text;
    return lenient.decode(this.bytes.subarray(this.#markedAt, this.#findEnd()));
  }

  /** True when the line at hand is not UTF-8. */
  get isDamaged(): boolean {
    this.#decode();
    return this.#isDamaged;
  }

  /** Colons of the line at hand, which tell whether a JSON object holds a key twice. */
  get colons(): number {
    const { bytes } = this;
    let count = 0;
    for (let at = this.at; bytes[at] !== NEWLINE; at++) if (bytes[at] === COLON) count++;
    return count;
  }

  /** Leaves out byte order marks and record separators before the line at hand. */
  #skipMarks(): void {
    const { bytes } = this;
    while (this.at < this.#end) {
      if (bytes[this.at] === RECORD_SEPARATOR) this.at++;
      else if (
        bytes[this.at] === 0xef && bytes[this.at + 1] === 0xbb && bytes[this.at + 2] === 0xbf
      ) {
        this.at += 3;
      } else return;
    }
  }

  #findEnd(): number {
    if (this.lineEnd < 0) this.lineEnd = this.bytes.indexOf(NEWLINE, this.at);
    return this.lineEnd;
  }

  #decode(): void {
    const { line } = this;
    if (this.#textLine === line) return;
    this.#textLine = line;
    if (this.#lines === undefined && this.#singles++ < SINGLE_LINES) {
      const bytes = this.bytes.subarray(this.at, this.#findEnd());
      const text = decoded(bytes);
      this.#isDamaged = text === undefined;
      this.#text = text ?? lenient.decode(bytes);
    } else {
      const index = line - this.firstLine;
      this.#text = this.lines[index]!;
      this.#isDamaged = this.#damaged?.has(index) === true;
    }
  }

  #decodeAll(): readonly string[] {
    if (this.#end === 0) return [];
    const bytes = this.bytes.subarray(0, this.#end - 1);
    let lines = decoded(bytes)?.split("\n");
    if (lines === undefined) {
      lines = [];
      const damaged = new Set<number>();
      for (let at = 0; at <= bytes.length;) {
        const newline = bytes.indexOf(NEWLINE, at);
        const end = newline < 0 ? bytes.length : newline;
        const part = bytes.subarray(at, end);
        const text = decoded(part);
        if (text === undefined) damaged.add(lines.length);
        lines.push(text ?? lenient.decode(part));
        at = end + 1;
      }
      this.#damaged = damaged;
    }
    for (let i = 0; i < lines.length; i++) {
      let at = 0;
      while (isMark(lines[i]!.charCodeAt(at))) at++;
      if (at > 0) lines[i] = lines[i]!.slice(at);
    }
    return lines;
  }
}

function isMark(unit: number): boolean {
  return unit === MARK || unit === RECORD_SEPARATOR;
}

/** Text of bytes; undefined when they are not UTF-8. */
function decoded(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}
