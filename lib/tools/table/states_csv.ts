import { optionKey, remedy } from "../../core/remedy.ts";
import { numberText } from "../rows/json_value.ts";
import { listed } from "../select/listed.ts";
import { nonFiniteNote } from "../rows/non_finite_note.ts";
import { RowIds } from "../rows/row_ids.ts";
import { assertRowKeys, ROW_KEYS, type RowKeys } from "../rows/row_keys.ts";
import type { RowNote } from "../rows/row_note.ts";
import type { RowWriter, TakeBytes } from "../rows/row_writer.ts";
import { StateTexts } from "../rows/state_texts.ts";
import { TextPieces } from "../rows/text_pieces.ts";
import type { PlacedFrame, RecordingPart } from "../select/recording_part.ts";
import { CsvStates } from "./csv_states.ts";
import { emptyFramesNote, eventsLeftNote, replacedTextsNote } from "./table_notes.ts";

/**
 * Starts CSV of the states of a part of a recording by RFC 4180: frame, time, id, kind, and a column
 * for each field of any kind. A field that a state lacks is an empty cell, an empty text is `""`.
 * Frames without a state have no row, and events neither.
 *
 * @param write takes the bytes, in order; they are not touched afterwards
 * @throws {RowKeyError} when a field has the name of a key
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { MemorySink, MemorySource } from "@hindcast/hindcast/recording";
 * import { openStatesCsv, RecordingPart } from "@hindcast/hindcast/recording";
 * import { RecordingReader, RecordingWriter } from "@hindcast/hindcast/recording";
 *
 * const sink = new MemorySink();
 * const writer = await RecordingWriter.open(sink);
 * const entities = [{ id: 3, kind: "ship", fields: { x: 1.5, name: "ada, or so" } }];
 * await writer.write({ frame: 12, timeMs: 200, entities });
 * await writer.close();
 *
 * const reader = await RecordingReader.open(new MemorySource(sink.bytes()));
 * const part = RecordingPart.of(reader);
 * let text = "";
 * const rows = openStatesCsv(part, (bytes) => text += new TextDecoder().decode(bytes));
 * for await (const placed of part.frames()) rows.addFrame(placed);
 * rows.finish();
 * assert.equal(text, 'f,t,id,kind,x,name\r\n12,200,3,ship,1.5,"ada, or so"\r\n');
 * ```
 */
export function openStatesCsv(
  part: RecordingPart,
  write: TakeBytes,
  keys: RowKeys = ROW_KEYS,
): RowWriter {
  assertRowKeys(part.schema, keys);
  const ids = new RowIds(part.reader, part.schema, Object.values(keys));
  return new StatesCsv(new CsvStates(part.schema, keys, ids), ids, new TextPieces(write));
}

class StatesCsv implements RowWriter {
  readonly #pieces: TextPieces;
  readonly #states: CsvStates;
  readonly #ids: RowIds;
  readonly #texts: StateTexts;
  #nonFinite = 0;
  #broken = 0;
  #emptyFrames = 0;
  #events = 0;

  constructor(states: CsvStates, ids: RowIds, pieces: TextPieces) {
    this.#ids = ids;
    this.#pieces = pieces;
    this.#states = states;
    this.#texts = new StateTexts(states.textOf);
    pieces.add(states.header);
  }

  addFrame({ frame: { frame, timeMs, entities } }: PlacedFrame): void {
    const head = `${frame},${numberText(timeMs)},`;
    for (const { text, nonFinite, broken } of this.#texts.of(entities)) {
      this.#pieces.add(head + text);
      this.#nonFinite += nonFinite;
      this.#broken += broken;
    }
    if (entities.length === 0) this.#emptyFrames++;
  }

  addEvent(): void {
    this.#events++;
  }

  finish(): void {
    this.#pieces.flush();
  }

  notes(): readonly RowNote[] {
    return [
      ...eventsLeftNote(this.#events),
      ...emptyFramesNote(this.#emptyFrames),
      ...nonFiniteNote(this.#nonFinite),
      ...this.#ids.notes(),
      ...mistakableNote(this.#states.mistakable),
      ...replacedTextsNote(this.#broken),
    ];
  }
}

function mistakableNote(fields: readonly string[]): RowNote[] {
  if (fields.length === 0) return [];
  return [{
    code: "texts-like-values",
    problem: `the first texts of ${listed(fields.map((name) => JSON.stringify(name)))} spell a ` +
      "number or a truth value, and cells do not tell which they are",
    remedy: remedy`record it with ${optionKey("schema")}, as ${optionKey("infoSchema")} prints it`,
  }];
}
