import type { ByteWriter, ParquetWriter } from "hyparquet-writer";
import type { WindowRow, WindowRowWriter } from "./window_row.ts";

/** Rows in one row group of the file; no more are held in memory. */
export const PARQUET_GROUP_ROWS = 65_536;

/**
 * Starts a Parquet file with one row a run, second and consumer; columns as in the CSV, texts
 * unchanged.
 *
 * @param write takes the bytes of the file, in order; they are not touched afterwards
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openParquet } from "@hindcast/hindcast/report";
 *
 * const pieces: Uint8Array[] = [];
 * const parquet = await openParquet((bytes) => pieces.push(bytes));
 * parquet.finish();
 * assert.equal(new TextDecoder().decode(pieces[0]!.subarray(0, 4)), "PAR1");
 * ```
 */
export async function openParquet(write: (bytes: Uint8Array) => void): Promise<WindowRowWriter> {
  const { ByteWriter, ParquetWriter } = await import("hyparquet-writer");
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    createdBy: "hindcast",
    schema: [
      { name: "root", num_children: COLUMNS.length },
      ...COLUMNS.map(({ name, type }) =>
        type === "text"
          ? {
            name,
            type: "BYTE_ARRAY" as const,
            converted_type: "UTF8" as const,
            repetition_type: "REQUIRED" as const,
          }
          : { name, type, repetition_type: "REQUIRED" as const }
      ),
    ],
  });
  return new GroupedRows(writer, bytes, write);
}

interface Column {
  readonly name: string;
  readonly type: "text" | "INT32" | "INT64" | "DOUBLE";
  readonly value: (row: WindowRow) => string | number | bigint;
}

const COLUMNS: readonly Column[] = [
  { name: "run", type: "text", value: (row) => row.run },
  { name: "ack", type: "text", value: (row) => row.ack },
  { name: "codec", type: "text", value: (row) => row.codec },
  { name: "net", type: "text", value: (row) => row.net },
  // A seed is an unsigned word, and a second of one consumer may carry more than 2 GiB.
  { name: "seed", type: "INT64", value: (row) => BigInt(row.seed) },
  { name: "second", type: "INT32", value: (row) => row.second },
  { name: "consumer", type: "INT32", value: (row) => row.consumer },
  { name: "wire_bytes", type: "INT64", value: (row) => BigInt(row.wireBytes) },
  { name: "kbps", type: "DOUBLE", value: (row) => row.kbps },
];

class GroupedRows implements WindowRowWriter {
  readonly #writer: ParquetWriter;
  readonly #bytes: ByteWriter;
  readonly #write: (bytes: Uint8Array) => void;
  #rows: WindowRow[] = [];

  constructor(writer: ParquetWriter, bytes: ByteWriter, write: (bytes: Uint8Array) => void) {
    this.#writer = writer;
    this.#bytes = bytes;
    this.#write = write;
  }

  add(row: WindowRow): void {
    this.#rows.push(row);
    if (this.#rows.length >= PARQUET_GROUP_ROWS) this.#flush();
  }

  finish(): void {
    if (this.#rows.length > 0) this.#flush();
    this.#writer.finish();
    this.#drain();
  }

  #flush(): void {
    this.#writer.write({
      columnData: COLUMNS.map(({ name, value }) => ({ name, data: this.#rows.map(value) })),
      rowGroupSize: PARQUET_GROUP_ROWS,
    });
    this.#rows = [];
    this.#drain();
  }

  /** Hands on what the writer holds; places in the file are counted by `offset`, not by `index`. */
  #drain(): void {
    if (this.#bytes.index === 0) return;
    this.#write(this.#bytes.getBytes().slice());
    this.#bytes.index = 0;
  }
}
