/** What a cell holds; undefined is NULL. */
export type ParquetValue = string | boolean | number | bigint | undefined;

/** One column of a Parquet file, and where a row has its value. */
export interface ParquetColumn<Row> {
  /** Name, unique in its file. */
  readonly name: string;
  /**
   * Type in the file; `TEXT` is a BYTE_ARRAY of UTF-8, INT64 holds safe integers, and
   * UINT64, an INT64 that is marked as unsigned, integers from 0 to 2^64 - 1.
   */
  readonly type: "TEXT" | "BOOLEAN" | "INT32" | "INT64" | "UINT64" | "DOUBLE";
  /** True when a row may have no value. */
  readonly isOptional?: boolean;
  /** Value of a row; called more than once. */
  readonly value: (row: Row) => ParquetValue;
}
