import type { Schema } from "../core/schema.ts";
import type { StateFrame } from "../core/state.ts";
import { DECIMAL_MARKS, type DecimalMark } from "./decimal_mark.ts";
import type { RowKeys } from "./flat_row.ts";
import { FrameAssembler } from "./frame_assembler.ts";
import { FrameClock } from "./frame_clock.ts";
import { InputSyntaxError } from "./input_error.ts";
import type { InputFormat } from "./input_format.ts";
import type { InputNote } from "./input_note.ts";
import { KindTables } from "./kind_tables.ts";
import { givenRateNote } from "./rate_note.ts";
import { RowFault } from "./row_fault.ts";
import { StateReader } from "./state_reader.ts";
import { type ByteSource, readLines } from "./text_lines.ts";
import { TIME_UNITS, type TimeUnit } from "./time_unit.ts";

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
   * lives until it is removed. Otherwise an entity that has no row in a frame is gone.
   */
  readonly sparse?: boolean | undefined;
  /** Sparse only: key that is true in a row that removes its entity; none when left out. */
  readonly despawnKey?: string | undefined;
  /** Frames a second, for rows without a time; 60 with a warning when left out. */
  readonly rateHz?: number | undefined;
  /** Types that values must fit, and fields that may be missing; none when left out. */
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
  /** Called with one line about something that was assumed. */
  readonly onWarning?: ((message: string) => void) | undefined;
  /** Called when reading ends, however it ends, with what the input may mean otherwise. */
  readonly onNote?: ((note: InputNote) => void) | undefined;
}

/**
 * Reads a state stream: NDJSON or CSV, gzipped or not, as its first bytes say.
 *
 * Each line is a row `{"f":12,"t":200,"id":3,"kind":"player","x":1.5}`, or a whole frame
 * `{"f":12,"t":200,"entities":[{"id":3,"x":1.5}]}`, or a record of CSV under a header. Objects and
 * lists inside a row become fields with dotted names (`pos.x`, `pos.0`); empty ones become none.
 * Of equal keys in one object the last counts, as JSON parsers have it. A row without a kind is of
 * kind `entity`, or in sparse input of the kind that its entity has.
 *
 * A frame comes out when a row of a later one or the end of the input completes it. Before an
 * error, every complete frame comes out; one that may lack rows does not. Entities ascend by id,
 * and a state that equals the one at the frame before is the same object. Memory is bounded by
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
  const keys = rowKeys(options);
  const { timeUnit, decimal, onNote } = options;
  refuseUnknown("Time unit", timeUnit, TIME_UNITS);
  refuseUnknown("Decimal mark", decimal, DECIMAL_MARKS);
  const clock = new FrameClock(keys, rateHz, options.onWarning, timeUnit);
  const tables = new KindTables(options.schema, onNote !== undefined);
  const assembler = new FrameAssembler(keys, clock, tables, isSparse);
  const reader = new StateReader(source, keys, assembler, options.format, decimal);
  const frames = framesOf(input, source, reader, options);
  if (onNote === undefined) return frames;
  return withNotes(frames, () => [
    ...noteOf(givenRateNote(rateHz)),
    ...clock.notes(),
    ...tables.notes(),
    ...noteOf(unusedMarkNote(reader.format, decimal)),
  ], onNote);
}

async function* withNotes(
  frames: AsyncGenerator<StateFrame, void, void>,
  notes: () => readonly InputNote[],
  onNote: (note: InputNote) => void,
): AsyncGenerator<StateFrame, void, void> {
  try {
    yield* frames;
  } finally {
    for (const note of notes()) onNote(note);
  }
}

async function* framesOf(
  input: ByteSource,
  source: string,
  reader: StateReader,
  options: ReadStatesOptions,
): AsyncGenerator<StateFrame, void, void> {
  let skipped = 0;
  const skip = (fault: unknown): boolean => {
    if (!(fault instanceof RowFault)) throw fault;
    if (options.skipBad !== true || reader.isLost) return false;
    skipped++;
    options.onBadLine?.(reader.refusal(fault));
    return true;
  };

  for await (const { lines, firstLine, damaged } of readLines(input, source)) {
    for (let i = 0; i < lines.length; i++) {
      let frame: StateFrame | undefined;
      try {
        frame = reader.read(lines[i]!, firstLine + i, damaged?.has(i) === true);
      } catch (fault) {
        if (skip(fault)) continue;
        const refusal = reader.refusal(fault as RowFault);
        const complete = reader.frameBeforeFault();
        if (complete !== undefined) yield complete;
        throw refusal;
      }
      if (frame !== undefined) yield frame;
    }
  }
  try {
    reader.end();
  } catch (fault) {
    if (!skip(fault)) throw reader.refusal(fault as RowFault);
  }
  const last = reader.endFrame();
  if (last !== undefined) yield last;
  if (reader.taken === 0) {
    throw new InputSyntaxError(
      { source },
      skipped > 0 ? `all ${skipped} lines are bad` : "it holds no rows",
      skipped > 0 ? "read it without --skip-bad to see why" : "send at least one row",
    );
  }
}

function noteOf(note: InputNote | undefined): readonly InputNote[] {
  return note === undefined ? [] : [note];
}

function unusedMarkNote(
  format: InputFormat | undefined,
  mark: DecimalMark | undefined,
): InputNote | undefined {
  if (mark === undefined || format === undefined || format === "csv") return undefined;
  return {
    code: "unused-decimal",
    message:
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
