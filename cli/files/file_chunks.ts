import { closeSync, read } from "node:fs";

/** Bytes that are read at once. */
const CHUNK_BYTES = 1 << 18;

/**
 * Bytes of a file from where its descriptor stands, which is closed at the end. All chunks lie in
 * one memory, because that of a new one costs more than to fill it: each is valid until the next.
 */
export async function* fileChunks(fd: number): AsyncGenerator<Uint8Array, void, void> {
  const buffer = new Uint8Array(CHUNK_BYTES);
  try {
    for (;;) {
      const length = await readInto(fd, buffer);
      if (length === 0) return;
      yield buffer.subarray(0, length);
    }
  } finally {
    closeSync(fd);
  }
}

function readInto(fd: number, buffer: Uint8Array): Promise<number> {
  return new Promise((resolve, reject) => {
    read(fd, buffer, 0, buffer.length, null, (error, length) => {
      if (error === null) resolve(length);
      else reject(error);
    });
  });
}
