import { ByteSyntaxError } from "../../core/bytes/bytes.ts";
import { RecordingSyntaxError } from "./recording_error.ts";

/** What a refusal says besides the problem. */
export interface RefusalNotes {
  /** Byte of the file at which the fault lies; the start of the section when left out. */
  readonly offset?: number;
  /** What to do about it. */
  readonly remedy?: string;
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
  refuse(problem: string, { offset = this.offset, remedy }: RefusalNotes = {}): never {
    const { name: section, file } = this;
    throw new RecordingSyntaxError({ section, offset, file, problem, remedy });
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
        const { offset, problem } = error;
        if (shift === undefined) this.refuse(`raw byte ${offset}: ${problem}`);
        this.refuse(problem, { offset: this.offset + shift + offset });
      }
      if (error instanceof RangeError || error instanceof TypeError) this.refuse(error.message);
      throw error;
    }
  }
}
