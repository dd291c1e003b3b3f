import type { StateFrame } from "../core/state.ts";
import { CsvRows } from "./csv_rows.ts";
import type { DecimalMark } from "./decimal_mark.ts";
import type { RowKeys } from "./flat_row.ts";
import type { FrameAssembler } from "./frame_assembler.ts";
import { InputSyntaxError } from "./input_error.ts";
import { detectFormat, type InputFormat } from "./input_format.ts";
import { JsonFrames, JsonRows } from "./json_rows.ts";
import { RowFault } from "./row_fault.ts";

/** Reads lines of any format into frames. */
export class StateReader {
  /** Rows or frames that were taken. */
  taken: number = 0;
  readonly #source: string;
  readonly #keys: RowKeys;
  readonly #assembler: FrameAssembler;
  readonly #rows: JsonRows;
  readonly #frames: JsonFrames;
  readonly #csv: CsvRows;
  #format: InputFormat | undefined;
  #line = 0;
  /** Where the line at hand is told apart into its parts; undefined before it is. */
  #parser: JsonRows | JsonFrames | CsvRows | undefined;

  /**
   * Reader before the first line.
   *
   * @param source name of the input for messages
   * @param format undefined to let the first line decide
   * @param mark decimal mark of the numbers of CSV; undefined for numbers as JSON spells them
   */
  constructor(
    source: string,
    keys: RowKeys,
    assembler: FrameAssembler,
    format: InputFormat | undefined,
    mark?: DecimalMark,
  ) {
    this.#source = source;
    this.#keys = keys;
    this.#assembler = assembler;
    this.#format = format;
    this.#rows = new JsonRows(keys);
    this.#frames = new JsonFrames(keys);
    this.#csv = new CsvRows(keys, mark);
  }

  /**
   * Reads a line.
   *
   * @param isDamaged true when the line is not UTF-8
   * @returns a frame that is complete by now, if any
   * @throws {RowFault} when the line is refused; it then had no effect
   */
  read(line: string, lineNumber: number, isDamaged: boolean): StateFrame | undefined {
    this.#line = lineNumber;
    this.#parser = undefined;
    if (isDamaged) refuseEncoding(line);
    if (!this.#csv.isInCell && isBlank(line)) return undefined;
    switch (this.#format ??= detectFormat(line, this.#keys.id)) {
      case "rows": {
        this.#parser = this.#rows;
        return this.#took(this.#assembler.addRow(this.#rows.read(line, lineNumber)));
      }
      case "frames": {
        this.#parser = this.#frames;
        const head = this.#frames.read(line, lineNumber);
        return this.#took(this.#assembler.addFrame(head, this.#frames.rows()));
      }
      case "csv": {
        this.#parser = this.#csv;
        const row = this.#csv.read(line, lineNumber);
        return row && this.#took(this.#assembler.addRow(row));
      }
    }
  }

  /** Ends the input. @throws {RowFault} when it ends inside a record */
  end(): void {
    this.#parser = this.#csv;
    this.#csv.end();
  }

  /** Last frame, once the input has ended. */
  endFrame(): StateFrame | undefined {
    return this.#assembler.endFrame();
  }

  /**
   * Frame that was complete when the line at hand turned out bad: that line names another frame.
   * Where it names none, nobody knows whether the frame being read is complete.
   */
  frameBeforeFault(): StateFrame | undefined {
    const parser = this.#parser;
    if (parser === undefined || parser instanceof JsonFrames) return undefined;
    return this.#assembler.isEndedBy(parser.row) ? this.#assembler.endFrame() : undefined;
  }

  /** Whether nothing of the input after the line at hand can be read: CSV without a header. */
  get isLost(): boolean {
    return this.#format === "csv" && !this.#csv.hasHeader;
  }

  /** Format of the input; undefined before its first line. */
  get format(): InputFormat | undefined {
    return this.#format;
  }

  /** Error of a fault of the line at hand, with its place. */
  refusal(fault: RowFault): InputSyntaxError {
    const place = this.#parser?.place(fault, this.#source) ?? {
      source: this.#source,
      line: this.#line,
      column: fault.target && "offset" in fault.target ? fault.target.offset + 1 : undefined,
    };
    return new InputSyntaxError(place, fault.reason, fault.remedy);
  }

  #took(frame: StateFrame | undefined): StateFrame | undefined {
    this.taken++;
    return frame;
  }
}

/** True for a line that holds nothing but white space. */
export function isBlank(line: string): boolean {
  return line.length === 0 || (line.charCodeAt(0) <= 0x20 && line.trim() === "");
}

/** Refuses a line that is not UTF-8. @throws {RowFault} always */
export function refuseEncoding(line: string): never {
  throw new RowFault(
    "the line is not UTF-8 text",
    line.includes("\0") ? "convert it from UTF-16 to UTF-8" : "send NDJSON or CSV, as UTF-8",
  );
}
