import type { ParquetColumn, ParquetValue } from "../../parquet/parquet_column.ts";
import { openParquetRows, type ParquetRows } from "../../parquet/parquet_rows.ts";
import type { PlacedEvent } from "../../recording/events/event_messages.ts";
import { jsonValueText } from "../rows/json_value.ts";
import type { RowNote } from "../rows/row_note.ts";
import type { RowWriter, TakeBytes } from "../rows/row_writer.ts";
import type { RecordingPart } from "../select/recording_part.ts";
import { type EventMember, eventMembers } from "./event_members.ts";
import { type MemberColumn, MemberColumns, renamedMembers } from "./member_columns.ts";
import { membersLeftNote, renamedNote, replacedTextsNote } from "./table_notes.ts";

/**
 * Starts a Parquet file of the events of a part of a recording, one row an event: `f` (frame), `t`
 * (milliseconds), `ev` (name), a column for each member of their data by its dotted name, and
 * `data`, the whole event as JSON. A member is a number, a text or a truth value, and JSON where
 * events differ in that. Reads all events for their members; then it holds a row group.
 *
 * @param write takes the bytes of the file, in order; they are not touched afterwards
 * @throws {RecordingSyntaxError} when a chunk of events is damaged
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { MemorySink, MemorySource } from "@hindcast/hindcast/recording";
 * import { openEventsParquet, RecordingPart } from "@hindcast/hindcast/recording";
 * import { RecordingReader, RecordingWriter } from "@hindcast/hindcast/recording";
 *
 * const sink = new MemorySink();
 * const writer = await RecordingWriter.open(sink);
 * const data = { f: 0, ev: "shot", id: 3 };
 * await writer.writeEvent({ frame: 0, timeMs: undefined, name: "shot", data });
 * await writer.close();
 *
 * const reader = await RecordingReader.open(new MemorySource(sink.bytes()));
 * const part = RecordingPart.of(reader, { events: "only" });
 * const pieces: Uint8Array[] = [];
 * const rows = await openEventsParquet(part, (bytes) => pieces.push(bytes));
 * for await (const placed of part.events()) rows.addEvent(placed);
 * rows.finish();
 * assert.equal(new TextDecoder().decode(pieces[0]!.subarray(0, 4)), "PAR1");
 * ```
 */
export async function openEventsParquet(
  part: RecordingPart,
  write: TakeBytes,
): Promise<RowWriter> {
  const members = new MemberColumns();
  for await (const { event } of part.events()) members.add(eventMembers(event, () => {}));
  const columns = members.columns();
  const rows = await openParquetRows([...HEAD, ...columns.map(parquetColumn), DATA], write);
  return new EventsParquet(columns, rows);
}

interface EventRow {
  readonly frame: number | undefined;
  readonly timeMs: number | undefined;
  readonly name: string;
  readonly values: ReadonlyMap<string, ParquetValue>;
  readonly data: string;
}

const HEAD: readonly ParquetColumn<EventRow>[] = [
  { name: "f", type: "INT64", isOptional: true, value: ({ frame }) => frame },
  { name: "t", type: "DOUBLE", isOptional: true, value: ({ timeMs }) => timeMs },
  { name: "ev", type: "TEXT", value: ({ name }) => name },
];

const DATA: ParquetColumn<EventRow> = { name: "data", type: "TEXT", value: ({ data }) => data };

function parquetColumn({ name, member, type }: MemberColumn): ParquetColumn<EventRow> {
  return {
    name,
    type: type === "JSON" ? "TEXT" : type,
    isOptional: true,
    value: ({ values }) => values.get(member),
  };
}

class EventsParquet implements RowWriter {
  readonly #columns: readonly MemberColumn[];
  readonly #types: ReadonlyMap<string, MemberColumn["type"]>;
  readonly #rows: ParquetRows<EventRow>;
  #left = 0;

  constructor(columns: readonly MemberColumn[], rows: ParquetRows<EventRow>) {
    this.#columns = columns;
    this.#types = new Map(columns.map(({ member, type }) => [member, type]));
    this.#rows = rows;
  }

  addFrame(): void {
    throw new TypeError("A table of events has no states");
  }

  addEvent({ event }: PlacedEvent): void {
    const values = new Map<string, ParquetValue>();
    for (const member of eventMembers(event, () => this.#left++)) {
      const type = this.#types.get(member.name);
      if (type === undefined) this.#left++;
      else values.set(member.name, valueOf(member, type));
    }
    const { frame, timeMs, name, data } = event;
    this.#rows.add({ frame, timeMs, name, values, data: jsonValueText(data) });
  }

  finish(): void {
    this.#rows.finish();
  }

  notes(): readonly RowNote[] {
    return [
      ...membersLeftNote(this.#left, this.#columns.length),
      ...renamedNote("members", renamedMembers(this.#columns)),
      ...replacedTextsNote(this.#rows.replacedTexts),
    ];
  }
}

function valueOf({ value, isJson }: EventMember, type: MemberColumn["type"]): ParquetValue {
  return type === "JSON" && !isJson ? jsonValueText(value) : value;
}
