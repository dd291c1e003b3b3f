import { remedy } from "../core/remedy.ts";
import { CsvRows } from "./rows/csv_rows.ts";
import type { FlatRow, RowKeys } from "./rows/flat_row.ts";
import type { FrameAssembler } from "./frames/frame_assembler.ts";
import type { FrameHead } from "../core/state/state.ts";
import { InputSyntaxError } from "./input/input_error.ts";
import type { InputFormat } from "./input/input_format.ts";
import { FrameLines } from "./frame_lines.ts";
import { ENTITIES_KEY } from "./collections/collections.ts";
import { isCsvHeader } from "./rows/detect_format.ts";
import type { LeftOut } from "./input/left_out.ts";
import type { ReadStatesOptions } from "./states_options.ts";
import type { InputNote } from "./input/input_note.ts";
import { JsonFrames } from "./collections/json_frames.ts";
import { JsonRows } from "./rows/json_rows.ts";
import { adviseKey } from "./rows/key_advice.ts";
import { refuseKeyTwice } from "./rows/key_twice.ts";
import { ListLines } from "./rows/list_lines.ts";
import { isBlank, parseObject, refuseEncoding } from "./rows/record_parser.ts";
import { frameNamed, leavingOut, leavingOutLast, type LineParser } from "./refused_frame.ts";
import { RowFault } from "./input/row_fault.ts";
import { PredictedLines } from "./predicted_lines.ts";
import { stateLikeNotes } from "./events/state_like_notes.ts";
import type { StreamEvents } from "./events/stream_events.ts";
import type { LineBatch } from "./rows/line_batch.ts";

/** Reads lines of any format into frames. */
export class LineReader<T extends FrameHead> {
  /** Rows or frames that were taken. */
  taken: number = 0;
  readonly #source: string;
  readonly #keys: RowKeys;
  readonly #assembler: FrameAssembler<T>;
  readonly #events: StreamEvents;
  readonly #rows: JsonRows;
  readonly #frames: FrameLines<T>;
  readonly #csv: CsvRows;
  readonly #list: ListLines = new ListLines();
  readonly #predicted: PredictedLines<T>;
  /** True when every line has to be of the format. */
  readonly #isFixed: boolean;
  #format: InputFormat | undefined;
  /** True once a line was a JSON object, so that none is the header of CSV. */
  #isJson = false;
  #line = 0;
  #isEvent = false;
  /** Events that hold just what a state does. */
  #stateLike = 0;
  /** What the line at hand holds, once that is known. */
  #object: object | undefined;
  /** Tells the line at hand apart; undefined before that. */
  #parser: LineParser | undefined;

  /**
   * Reader before the first line.
   *
   * @param source name of the input for messages
   * @param options of the reading
   * @param leftOut what it leaves out; rows are then read as a whole, and in more time
   */
  constructor(
    source: string,
    keys: RowKeys,
    assembler: FrameAssembler<T>,
    events: StreamEvents,
    { format, decimal, entities }: ReadStatesOptions,
    leftOut?: LeftOut,
  ) {
    this.#source = source;
    this.#keys = keys;
    this.#assembler = assembler;
    this.#events = events;
    this.#format = format;
    this.#isFixed = format !== undefined;
    this.#rows = new JsonRows(keys, leftOut);
    this.#frames = new FrameLines(keys, assembler, events, entities, leftOut);
    this.#csv = new CsvRows(keys, events.key, { mark: decimal, leftOut });
    this.#predicted = new PredictedLines(keys, assembler, leftOut === undefined);
  }

  /**
   * Reads the line at hand of some.
   *
   * @returns frames that are complete by now
   * @throws {RowFault} when the line is refused; it then had no effect
   */
  read(batch: LineBatch): readonly T[] {
    const predicted = this.#format === "csv" ? undefined : this.#predicted.read(batch);
    if (predicted !== undefined) {
      if (this.#predicted.isRow) this.#format = "rows";
      return this.#took(predicted);
    }
    try {
      return this.#readLine(batch);
    } catch (fault) {
      if (!(fault instanceof RowFault) || this.#object === undefined) throw fault;
      throw adviseKey(fault, this.#object, this.#frames.parser.entity);
    }
  }

  #readLine(batch: LineBatch): readonly T[] {
    this.#line = batch.line;
    this.#parser = undefined;
    this.#object = undefined;
    this.#isEvent = false;
    if (batch.isDamaged) refuseEncoding(batch.text);
    if (!this.#csv.isInCell && isBlank(batch.text)) return NONE;
    const isCsv = this.#format === "csv";
    const isFirst = this.#format === undefined && !this.#isJson;
    const line = isCsv
      ? this.#csv.isInCell ? batch.markedText : batch.text
      : this.#list.elementOf(batch.text, isFirst);
    if (line === undefined) return NONE;
    if (isCsv || (isFirst && isCsvHeader(line))) return this.#readRecord(line);
    this.#begin(this.#rows, line);
    const object = parseObject(line);
    this.#object = object;
    this.#isJson = true;
    if (this.#events.isEvent(object) || this.#frames.isKindEvent(object, this.#format)) {
      this.#isEvent = true;
      refuseKeyTwice(line, object, batch.colons);
      this.#frames.refuseEvent(object);
      this.#takeEvent(object, line);
      return NONE;
    }
    const parts = this.#frames.partsOf(object, this.#format, this.#isFixed);
    if (parts !== undefined) {
      this.#begin(this.#frames.parser, line);
      const frames = this.#frames.read(object, parts, batch.colons);
      this.#format ??= "frames";
      this.#predicted.learnFrame(batch, parts);
      return this.#took(frames);
    }
    const ended = this.#assembler.addRow(this.#rows.read(object, batch.colons));
    this.#format = "rows";
    const { table } = this.#assembler;
    // A list of that name may make the next such line a whole frame.
    if (table !== undefined && !Object.hasOwn(object, ENTITIES_KEY)) {
      this.#predicted.learnRow(batch, table);
    }
    return this.#took(ended === undefined ? NONE : [ended]);
  }

  /**
   * Takes note of blank lines that are not read one by one.
   *
   * @throws {InputSyntaxError} inside a quoted cell, which cannot hold so many
   */
  skipBlankLines({ blankLines, firstLine }: LineBatch): void {
    if (blankLines === 0 || !this.#csv.isInCell) return;
    throw new InputSyntaxError(
      { source: this.#source, line: firstLine - blankLines },
      `a quoted cell goes on over ${blankLines} blank lines`,
      remedy`close the quote`,
      { code: "csv-quote" },
    );
  }

  /** Ends the input. @throws {RowFault} when it ends inside a record */
  end(): void {
    this.#parser = this.#csv;
    this.#csv.end();
  }

  /** Last frame, once the input has ended. */
  endFrame(): T | undefined {
    return this.#assembler.endFrame();
  }

  /**
   * Frame that was complete when the line at hand turned out bad: that line names another frame.
   * Where it names none, nobody knows whether the frame being read is complete.
   */
  frameBeforeFault(): T | undefined {
    return this.#isEndedByFault ? this.#assembler.endFrame() : undefined;
  }

  get #isEndedByFault(): boolean {
    const isRead = this.#object !== undefined;
    return this.#assembler.isEndedBy(frameNamed(this.#parser, isRead, this.#keys.frame));
  }

  /** Frame that is being read or came out last; undefined before the first. */
  get frame(): number | undefined {
    return this.#assembler.frame;
  }

  /** What the line at hand has as its frame and entity; undefined when it is an event. */
  get named(): { readonly frame: unknown; readonly id: unknown } | undefined {
    if (this.#isEvent) return undefined;
    const parser = this.#parser;
    if (parser === undefined) return { frame: undefined, id: undefined };
    if (parser instanceof JsonFrames) return { frame: parser.head.frame, id: undefined };
    return parser.row;
  }

  /** Whether nothing of the input after the line at hand can be read: CSV without a header. */
  get isLost(): boolean {
    return this.#format === "csv" && !this.#csv.hasHeader;
  }

  /** Notes on what lines may be meant as otherwise. */
  notes(): InputNote[] {
    return [...this.#frames.notes(), ...stateLikeNotes(this.#stateLike, this.#events.key)];
  }

  /** The line at hand, or the record of CSV, as text. @param batch has the line */
  textOf(batch: LineBatch): string {
    return this.#parser === this.#csv ? this.#csv.row.text : batch.text;
  }

  /** Format of the input; undefined before its first line. */
  get format(): InputFormat | undefined {
    return this.#format;
  }

  /** As {@linkcode LineReader.refusal}, of a line at which the reading ends. */
  lastRefusal(fault: RowFault): InputSyntaxError {
    const isLeftOut = this.#assembler.isOpen && !this.#isEndedByFault;
    return this.refusal(isLeftOut ? leavingOut(fault, this.#parser, this.frame) : fault);
  }

  /** True when a frame is being read. */
  get isAmidFrame(): boolean {
    return this.#assembler.isOpen;
  }

  /** True when that frame has all entities of the one before, and no record is half read. */
  get hasAllBefore(): boolean {
    return this.#assembler.hasAllBefore && !this.#csv.isInCell;
  }

  /** As an error at which the input ends, of a line that nobody has. */
  ending(error: InputSyntaxError): InputSyntaxError {
    return this.#assembler.isOpen ? leavingOutLast(error, this.frame!) : error;
  }

  /** Error of a fault of the line at hand, with its place. */
  refusal(fault: RowFault): InputSyntaxError {
    const place = this.#parser?.place(fault, this.#source) ?? {
      source: this.#source,
      line: this.#line,
      column: fault.target && "offset" in fault.target ? fault.target.offset + 1 : undefined,
    };
    return new InputSyntaxError(place, fault.problem, fault.remedy, fault.sort);
  }

  #begin(parser: JsonRows | JsonFrames, line: string): void {
    this.#parser = parser;
    parser.begin(line, this.#line);
  }

  #readRecord(line: string): readonly T[] {
    this.#format = "csv";
    this.#parser = this.#csv;
    const row = this.#readCells(line);
    if (row === undefined) return NONE;
    const { event } = this.#csv;
    this.#isEvent = event !== undefined;
    if (event === undefined) {
      const ended = this.#assembler.addRow(row);
      return this.#took(ended === undefined ? NONE : [ended]);
    }
    this.#takeEvent(event, this.#csv.eventText);
    return NONE;
  }

  #readCells(line: string): FlatRow | undefined {
    try {
      return this.#csv.read(line, this.#line);
    } catch (fault) {
      // A first line without a delimiter is no table: what follows may be anything.
      if (!this.#csv.hasHeader && !/[,;\t]/.test(line)) this.#format = undefined;
      throw fault;
    }
  }

  #takeEvent(object: object, line: string): void {
    this.#events.take(object, line, this.#assembler.frame);
    if (this.#assembler.isLikeState(object, this.#events.nameKey)) this.#stateLike++;
  }

  #took(frames: readonly T[]): readonly T[] {
    this.taken++;
    return frames;
  }
}

const NONE: readonly never[] = [];
