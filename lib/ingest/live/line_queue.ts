import { setImmediate } from "node:timers";
import { ALL_SO_FAR, EVENTS_SO_FAR, isLiveMark } from "../input/live_mark.ts";
import { FOREIGN_BYTES } from "../rows/foreign_bytes.ts";
import { LineOrigins } from "./line_origins.ts";

/** Bytes that small pieces are joined to before they are handed out. */
const CHUNK_BYTES = 64 * 1024;
const CHUNK_LINES = 1024;

/** Joined lines on their way to the reading, which asks for them when it has room. */
export class LineQueue<P> implements AsyncIterable<Uint8Array> {
  /** Bytes that wait, and lines. */
  bytes = 0;
  lines = 0;
  /** Where the lines came from. */
  readonly origins: LineOrigins<P>;
  /** Called when something was taken. */
  onTaken: () => void = () => {};
  /** Pieces, each with the number of its lines. */
  #pieces: { readonly bytes: Uint8Array; readonly lines: number }[] = [];
  #next = 0;
  #firstLine = 1;
  #isEnded = false;
  #wake: (() => void) | undefined;

  constructor() {
    // Blank lines first: bytes of a producer must never decide what the stream is.
    this.#put(new Uint8Array(FOREIGN_BYTES).fill(10), FOREIGN_BYTES);
    this.origins = new LineOrigins(1 + FOREIGN_BYTES);
  }

  /** True when nothing waits. */
  get isEmpty(): boolean {
    return this.#next === this.#pieces.length;
  }

  /** Adds whole lines of a producer. @param ownLine number that the first has there */
  add(producer: P, bytes: Uint8Array, ownLine: number, count: number): void {
    this.origins.add(producer, ownLine, count);
    this.#put(bytes, count);
  }

  /** Says that what came so far is all for now. */
  pause(): void {
    this.#put(ALL_SO_FAR, 0);
  }

  /** Asks for the events that wait. */
  pulse(): void {
    this.#put(EVENTS_SO_FAR, 0);
  }

  /** Says that nothing follows. */
  end(): void {
    this.#isEnded = true;
    this.#wake?.();
  }

  /** The one iteration. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, void> {
    for (;;) {
      while (!this.isEmpty) {
        const chunk = this.#take();
        this.onTaken();
        yield chunk;
        // A reading that never waits would leave no time for the sockets.
        if (!this.isEmpty) await new Promise((resolve) => setImmediate(resolve));
      }
      if (this.#isEnded) return;
      await new Promise<void>((resolve) => this.#wake = resolve);
    }
  }

  #put(bytes: Uint8Array, lines: number): void {
    const last = this.isEmpty ? undefined : this.#pieces.at(-1);
    if (last !== undefined && last.lines + lines <= CHUNK_LINES && isNext(last.bytes, bytes)) {
      // Millions of lines that are handed over one by one take no more memory than their bytes.
      const both = new Uint8Array(
        bytes.buffer,
        last.bytes.byteOffset,
        last.bytes.length + bytes.length,
      );
      this.#pieces[this.#pieces.length - 1] = { bytes: both, lines: last.lines + lines };
    } else this.#pieces.push({ bytes, lines });
    this.bytes += bytes.length;
    this.lines += lines;
    this.#wake?.();
    this.#wake = undefined;
  }

  #take(): Uint8Array {
    const first = this.#next;
    let lines = 0;
    let length = 0;
    while (!this.isEmpty) {
      const piece = this.#pieces[this.#next]!;
      const isAlone = isLiveMark(piece.bytes) || length + piece.bytes.length > CHUNK_BYTES ||
        lines + piece.lines > CHUNK_LINES;
      if (isAlone && this.#next > first) break;
      this.#next++;
      lines += piece.lines;
      length += piece.bytes.length;
      if (isAlone) break;
    }
    const taken = this.#pieces.slice(first, this.#next);
    if (this.isEmpty || this.#next >= 1024) {
      this.#pieces = this.#pieces.slice(this.#next);
      this.#next = 0;
    }
    this.bytes -= length;
    this.lines -= lines;
    this.origins?.handOut(this.#firstLine);
    this.#firstLine += lines;
    if (taken.length === 1) return taken[0]!.bytes;
    const chunk = new Uint8Array(length);
    let at = 0;
    for (const { bytes } of taken) {
      chunk.set(bytes, at);
      at += bytes.length;
    }
    return chunk;
  }
}

/** True when bytes stand right behind others. */
function isNext(before: Uint8Array, bytes: Uint8Array): boolean {
  return before.buffer === bytes.buffer && before.length > 0 && bytes.length > 0 &&
    before.byteOffset + before.length === bytes.byteOffset;
}
