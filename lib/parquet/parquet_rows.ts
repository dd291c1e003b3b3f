import type { ByteWriter, ColumnSource, ParquetWriter } from "hyparquet-writer";
import type { ParquetColumn, ParquetValue } from "./parquet_column.ts";

/** Rows in one row group of the file; no more are held in memory. */
export const PARQUET_GROUP_ROWS = 65_536;
/** UTF-16 code units of texts that end a row group before it has all of its rows. */
export const PARQUET_GROUP_UNITS: number = 32 * 1024 * 1024;

/** Takes the bytes of a file, in order; they are not touched afterwards. */
export type WriteBytes = (bytes: Uint8Array) => void;

/** Starts a Parquet file, which is written a row group at a time. */
export async function openParquetRows<Row>(
  columns: readonly ParquetColumn<Row>[],
  write: WriteBytes,
): Promise<ParquetRows<Row>> {
  const { ByteWriter, ParquetWriter } = await import("hyparquet-writer");
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    createdBy: "hindcast",
    schema: [{ name: "root", num_children: columns.length }, ...columns.map(schemaElement)],
  });
  return new ParquetRows(columns, writer, bytes, write);
}

/** Rows of a Parquet file. */
export class ParquetRows<Row> {
  readonly #columns: readonly ParquetColumn<Row>[];
  readonly #texts: readonly ParquetColumn<Row>[];
  readonly #writer: ParquetWriter;
  readonly #bytes: ByteWriter;
  readonly #write: WriteBytes;
  #rows: Row[] = [];
  #units = 0;
  #replacedTexts = 0;

  /** No row yet. */
  constructor(
    columns: readonly ParquetColumn<Row>[],
    writer: ParquetWriter,
    bytes: ByteWriter,
    write: WriteBytes,
  ) {
    this.#columns = columns;
    this.#texts = columns.filter(({ type }) => type === "TEXT");
    this.#writer = writer;
    this.#bytes = bytes;
    this.#write = write;
  }

  /** Texts that hold half a surrogate pair, for which UTF-8 has U+FFFD only. */
  get replacedTexts(): number {
    return this.#replacedTexts;
  }

  /** Adds a row, which must not change afterwards. */
  add(row: Row): void {
    for (const { value } of this.#texts) {
      const text = value(row) as string | undefined;
      if (text === undefined) continue;
      this.#units += text.length;
      if (!text.isWellFormed()) this.#replacedTexts++;
    }
    this.#rows.push(row);
    const isFull = this.#rows.length >= PARQUET_GROUP_ROWS || this.#units >= PARQUET_GROUP_UNITS;
    if (isFull) this.#flush();
  }

  /** Writes what is left, and the end of the file. */
  finish(): void {
    if (this.#rows.length > 0) this.#flush();
    this.#writer.finish();
    this.#drain();
  }

  #flush(): void {
    const rows = this.#rows;
    this.#writer.write({
      columnData: this.#columns.map((column) => columnOf(column, rows)),
      rowGroupSize: rows.length,
    });
    this.#rows = [];
    this.#units = 0;
    this.#drain();
  }

  /** Hands on what the writer holds; places in the file are counted by `offset`, not by `index`. */
  #drain(): void {
    if (this.#bytes.index === 0) return;
    const bytes = this.#bytes.getBytes().slice();
    this.#bytes.index = 0;
    this.#write(bytes);
  }
}

function schemaElement<Row>({ name, type, isOptional }: ParquetColumn<Row>) {
  const repetition = { repetition_type: isOptional ? "OPTIONAL" as const : "REQUIRED" as const };
  if (type === "UINT64") {
    return { name, type: "INT64" as const, converted_type: "UINT_64" as const, ...repetition };
  }
  if (type !== "TEXT") return { name, type, ...repetition };
  return { name, type: "BYTE_ARRAY" as const, converted_type: "UTF8" as const, ...repetition };
}

/** A column of a row group; its values are made when they are asked for, one column at a time. */
function columnOf<Row>(column: ParquetColumn<Row>, rows: readonly Row[]): ColumnSource {
  const { name, type, value } = column;
  return {
    name,
    ...(type === "DOUBLE" ? doubleOptions(column, rows) : {}),
    // Of texts they would keep the least and the greatest of each group in memory.
    ...(type === "TEXT" ? { statistics: false } : {}),
    get data() {
      return type.endsWith("INT64") ? rows.map((row) => int64(value(row))) : rows.map(value);
    },
  };
}

function int64(value: ParquetValue): bigint | undefined {
  return value === undefined ? undefined : BigInt(value);
}

/** What keeps every double what it is. */
function doubleOptions<Row>(
  { value }: ParquetColumn<Row>,
  rows: readonly Row[],
): Pick<ColumnSource, "encoding" | "statistics"> {
  let hasNegativeZero = false;
  let hasNaN = false;
  for (const row of rows) {
    const number = value(row);
    hasNegativeZero ||= Object.is(number, -0);
    hasNaN ||= Number.isNaN(number);
  }
  return {
    // The writer's dictionary takes -0 for 0.
    ...(hasNegativeZero ? { encoding: "PLAIN" } : {}),
    // Bounds leave NaN out, and readers that sort it above all numbers would skip the group.
    ...(hasNaN ? { statistics: false } : {}),
  };
}
