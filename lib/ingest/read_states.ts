import { optionKey, remedy } from "../core/remedy.ts";
import type { Schema } from "../core/state/schema.ts";
import type { StateEvent, StateFrame } from "../core/state/state.ts";
import { DECIMAL_MARKS, type DecimalMark } from "./input/decimal_mark.ts";
import type { RowKeys } from "./rows/flat_row.ts";
import { FrameAssembler } from "./frames/frame_assembler.ts";
import { FrameClock } from "./frames/frame_clock.ts";
import type { FrameLoss } from "./frames/frame_loss.ts";
import { InputSyntaxError } from "./input/input_error.ts";
import type { InputFormat } from "./input_format.ts";
import type { InputNote } from "./input/input_note.ts";
import { KindTables } from "./kinds/kind_tables.ts";
import { QuietFrames } from "./frames/quiet_frames.ts";
import { givenRateNote } from "./frames/rate_note.ts";
import { RowFault } from "./input/row_fault.ts";
import { SkippedLines } from "./frames/skipped_lines.ts";
import { SparseSigns } from "./frames/sparse_signs.ts";
import { LineReader } from "./line_reader.ts";
import { StreamEvents } from "./events/stream_events.ts";
import { type ByteSource, readLines } from "./rows/text_lines.ts";
import { TIME_UNITS, type TimeUnit } from "./input/time_unit.ts";

/** How {@linkcode readStates} reads. */
export interface ReadStatesOptions {
  /** Name of the input for messages, usually its path; "input" when left out. */
  readonly source?: string | undefined;
  /** Format; when left out, the first line decides. */
  readonly format?: InputFormat | undefined;
  /** Key of the frame index; `f` when left out. A nested key is given by its dotted name. */
  readonly frameKey?: string | undefined;
  /** Key of the time; `t` when left out. */
  readonly timeKey?: string | undefined;
  /** Unit of the times; `ms` when left out. Frames have milliseconds in any case. */
  readonly timeUnit?: TimeUnit | undefined;
  /** Key of the entity's id; `id` when left out. */
  readonly idKey?: string | undefined;
  /** Key of the entity's kind; `kind` when left out. */
  readonly kindKey?: string | undefined;
  /**
   * True when a row is there only if it changed, and a field only if it changed; an entity then
   * lives until it is removed, and the frames between two frames with rows exist as well: in them
   * nothing changed. Otherwise an entity that has no row in a frame is gone, and a frame without
   * a row was never.
   */
  readonly sparse?: boolean | undefined;
  /**
   * Sparse only: step by which frames count, an integer from 1; 1 when left out. The first frame
   * starts the count, and a frame beside it is refused.
   */
  readonly every?: number | undefined;
  /** Sparse only: key that is true in a row that removes its entity; none when left out. */
  readonly despawnKey?: string | undefined;
  /** Frames a second, for rows without a time; 60 with a warning when left out. */
  readonly rateHz?: number | undefined;
  /** Types that values must fit, and fields that may be missing or null; none when left out. */
  readonly schema?: Schema | undefined;
  /**
   * CSV only: decimal mark of numbers, which may then have a leading `+` and marks between groups
   * of three digits; when left out, numbers are as JSON spells them.
   */
  readonly decimal?: DecimalMark | undefined;
  /** True to skip lines that cannot be read instead of stopping at the first. */
  readonly skipBad?: boolean | undefined;
  /** Called with the error of each line that was skipped. */
  readonly onBadLine?: ((error: InputSyntaxError) => void) | undefined;
  /** Called with what a frame lacks because of lines that were skipped, when that is known. */
  readonly onLoss?: ((loss: FrameLoss) => void) | undefined;
  /**
   * Key that makes a line an event; `ev` when left out. In CSV a record is an event where the cell
   * of that column is not empty. Where one of the keys above is the same, no line is an event.
   */
  readonly eventKey?: string | undefined;
  /** Takes the events among the states; without it they are refused. */
  readonly onEvent?: ((event: StateEvent) => void | Promise<void>) | undefined;
  /** Called at once with what is assumed. */
  readonly onWarning?: ((warning: InputNote) => void) | undefined;
  /** Called when reading ends, however it ends, with what the input may mean otherwise. */
  readonly onNote?: ((note: InputNote) => void) | undefined;
}

/**
 * Reads a state stream: NDJSON or CSV, gzipped or not, as its first bytes say.
 *
 * Each line is a row `{"f":12,"t":200,"id":3,"kind":"player","x":1.5}`, or a whole frame
 * `{"f":12,"t":200,"entities":[{"id":3,"x":1.5}]}`, or a record of CSV under a header. Objects and
 * lists inside a row become fields with dotted names (`pos.x`, `pos.0`); empty ones become none.
 * A key that an object holds twice is refused. A row without a kind is of kind `entity`, or in
 * sparse input of the kind that its entity has.
 *
 * A line with the event key, `{"ev":"shot","id":3}`, is an event, as `readEvents` has them. It may
 * name its frame or time, early or late; else it belongs to the frame that is being read. `onEvent`
 * gets it before the first frame that is not before it comes out, all of its data as it came.
 *
 * A frame comes out when a row of a later one or the end of the input completes it. Before an
 * error, every complete frame comes out; one that may lack rows does not. Sparse input has quiet
 * frames between those with rows, at times on the line between theirs. Entities ascend by id, and
 * a state that equals the one at the frame before is the same object. Memory is bounded by
 * {@linkcode INPUT_LIMITS}, not by the length of the input.
 *
 * @param input bytes; a stream is cancelled when the iteration ends early
 * @returns frames in ascending order
 * @throws {RangeError} at once for options that make no sense, or a schema that cannot be used
 * @throws {InputSyntaxError} while iterating, for input that is refused
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readStates } from "@hindcast/hindcast";
 *
 * const input = new Blob(['{"f":0,"t":0,"id":3,"x":1.5}\n{"f":1,"t":16,"id":3,"x":2}\n']).stream();
 * const frames = await Array.fromAsync(readStates(input, { source: "duel.ndjson" }));
 * assert.deepEqual(frames[1], {
 *   frame: 1,
 *   timeMs: 16,
 *   entities: [{ id: 3, kind: "entity", fields: { x: 2 } }],
 * });
 * ```
 */
export function readStates(
  input: ByteSource,
  options: ReadStatesOptions = {},
): AsyncGenerator<StateFrame, void, void> {
  const { source = "input", rateHz } = options;
  const isSparse = options.sparse === true;
  if (rateHz !== undefined && !(rateHz > 0 && Number.isFinite(rateHz))) {
    throw new RangeError(`Rate is ${rateHz} Hz, expected a number above 0`);
  }
  if (options.despawnKey !== undefined && !isSparse) {
    throw new RangeError(
      "Despawn key is for sparse input; in dense input an entity without a row is gone",
    );
  }
  const { every } = options;
  if (every !== undefined && !(Number.isInteger(every) && every >= 1 && isSparse)) {
    throw new RangeError(
      isSparse
        ? `Step between frames is ${every}, expected an integer from 1`
        : "Step between frames is for sparse input; in dense input a frame without a row was never",
    );
  }
  const keys = rowKeys(options);
  const { timeUnit, decimal, onNote } = options;
  refuseUnknown("Time unit", timeUnit, TIME_UNITS);
  refuseUnknown("Decimal mark", decimal, DECIMAL_MARKS);
  const step = isSparse ? every ?? 1 : undefined;
  const clock = new FrameClock(keys, rateHz, options.onWarning, timeUnit, step);
  const signs = isSparse || onNote === undefined ? undefined : new SparseSigns();
  const tables = new KindTables(options.schema, onNote !== undefined);
  const assembler = new FrameAssembler(keys, clock, tables, isSparse, signs);
  const events = streamEvents(keys, options);
  const reader = new LineReader(source, keys, assembler, events, options.format, decimal);
  const quiet = isSparse ? new QuietFrames(clock, every) : undefined;
  const withRows = framesOf(input, source, reader, events, options);
  return completed(withRows, quiet, events, options.onEvent, () => {
    if (onNote === undefined) return;
    const notes = [
      signs?.note() ?? quiet?.note(),
      givenRateNote(rateHz),
      ...clock.notes(),
      ...tables.notes(),
      unusedMarkNote(reader.format, decimal),
      reader.eventsNote(),
    ];
    for (const note of notes) if (note !== undefined) onNote(note);
  });
}

/**
 * Adds the quiet frames, hands on events before the first frame that is not before them, and tells
 * the notes when the frames end, fail, or are wanted no more.
 */
async function* completed(
  frames: AsyncGenerator<StateFrame, void, void>,
  quiet: QuietFrames | undefined,
  events: StreamEvents,
  onEvent: ReadStatesOptions["onEvent"],
  tellNotes: () => void,
): AsyncGenerator<StateFrame, void, void> {
  const tell = async (frame: StateFrame): Promise<void> => {
    for (const event of events.before(frame)) await onEvent?.(event);
  };
  try {
    for await (const frame of frames) {
      if (quiet !== undefined) {
        for (const before of quiet.before(frame)) {
          if (events.isDue(before)) await tell(before);
          yield before;
        }
      }
      if (events.isDue(frame)) await tell(frame);
      yield frame;
    }
  } finally {
    tellNotes();
  }
}

async function* framesOf(
  input: ByteSource,
  source: string,
  reader: LineReader,
  events: StreamEvents,
  options: ReadStatesOptions,
): AsyncGenerator<StateFrame, void, void> {
  let skipped = 0;
  const losses = new SkippedLines(options.sparse === true, (loss) => options.onLoss?.(loss));
  const skip = (fault: unknown): boolean => {
    if (!(fault instanceof RowFault)) throw fault;
    if (options.skipBad !== true || reader.isLost) return false;
    skipped++;
    options.onBadLine?.(reader.refusal(fault));
    if (reader.named !== undefined) {
      losses.skip(reader.named.frame, reader.named.id, reader.frame);
    }
    return true;
  };

  const tell = async (due: readonly StateEvent[]): Promise<void> => {
    for (const event of due) await options.onEvent?.(event);
  };

  let isBegun = false;
  const ready = (frame: StateFrame): StateFrame => {
    isBegun = true;
    losses.complete(frame);
    return frame;
  };

  try {
    for await (const batch of readLines(input, source)) {
      reader.skipBlankLines(batch);
      for (let i = 0; i < batch.lines.length; i++) {
        let frame: StateFrame | undefined;
        let refusal: InputSyntaxError | undefined;
        try {
          frame = reader.read(batch, i);
        } catch (fault) {
          if (skip(fault)) continue;
          refusal = reader.refusal(fault as RowFault);
          frame = reader.frameBeforeFault();
        }
        if (events.isFull) await tell(events.rest());
        if (frame !== undefined) yield ready(frame);
        if (refusal !== undefined) throw refusal;
      }
    }
  } catch (error) {
    // They were read, and are not at fault. Without a frame there is nothing that they belong to.
    if (isBegun) await tell(events.rest());
    throw error;
  }
  try {
    reader.end();
  } catch (fault) {
    if (!skip(fault)) throw reader.refusal(fault as RowFault);
  }
  const last = reader.endFrame();
  if (last !== undefined) yield ready(last);
  losses.end();
  if (reader.taken > 0) await tell(events.rest());
  else if (events.count > 0) {
    throw new InputSyntaxError(
      { source },
      `it holds no states, only ${events.count} events`,
      remedy`send at least one row, or name another key with ${optionKey("eventKey")} if ${
        JSON.stringify(events.key)
      } is a field`,
    );
  } else {
    throw new InputSyntaxError(
      { source },
      skipped > 0 ? `all ${skipped} lines are bad` : "it holds no rows",
      skipped > 0
        ? remedy`read it without ${optionKey("skipBad")} to see why`
        : remedy`send at least one row`,
    );
  }
}

function streamEvents(keys: RowKeys, options: ReadStatesOptions): StreamEvents {
  const { eventKey = "ev", onEvent } = options;
  const eventKeys = { frame: keys.frame, time: keys.time, event: eventKey };
  const isKey = !Object.values(keys).includes(eventKey);
  return new StreamEvents(eventKeys, isKey, onEvent !== undefined, options.timeUnit);
}

function unusedMarkNote(
  format: InputFormat | undefined,
  mark: DecimalMark | undefined,
): InputNote | undefined {
  if (mark === undefined || format === undefined || format === "csv") return undefined;
  return {
    code: "unused-decimal",
    problem:
      `the input is JSON, whose numbers have one spelling: the decimal mark ${mark} does nothing`,
  };
}

function refuseUnknown(what: string, value: string | undefined, known: readonly string[]): void {
  if (value === undefined || known.includes(value)) return;
  throw new RangeError(`${what} is ${value}, expected one of ${known.join(", ")}`);
}

function rowKeys(options: ReadStatesOptions): RowKeys {
  const keys: RowKeys = {
    frame: options.frameKey ?? "f",
    time: options.timeKey ?? "t",
    id: options.idKey ?? "id",
    kind: options.kindKey ?? "kind",
    despawn: options.despawnKey,
  };
  const names = Object.values(keys).filter((name) => name !== undefined);
  if (new Set(names).size !== names.length) {
    throw new RangeError(`Keys are ${names.join(", ")}, expected different ones`);
  }
  return keys;
}
