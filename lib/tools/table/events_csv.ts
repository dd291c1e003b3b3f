import type { PlacedEvent } from "../../recording/events/event_messages.ts";
import { jsonValueText, numberText } from "../rows/json_value.ts";
import { ROW_KEYS, type RowKeys } from "../rows/row_keys.ts";
import type { RowNote } from "../rows/row_note.ts";
import type { RowWriter, TakeBytes } from "../rows/row_writer.ts";
import { TextPieces } from "../rows/text_pieces.ts";
import type { RecordingPart } from "../select/recording_part.ts";
import { csvLine, textCell } from "./csv_cell.ts";
import { type EventMember, eventMembers } from "./event_members.ts";
import { type MemberColumn, MemberColumns, renamedMembers } from "./member_columns.ts";
import { membersLeftNote, renamedNote, replacedTextsNote } from "./table_notes.ts";

/**
 * Starts CSV of the events of a part of a recording: frame, time, name, a column for each member of
 * their data by its dotted name, and `data`, the whole event as JSON. What an event lacks is an
 * empty cell. Reads all events for their members; then it holds a piece.
 *
 * @param write takes the bytes, in order; they are not touched afterwards
 * @throws {RecordingSyntaxError} when a chunk of events is damaged
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { MemorySink, MemorySource } from "@hindcast/hindcast/recording";
 * import { openEventsCsv, RecordingPart } from "@hindcast/hindcast/recording";
 * import { RecordingReader, RecordingWriter } from "@hindcast/hindcast/recording";
 *
 * const sink = new MemorySink();
 * const writer = await RecordingWriter.open(sink);
 * const data = { f: 0, ev: "shot", at: { x: 1.5 } };
 * await writer.writeEvent({ frame: 0, timeMs: undefined, name: "shot", data });
 * await writer.close();
 *
 * const reader = await RecordingReader.open(new MemorySource(sink.bytes()));
 * const part = RecordingPart.of(reader, { events: "only" });
 * let text = "";
 * const rows = await openEventsCsv(part, (bytes) => text += new TextDecoder().decode(bytes));
 * for await (const placed of part.events()) rows.addEvent(placed);
 * rows.finish();
 * assert.deepEqual(text.split("\r\n"), [
 *   "f,t,ev,at.x,data",
 *   '0,,shot,1.5,"{""f"":0,""ev"":""shot"",""at"":{""x"":1.5}}"',
 *   "",
 * ]);
 * ```
 */
export async function openEventsCsv(
  part: RecordingPart,
  write: TakeBytes,
  keys: RowKeys = ROW_KEYS,
): Promise<RowWriter> {
  const members = new MemberColumns();
  for await (const { event } of part.events()) members.add(eventMembers(event, () => {}, keys));
  const columns = members.columns([keys.frame, keys.time, keys.event, DATA]);
  return new EventsCsv(columns, new TextPieces(write), keys);
}

/** Column of the whole event. */
const DATA = "data";

class EventsCsv implements RowWriter {
  readonly #columns: readonly MemberColumn[];
  readonly #indexes: ReadonlyMap<string, number>;
  readonly #pieces: TextPieces;
  readonly #keys: RowKeys;
  #left = 0;
  #broken = 0;

  constructor(columns: readonly MemberColumn[], pieces: TextPieces, keys: RowKeys) {
    this.#columns = columns;
    this.#indexes = new Map(columns.map(({ member }, i) => [member, i]));
    this.#pieces = pieces;
    this.#keys = keys;
    const names = [keys.frame, keys.time, keys.event, ...columns.map(({ name }) => name), DATA];
    pieces.add(csvLine(names.map(textCell)));
  }

  addFrame(): void {
    throw new TypeError("A table of events has no states");
  }

  addEvent({ event }: PlacedEvent): void {
    const { frame, timeMs, name, data } = event;
    const cells = new Array<string>(this.#columns.length).fill("");
    for (const member of eventMembers(event, () => this.#left++, this.#keys)) {
      const index = this.#indexes.get(member.name);
      if (index === undefined) this.#left++;
      else cells[index] = this.#cell(member.value);
    }
    this.#pieces.add(csvLine([
      frame === undefined ? "" : String(frame),
      timeMs === undefined ? "" : numberText(timeMs),
      this.#cell(name),
      ...cells,
      textCell(jsonValueText(data)),
    ]));
  }

  finish(): void {
    this.#pieces.flush();
  }

  notes(): readonly RowNote[] {
    return [
      ...membersLeftNote(this.#left, this.#columns.length),
      ...renamedNote("members", renamedMembers(this.#columns)),
      ...replacedTextsNote(this.#broken),
    ];
  }

  #cell(value: EventMember["value"]): string {
    if (typeof value === "number") return numberText(value);
    if (typeof value === "boolean") return value ? "true" : "false";
    if (!value.isWellFormed()) this.#broken++;
    return textCell(value);
  }
}
