import type { EntityState } from "../../core/state/state.ts";
import type { ParquetColumn } from "../../parquet/parquet_column.ts";
import { openParquetRows, type ParquetRows } from "../../parquet/parquet_rows.ts";
import { RowIds } from "../rows/row_ids.ts";
import type { RowNote } from "../rows/row_note.ts";
import type { RowWriter, TakeBytes } from "../rows/row_writer.ts";
import type { PlacedFrame, RecordingPart } from "../select/recording_part.ts";
import { type FieldColumn, fieldColumns, STATE_COLUMNS, valueIn } from "./field_columns.ts";
import { emptyFramesNote, eventsLeftNote, renamedNote, replacedTextsNote } from "./table_notes.ts";

/**
 * Starts a Parquet file of the states of a part of a recording, one row a state: `f` (frame), `t`
 * (milliseconds), `id` (a text where not all are integers), `kind` and a column for each field, NULL where a state has no value. Frames
 * without a state have no row, and events neither. It holds a row group.
 *
 * @param write takes the bytes of the file, in order; they are not touched afterwards
 * @throws {RangeError} for more fields than a table may have columns
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { MemorySink, MemorySource } from "@hindcast/hindcast/recording";
 * import { openStatesParquet, RecordingPart } from "@hindcast/hindcast/recording";
 * import { RecordingReader, RecordingWriter } from "@hindcast/hindcast/recording";
 *
 * const sink = new MemorySink();
 * const writer = await RecordingWriter.open(sink);
 * const entities = [{ id: 3, kind: "ship", fields: { x: 1.5 } }];
 * await writer.write({ frame: 0, timeMs: 0, entities });
 * await writer.close();
 *
 * const reader = await RecordingReader.open(new MemorySource(sink.bytes()));
 * const part = RecordingPart.of(reader);
 * const pieces: Uint8Array[] = [];
 * const rows = await openStatesParquet(part, (bytes) => pieces.push(bytes));
 * for await (const placed of part.frames()) rows.addFrame(placed);
 * rows.finish();
 * assert.equal(new TextDecoder().decode(pieces[0]!.subarray(0, 4)), "PAR1");
 * ```
 */
export async function openStatesParquet(
  part: RecordingPart,
  write: TakeBytes,
): Promise<RowWriter> {
  const ids = new RowIds(part.reader, part.schema, STATE_COLUMNS);
  const fields = fieldColumns(part.schema, ids.lifeKey === undefined ? [] : [ids.lifeKey]);
  const columns = [...headOf(ids), ...fields.map(parquetColumn)];
  return new StatesParquet(fields, ids, await openParquetRows(columns, write));
}

interface StateRow {
  readonly frame: number;
  readonly timeMs: number;
  readonly state: EntityState;
}

function headOf(ids: RowIds): ParquetColumn<StateRow>[] {
  const { lifeKey } = ids;
  return [
    { name: "f", type: "INT64", value: ({ frame }) => frame },
    { name: "t", type: "DOUBLE", value: ({ timeMs }) => timeMs },
    ids.areIntegers
      ? { name: "id", type: "INT64", value: ({ state }) => ids.of(state.id) }
      : { name: "id", type: "TEXT", value: ({ state }) => String(ids.of(state.id)) },
    { name: "kind", type: "TEXT", value: ({ state }) => state.kind },
    ...(lifeKey === undefined ? [] : [{
      name: lifeKey,
      type: "INT64" as const,
      value: ({ state }: StateRow) => ids.lifeOf(state.id),
    }]),
  ];
}

function parquetColumn(column: FieldColumn): ParquetColumn<StateRow> {
  const { name, type } = column;
  return { name, type, isOptional: true, value: ({ state }) => valueIn(column, state) };
}

class StatesParquet implements RowWriter {
  readonly #fields: readonly FieldColumn[];
  readonly #ids: RowIds;
  readonly #rows: ParquetRows<StateRow>;
  #emptyFrames = 0;
  #events = 0;

  constructor(fields: readonly FieldColumn[], ids: RowIds, rows: ParquetRows<StateRow>) {
    this.#ids = ids;
    this.#fields = fields;
    this.#rows = rows;
  }

  addFrame({ frame: { frame, timeMs, entities } }: PlacedFrame): void {
    for (const state of entities) this.#rows.add({ frame, timeMs, state });
    if (entities.length === 0) this.#emptyFrames++;
  }

  addEvent(): void {
    this.#events++;
  }

  finish(): void {
    this.#rows.finish();
  }

  notes(): readonly RowNote[] {
    const renamed = this.#fields.filter(({ name, field }) => name !== field).map((column) => {
      const of = Array.from(column.kinds, (kind) => `${kind}.${column.field}`);
      return { column: column.name, of: of.join(" and ") };
    });
    return [
      ...eventsLeftNote(this.#events),
      ...emptyFramesNote(this.#emptyFrames),
      ...renamedNote("fields", renamed),
      ...this.#ids.notes(),
      ...replacedTextsNote(this.#rows.replacedTexts),
    ];
  }
}
