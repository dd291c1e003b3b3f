import { parquetRead } from "hyparquet";

/** Gathers the bytes of a file that is written in pieces. */
export class Pieces {
  readonly #pieces: Uint8Array[] = [];

  /** Takes a piece. */
  readonly write = (bytes: Uint8Array): void => void this.#pieces.push(bytes);

  /** Number of pieces. */
  get count(): number {
    return this.#pieces.length;
  }

  /** The file. */
  async file(): Promise<ArrayBuffer> {
    return await new Blob(this.#pieces as Uint8Array<ArrayBuffer>[]).arrayBuffer();
  }
}

/** Rows of a Parquet file as another library reads it, each a list of values; NULL is undefined. */
export async function parquetRows(file: ArrayBuffer): Promise<unknown[][]> {
  let rows: unknown[][] = [];
  await parquetRead({ file, onComplete: (read) => rows = read as unknown[][] });
  return rows.map((row) => row.map((value) => value ?? undefined));
}
