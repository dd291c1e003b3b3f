import { ByteSyntaxError } from "../../core/bytes/bytes.ts";

/** A file that is no recording, or one that is damaged; says where. */
export class RecordingSyntaxError extends SyntaxError {
  /** Name of the error class. */
  override name = "RecordingSyntaxError";
  /** Part of the file that could not be read: header, footer, summary, block ... */
  readonly section: string;
  /** Byte of the file at which that part, or the fault in it, lies. */
  readonly offset: number;

  /**
   * Error at a byte of a file.
   *
   * @param reason what is wrong, and what to do where that is known
   * @param file name of the file, when it has one
   */
  constructor(section: string, offset: number, reason: string, file?: string) {
    super(
      `Cannot read ${section} at byte ${offset}: ${reason}${
        file === undefined ? "" : ` (${file})`
      }`,
    );
    this.section = section;
    this.offset = offset;
  }
}

/** Section of a file that is being read; every fault in it is reported with its place. */
export class Section {
  /** Part of the file, as an error names it. */
  readonly name: string;
  /** Byte of the file at which the part starts. */
  readonly offset: number;
  /** Name of the file, when it has one. */
  readonly file: string | undefined;

  /** Section of a file, for errors only: nothing is read. */
  constructor(name: string, offset: number, file: string | undefined) {
    this.name = name;
    this.offset = offset;
    this.file = file;
  }

  /** Refuses the section. @throws {RecordingSyntaxError} always */
  refuse(reason: string, offset: number = this.offset): never {
    throw new RecordingSyntaxError(this.name, offset, reason, this.file);
  }

  /**
   * Runs a parser over bytes of the section.
   *
   * @param shift bytes between the start of the section and the start of the parser's input; for
   *   input that is not in the file as it stands (decompressed), leave it out
   * @throws {RecordingSyntaxError} in place of every fault that the parser finds
   */
  parse<T>(parser: () => T, shift?: number): T {
    try {
      return parser();
    } catch (error) {
      if (error instanceof ByteSyntaxError) {
        const reason = error.message.replace(/^Cannot read byte \d+: /, "");
        if (shift !== undefined) this.refuse(reason, this.offset + shift + error.offset);
        this.refuse(`raw byte ${error.offset}: ${reason}`);
      }
      if (error instanceof RangeError || error instanceof TypeError) this.refuse(error.message);
      throw error;
    }
  }
}
