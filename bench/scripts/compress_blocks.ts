// What zstd takes at level 15 for the chunks of a recording, which are decompressed before.
import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import process from "node:process";
import { compress, decompress } from "../../lib/recording/container/zstd.ts";

const CHUNK = 6;
const MAGIC_BYTES = 8;
/** Bytes of a record's head; of a chunk's times; of its raw length and its CRC. */
const [HEAD, TIMES, RAW] = [9, 16, 12];

const file = readFileSync(process.argv[2]!);
let bytes = 0;
for (let at = MAGIC_BYTES; at < file.length - MAGIC_BYTES;) {
  const length = Number(file.readBigUInt64LE(at + 1));
  if (file[at] === CHUNK) {
    const rawAt = at + HEAD + TIMES;
    const nameAt = rawAt + RAW;
    const recordsAt = nameAt + 4 + file.readUInt32LE(nameAt) + 8;
    const records = Buffer.from(file.subarray(recordsAt, at + HEAD + length));
    bytes += compress(decompress(records, Number(file.readBigUInt64LE(rawAt))), 15).length;
  }
  at += HEAD + length;
}
console.log(`${bytes} bytes`);
