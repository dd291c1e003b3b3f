import type { PlacedEvent } from "../../recording/events/event_messages.ts";
import type { PlacedFrame, RecordingPart } from "../select/recording_part.ts";
import { EventLines } from "./event_lines.ts";
import { numberText } from "./json_value.ts";
import { NdjsonStates } from "./ndjson_states.ts";
import { nonFiniteNote } from "./non_finite_note.ts";
import { assertRowKeys, ENTITIES_KEY, ROW_KEYS, type RowKeys } from "./row_keys.ts";
import { RowIds } from "./row_ids.ts";
import type { RowNote } from "./row_note.ts";
import { wideNote } from "./wide_note.ts";
import type { RowWriter, TakeBytes } from "./row_writer.ts";
import { StateTexts } from "./state_texts.ts";
import { TextPieces } from "./text_pieces.ts";

/**
 * Starts NDJSON of a part of a recording, which reads back as what it was made of: a state a line,
 * `{"f":12,"t":200,"id":3,"kind":"player","x":1.5}`, a frame without states as
 * `{"f":12,"t":200,"entities":[]}`, and events as they came in.
 *
 * @param write takes the bytes, in order; they are not touched afterwards
 * @throws {RowKeyError} when a field has the name of a key
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { MemorySink, MemorySource } from "@hindcast/hindcast/recording";
 * import { openNdjsonRows, RecordingPart } from "@hindcast/hindcast/recording";
 * import { RecordingReader, RecordingWriter } from "@hindcast/hindcast/recording";
 *
 * const sink = new MemorySink();
 * const writer = await RecordingWriter.open(sink);
 * const entities = [{ id: 3, kind: "player", fields: { x: 1.5, weapon: "rl" } }];
 * await writer.write({ frame: 12, timeMs: 200, entities });
 * await writer.close();
 *
 * const reader = await RecordingReader.open(new MemorySource(sink.bytes()));
 * const part = RecordingPart.of(reader);
 * let text = "";
 * const rows = openNdjsonRows(part, (bytes) => text += new TextDecoder().decode(bytes));
 * for await (const item of part.timeline()) {
 *   if ("frame" in item) rows.addFrame(item);
 *   else rows.addEvent(item);
 * }
 * rows.finish();
 * assert.equal(text, '{"f":12,"t":200,"id":3,"kind":"player","x":1.5,"weapon":"rl"}\n');
 * ```
 */
export function openNdjsonRows(
  part: RecordingPart,
  write: TakeBytes,
  keys: RowKeys = ROW_KEYS,
): RowWriter {
  assertRowKeys(part.isOfEvents ? NO_STATES : part.schema, keys);
  return new NdjsonRows(part, write, keys);
}

const NO_STATES = { kinds: [] };

/** Events of one frame that wait for others; more keep the order in which they were written. */
const TIMED_MAX = 4096;

class NdjsonRows implements RowWriter {
  readonly #pieces: TextPieces;
  readonly #firstFrame: number;
  readonly #frameHead: string;
  readonly #timeHead: string;
  readonly #ids: RowIds;
  readonly #states: NdjsonStates;
  readonly #texts: StateTexts;
  readonly #events: EventLines;
  /**
   * Events of one frame that name only a time. They follow those that name the frame, since these
   * come first where they are read among states.
   */
  #timed: PlacedEvent[] = [];
  #frame: number | undefined;
  #nonFinite = 0;

  constructor({ reader, schema }: RecordingPart, write: TakeBytes, keys: RowKeys) {
    this.#pieces = new TextPieces(write);
    this.#firstFrame = reader.firstFrame ?? 0;
    this.#frameHead = `{${JSON.stringify(keys.frame)}:`;
    this.#timeHead = `,${JSON.stringify(keys.time)}:`;
    this.#ids = new RowIds(reader, schema, Object.values(keys));
    this.#states = new NdjsonStates(schema, keys, this.#ids);
    this.#texts = new StateTexts(this.#states.textOf);
    this.#events = new EventLines(keys);
  }

  addFrame({ frame: { frame, timeMs, entities } }: PlacedFrame): void {
    this.#flushTimed();
    const head = this.#frameHead + frame + this.#timeHead + numberText(timeMs);
    for (const { text, nonFinite } of this.#texts.of(entities)) {
      this.#pieces.add(head + text);
      this.#nonFinite += nonFinite;
    }
    if (entities.length === 0) this.#pieces.add(`${head},"${ENTITIES_KEY}":[]}\n`);
    this.#frame = frame;
  }

  addEvent(placed: PlacedEvent): void {
    const { offset, event } = placed;
    const isOther = this.#timed.length > 0 && this.#timed[0]!.offset !== offset;
    if (isOther || this.#timed.length >= TIMED_MAX) this.#flushTimed();
    if (event.frame === undefined && event.timeMs !== undefined) this.#timed.push(placed);
    else this.#writeEvent(placed);
  }

  finish(): void {
    this.#flushTimed();
    this.#pieces.flush();
  }

  notes(): readonly RowNote[] {
    return [
      ...nonFiniteNote(this.#nonFinite),
      ...wideNote(this.#states.wide),
      ...this.#ids.notes(),
      ...this.#events.notes(),
    ];
  }

  #flushTimed(): void {
    if (this.#timed.length === 0) return;
    for (const placed of this.#timed) this.#writeEvent(placed);
    this.#timed = [];
  }

  #writeEvent({ offset, event }: PlacedEvent): void {
    const standsAt = (this.#firstFrame + offset) >>> 0;
    this.#pieces.add(this.#events.lineOf(event, standsAt, this.#frame));
  }
}
