import { Buffer } from "node:buffer";
import process from "node:process";
import { setImmediate } from "node:timers";
import zlib, { type ZstdOptions } from "node:zlib";

// An import by name would fail before anything could be said.
if (zlib.zstdCompressSync === undefined) {
  throw new Error(
    `Recordings need zstd, which Node has from 22.15 on (of Node 23, from 23.8): this is Node ${process.versions.node}`,
  );
}

/** CRC-32 (IEEE 802.3) of bytes, going on from the CRC of the bytes before them. */
export function checksum(bytes: Uint8Array, before: number = 0): number {
  return zlib.crc32(bytes, before) >>> 0;
}

/**
 * Compresses bytes into one zstd frame.
 *
 * @param level 1 (fast) to 22 (small)
 */
export function compress(raw: Uint8Array, level: number): Uint8Array {
  return zlib.zstdCompressSync(raw, optionsFor(raw, level));
}

/** Bytes that are handed to zstd at a time: at level 3 they take Deno half a millisecond. */
const PIECE_BYTES = 1 << 16;

/**
 * As {@linkcode compress}, piece by piece, so that the event loop goes on: Node and Bun compress on
 * threads of their own, Deno compresses each piece in a turn of the loop.
 *
 * @param raw bytes that nobody changes until the promise settles
 */
export function compressInPieces(raw: Uint8Array, level: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const stream = zlib.createZstdCompress(optionsFor(raw, level));
    const parts: Uint8Array[] = [];
    stream.on("data", (part: Uint8Array) => void parts.push(part));
    stream.on("error", reject);
    stream.on("end", () => resolve(Buffer.concat(parts)));
    const writeFrom = (at: number): void => {
      if (at >= raw.length) {
        stream.end();
        return;
      }
      stream.write(raw.subarray(at, at + PIECE_BYTES), (error) => {
        if (!error) setImmediate(writeFrom, at + PIECE_BYTES);
      });
    };
    writeFrom(0);
  });
}

function optionsFor(raw: Uint8Array, level: number): ZstdOptions {
  // Without the pledge Deno sizes its tables for endless input: 30 ms for 5 kB at level 19.
  const options: ZstdOptions & { pledgedSrcSize: number } = {
    params: { [zlib.constants.ZSTD_c_compressionLevel]: level },
    pledgedSrcSize: raw.length,
  };
  return options;
}

/**
 * Decompresses one zstd frame whose raw length is known.
 *
 * @param rawLength bytes that must come out; no more are ever allocated
 * @throws {RangeError} when anything else comes out
 */
export function decompress(bytes: Uint8Array, rawLength: number): Uint8Array {
  let raw: Uint8Array;
  try {
    raw = zlib.zstdDecompressSync(bytes, { maxOutputLength: Math.max(1, rawLength) });
  } catch (error) {
    throw new RangeError(`zstd fails: ${error instanceof Error ? error.message : String(error)}`);
  }
  // These runtimes hand out what they have when a frame is cut, without an error.
  if (raw.length !== rawLength) {
    throw new RangeError(`zstd yields ${raw.length} bytes, expected ${rawLength}`);
  }
  return raw;
}
