import type { ParquetColumn } from "../../parquet/parquet_column.ts";
import { openParquetRows } from "../../parquet/parquet_rows.ts";
import type { WindowRow, WindowRowWriter } from "./window_row.ts";

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
  return await openParquetRows(COLUMNS, write);
}

const COLUMNS: readonly ParquetColumn<WindowRow>[] = [
  { name: "run", type: "TEXT", value: (row) => row.run },
  { name: "ack", type: "TEXT", value: (row) => row.ack },
  { name: "codec", type: "TEXT", value: (row) => row.codec },
  { name: "net", type: "TEXT", value: (row) => row.net },
  // A seed is an unsigned word, and a second of one consumer may carry more than 2 GiB.
  { name: "seed", type: "INT64", value: (row) => row.seed },
  // A clock of microseconds that is taken for milliseconds makes seconds of more than 31 bits.
  {
    name: "second",
    type: "INT64",
    value: (row) => Math.min(row.second, Number.MAX_SAFE_INTEGER),
  },
  { name: "consumer", type: "INT32", value: (row) => row.consumer },
  { name: "wire_bytes", type: "INT64", value: (row) => row.wireBytes },
  { name: "kbps", type: "DOUBLE", value: (row) => row.kbps },
];
