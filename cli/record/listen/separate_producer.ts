import type { Peer } from "./hall.ts";

const NEWLINE = 10;

/** A producer with a recording of its own, which it is told of and sent away when that fails. */
export class SeparateProducer {
  /** Lines that came and are not recorded, as its recording had failed. */
  lost = 0;
  /** True once the connection is gone. */
  isGone = false;
  readonly #peer: Peer;
  #lines = 0;
  /** True while the last line has no end. */
  #isAmid = false;
  #failure: string | undefined;

  /** @param peer its connection */
  constructor(peer: Peer) {
    this.#peer = peer;
  }

  /** Counts what came. @returns true where it is to be recorded */
  take(bytes: Uint8Array): boolean {
    if (bytes.length === 0) return this.#failure === undefined;
    let count = 0;
    for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count++;
    this.#isAmid = bytes[bytes.length - 1] !== NEWLINE;
    return this.#count(count);
  }

  /** Counts the line that ends with its message. @returns as above */
  endMessage(): boolean {
    const count = this.#isAmid ? 1 : 0;
    this.#isAmid = false;
    return this.#count(count);
  }

  /**
   * Its recording has ended before it did.
   *
   * @param why in words
   * @param isEmpty true where nothing of it is recorded
   */
  fail(why: string, isEmpty: boolean): void {
    this.#failure = why;
    if (isEmpty) this.lost = this.#lines + (this.#isAmid ? 1 : 0);
    if (!this.isGone) this.#peer.leave(why);
  }

  /** Says again why nothing is taken: whoever sends datagrams cannot be sent away. */
  repeat(): void {
    if (this.#failure !== undefined) this.#peer.leave(this.#failure);
  }

  #count(lines: number): boolean {
    this.#lines += lines;
    if (this.#failure !== undefined) this.lost += lines;
    return this.#failure === undefined;
  }
}
