import { type Remedy, remedy } from "../../core/remedy.ts";

/** Bytes that tell a format by its start. */
export const FOREIGN_BYTES = 6;

/** What a file is that is no text, and what to do about it. */
export interface ForeignFormat {
  /** What it is. */
  readonly problem: string;
  /** What makes a text of it. */
  readonly remedy: Remedy;
}

const FORMATS: readonly [start: string, what: string, remedy: Remedy][] = [
  ["\x28\xb5\x2f\xfd", "compressed by zstd", remedy`send what zstd -dc gives, through a pipe`],
  ["BZh", "compressed by bzip2", remedy`send what bzip2 -dc gives, through a pipe`],
  ["\xfd7zXZ\0", "compressed by xz", remedy`send what xz -dc gives, through a pipe`],
  ["\x04\x22\x4d\x18", "compressed by lz4", remedy`send what lz4 -dc gives, through a pipe`],
  ["PK\x03\x04", "a zip archive", remedy`send what unzip -p gives, through a pipe`],
  ["\x89MCAP", "a recording", remedy`print its states as lines first`],
  ["PAR1", "a Parquet file", remedy`print its rows as NDJSON or CSV first`],
];

/** What bytes start that are no text, by the first few of them; undefined for any others. */
export function foreignFormat(bytes: Uint8Array): ForeignFormat | undefined {
  for (const [start, what, remedy] of FORMATS) {
    let at = 0;
    while (at < start.length && bytes[at] === start.charCodeAt(at)) at++;
    if (at === start.length) return { problem: `it is no text, but ${what}`, remedy };
  }
  return undefined;
}
