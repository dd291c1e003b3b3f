/** What a cell holds; undefined is NULL. */
export type ParquetValue = string | boolean | number | undefined;

/** One column of a Parquet file, and where a row has its value. */
export interface ParquetColumn<Row> {
  /** Name, unique in its file. */
  readonly name: string;
  /** Type in the file; `TEXT` is a BYTE_ARRAY of UTF-8, and INT64 holds safe integers. */
  readonly type: "TEXT" | "BOOLEAN" | "INT32" | "INT64" | "DOUBLE";
  /** True when a row may have no value. */
  readonly isOptional?: boolean;
  /** Value of a row; called more than once. */
  readonly value: (row: Row) => ParquetValue;
}
