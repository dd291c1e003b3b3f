import type { RecordingSink, RecordingSource } from "./sink.ts";

/** Sink that keeps a recording in memory. */
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

/** Source over a recording in memory. */
export class MemorySource implements RecordingSource {
  /** Name for error messages. */
  readonly name?: string;
  readonly #bytes: Uint8Array;

  /** Source over bytes, which must not change while it is in use. */
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
