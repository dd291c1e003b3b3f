import { optionKey, remedy } from "../core/remedy.ts";
import type { FrameHead, StateFrame } from "../core/state/state.ts";
import { StreamEvents } from "./events/stream_events.ts";
import { framesOf, type FrameSource } from "./frame_source.ts";
import { EntityIds } from "./frames/entity_ids.ts";
import { FrameAssembler } from "./frames/frame_assembler.ts";
import { FrameClock } from "./frames/frame_clock.ts";
import { type FrameFormer, FRAMES_OF_OBJECTS } from "./frames/frame_former.ts";
import { QuietFrames } from "./frames/quiet_frames.ts";
import { givenRateNote } from "./frames/rate_note.ts";
import { SkippedLines } from "./frames/skipped_lines.ts";
import { SparseSigns } from "./frames/sparse_signs.ts";
import type { ByteSource } from "./input/byte_source.ts";
import type { DecimalMark } from "./input/decimal_mark.ts";
import type { InputFormat } from "./input/input_format.ts";
import type { InputNote } from "./input/input_note.ts";
import { LeftOut } from "./input/left_out.ts";
import { entitiesInEntitiesNote } from "./collections/listed_entities.ts";
import { nestedEntitiesNote } from "./collections/nested_entities.ts";
import { KindTables } from "./kinds/kind_tables.ts";
import { LineReader } from "./line_reader.ts";
import type { RowKeys } from "./rows/flat_row.ts";
import { type LineLosses, StatesReading } from "./states_reading.ts";
import { assertStatesOptions, type ReadStatesOptions, rowKeys } from "./states_options.ts";

/**
 * Reads a state stream: NDJSON or CSV, gzipped or not, as its first bytes say.
 *
 * Each line is a row `{"f":12,"t":200,"id":3,"kind":"player","x":1.5}`, or a whole frame
 * `{"f":12,"t":200,"entities":[{"id":3,"x":1.5}]}`, in any order where each frame has one form, or
 * a record of CSV under a header. A whole frame may have any collections of entities, as lists or
 * as maps by their ids, `{"f":12,"players":{"xK3a":{"x":1.5}}}`: the collection's name is the kind of
 * entities that name none, and what else the frame holds is an entity `frame`. Objects and lists inside a row become fields with dotted names
 * (`pos.x`, `pos.0`); a list whose length changes has it as `inv.length`, as an empty object has 0.
 * A row may lack fields and bring new ones, and null is absence, unless a schema says what is there. A key that an object holds twice is refused. A row without a kind is of kind `entity`, or in
 * sparse input of the kind that its entity has.
 *
 * A line with the event key, `{"ev":"shot","id":3}`, is an event, as `readEvents` has them. It may
 * name its frame or time, early or late; else it belongs to the frame that is being read. `onEvent`
 * gets it before the first frame that is not before it comes out, all of its data as it came.
 *
 * A frame comes out when a row of a later one or the end of the input completes it. Before an
 * error, every complete frame comes out; one that may lack rows does not. Sparse input has quiet
 * frames between those with rows, at times on the line between theirs. `onSession` is told between
 * the frames of two sessions, when all events of the first are. Entities ascend by id, and
 * a state that equals the one at the frame before is the same object. Memory is bounded
 * by limits on lines, entities and names, not by the length of the input.
 *
 * @param input bytes; a stream is cancelled when the iteration ends early
 * @returns frames in ascending order
 * @throws {RangeError} at once for options that make no sense, or a schema that cannot be used
 * @throws {InputSyntaxError} while iterating, for input that is refused
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readStates } from "@hindcast/hindcast/ingest";
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
  return framesOf(openStates(input, options));
}

/**
 * As {@linkcode readStates}, without a wait for each frame.
 *
 * @param input bytes; a stream is cancelled when the source is closed early
 * @throws {RangeError} at once for options that make no sense, or a schema that cannot be used
 */
export function openStates(
  input: ByteSource,
  options: ReadStatesOptions = {},
): FrameSource<StateFrame> {
  return openFrames(input, options, FRAMES_OF_OBJECTS, skippedLines(options));
}

/**
 * As {@linkcode openStates}, with frames of any form.
 *
 * @param former makes frames
 * @param losses told of lines that are skipped and of frames that come out
 */
export function openFrames<T extends FrameHead>(
  input: ByteSource,
  options: ReadStatesOptions,
  former: FrameFormer<T>,
  losses?: LineLosses<T>,
): FrameSource<T> {
  assertStatesOptions(options);
  const { source = "input", rateHz, every, timeUnit, decimal, onNote } = options;
  const density = options.sparse === true ? "sparse" : "dense";
  const keys = rowKeys(options);
  const step = density === "sparse" ? every ?? 1 : undefined;
  const clock = new FrameClock(keys, rateHz, options.onWarning, timeUnit, step, {
    bits: options.frameBits,
    offset: options.frameOffset,
    isSplit: options.onRestart === "split",
  });
  const signs = density === "sparse" || onNote === undefined ? undefined : new SparseSigns();
  const tables = new KindTables(options.schema, {
    isWatching: onNote !== undefined,
    isSparse: density === "sparse",
    facts: options.shapes,
  });
  const ids = new EntityIds(keys, options.names, options.generationKey);
  const assembler = new FrameAssembler(
    keys,
    clock,
    tables,
    density,
    ids,
    former,
    options.joined === true,
    signs,
  );
  const events = streamEvents(keys, clock, options);
  const leftOut = LeftOut.of(options);
  const reader = new LineReader(source, keys, assembler, events, options, leftOut);
  const quiet = density === "sparse" ? new QuietFrames(clock, every, former) : undefined;
  const tellNotes = () => {
    if (onNote === undefined) return;
    const notes = [
      signs?.note() ?? quiet?.note(),
      givenRateNote(rateHz),
      ...clock.notes(),
      ...tables.notes(),
      nestedEntitiesNote(tables.only),
      entitiesInEntitiesNote(tables.all),
      unusedMarkNote(reader.format, decimal),
      unusedKeyNote(events, options.eventKey),
      ...reader.notes(),
      ...leftOut?.notes() ?? [],
      ids.generations?.note(),
      events.note(),
    ];
    for (const note of notes) if (note !== undefined) onNote(note);
  };
  const parts = { source, ids, clock, reader, events, quiet, losses, tellNotes };
  return new StatesReading(input, options, parts);
}

function skippedLines(options: ReadStatesOptions): SkippedLines {
  const density = options.sparse === true ? "sparse" : "dense";
  return new SkippedLines(density, (loss) => options.onLoss?.(loss), options.names);
}

function streamEvents(
  keys: RowKeys,
  clock: FrameClock,
  options: ReadStatesOptions,
): StreamEvents {
  const { eventKey = "ev", onEvent, timeUnit, eventWindowMs: windowMs } = options;
  const eventKeys = { frame: keys.frame, time: keys.time, event: eventKey };
  const isKey = !Object.values(keys).includes(eventKey);
  const isKind = eventKey === keys.kind;
  const isWanted = onEvent !== undefined;
  return new StreamEvents(eventKeys, clock, { isKey, isKind, isWanted, timeUnit, windowMs });
}

function unusedKeyNote(
  { key, count }: StreamEvents,
  eventKey: string | undefined,
): InputNote | undefined {
  if (eventKey === undefined || key !== undefined || count > 0) return undefined;
  return {
    code: "unused-event-key",
    problem: `no line is an event, since rows have the event key ${
      JSON.stringify(eventKey)
    } for something else`,
    remedy: remedy`name a key that events alone have with ${optionKey("eventKey")}`,
  };
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
