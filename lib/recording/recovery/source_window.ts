import type { RecordingSource } from "../container/sink.ts";

const WINDOW_BYTES = 1 << 18;

/** Bytes of a source that is read front to back in small pieces. */
export class SourceWindow {
  /** What is read. */
  readonly source: RecordingSource;
  #start = 0;
  #bytes: Uint8Array = new Uint8Array();

  /** Nothing is read yet. */
  constructor(source: RecordingSource) {
    this.source = source;
  }

  /** Bytes of the source. */
  get size(): number {
    return this.source.size;
  }

  /** Bytes from an offset on: fewer than asked for only where the source ends. */
  async bytes(offset: number, length: number): Promise<Uint8Array> {
    const at = offset - this.#start;
    if (at < 0 || at + length > this.#bytes.length) await this.#move(offset, length);
    const from = offset - this.#start;
    return this.#bytes.subarray(from, from + length);
  }

  async #move(offset: number, length: number): Promise<void> {
    const { size } = this.source;
    const end = Math.min(size, offset + Math.max(length, WINDOW_BYTES));
    const isEnd = this.#start + this.#bytes.length >= end && offset >= this.#start;
    if (isEnd) return;
    this.#bytes = await this.source.read(offset, Math.max(0, end - offset));
    this.#start = offset;
  }
}
