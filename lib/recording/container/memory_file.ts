import type { RecordingSink, RecordingSource } from "./sink.ts";

/**
 * Sink that keeps a recording in memory.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { MemorySink, RecordingWriter } from "@hindcast/hindcast/recording";
 *
 * const sink = new MemorySink();
 * const writer = await RecordingWriter.open(sink);
 * await writer.write({ frame: 0, timeMs: 0, entities: [] });
 * const { bytes } = await writer.close();
 * assert.equal(sink.bytes().length, bytes);
 * ```
 */
export class MemorySink implements RecordingSink {
  #parts: Uint8Array[] = [];

  /** Appends bytes. */
  write(bytes: Uint8Array): void {
    this.#parts.push(bytes.slice());
  }

  /** Everything that was written. */
  bytes(): Uint8Array {
    const bytes = new Uint8Array(this.#parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of this.#parts) {
      bytes.set(part, at);
      at += part.length;
    }
    this.#parts = [bytes];
    return bytes;
  }
}

/**
 * Source over a recording in memory.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { MemorySource, RecordingReader } from "@hindcast/hindcast/recording";
 *
 * const source = new MemorySource(Uint8Array.of(1, 2, 3), "upload");
 * await assert.rejects(RecordingReader.open(source), /Cannot read header at byte 0: .* \(upload\)/);
 * ```
 */
export class MemorySource implements RecordingSource {
  /** Name for error messages. */
  readonly name?: string;
  readonly #bytes: Uint8Array;

  /**
   * Source over bytes.
   *
   * @param bytes a whole recording; they must not change while the source is in use
   * @param name what error messages call it
   */
  constructor(bytes: Uint8Array, name?: string) {
    this.#bytes = bytes;
    if (name !== undefined) this.name = name;
  }

  /** Number of bytes. */
  get size(): number {
    return this.#bytes.length;
  }

  /** View of some bytes. */
  read(offset: number, length: number): Uint8Array {
    return this.#bytes.subarray(offset, offset + length);
  }
}
