import { clearTimeout, setImmediate, setTimeout } from "node:timers";
import type { Guest, Hall } from "../hall.ts";

/** What can be told not to read on for a while. */
export interface Pausable {
  pause(): void;
  resume(): void;
}

/** Time for which one producer may keep all others waiting. */
const TURN_MS = 4;
/** Bytes that are handed over between two looks at the clock: so many bad lines take no long time. */
const PIECE_MIN = 1024;
const PIECE_MAX = 16 * 1024;
const NEWLINE = 10;

/**
 * Hands over what a connection sends in pieces, a few milliseconds of work at a time, and makes it
 * wait where it sends more than there is room for, or than it may.
 */
export class Feed {
  readonly #hall: Hall;
  readonly #source: Pausable;
  readonly #producer: Guest;
  /** What came and is not handed over. */
  readonly #rest: { bytes: Uint8Array; readonly isMessage: boolean }[] = [];
  #pieceBytes = 4 * PIECE_MIN;
  /** Set while the producer has to wait. */
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Set once the connection is gone. */
  #ended: { readonly isCut: boolean } | undefined;

  /** Feed of a connection that has sent nothing. */
  constructor(hall: Hall, source: Pausable, producer: Guest) {
    this.#hall = hall;
    this.#source = source;
    this.#producer = producer;
  }

  /** Takes bytes, which must not change from then on. @param isMessage true when they end one */
  push(bytes: Uint8Array, isMessage = false): void {
    this.#rest.push({ bytes, isMessage });
    if (!this.#producer.isHeld) this.#work();
  }

  /** Says that the connection is gone. @param isCut true when it went amid a message */
  end(isCut: boolean): void {
    this.#ended = { isCut };
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    if (this.#timer !== undefined || !this.#producer.isHeld) this.#work();
  }

  #work(): void {
    this.#timer = undefined;
    const startMs = performance.now();
    for (let waitMs = 0;;) {
      // Whoever is gone sends no more.
      if (waitMs > 0 && this.#ended === undefined) {
        return this.#hold((call) => this.#timer = setTimeout(call, waitMs).unref());
      }
      if (this.#hall.isFull) return this.#hold((call) => this.#hall.onceRoom(call));
      if (this.#rest.length === 0) break;
      const nowMs = performance.now();
      if (nowMs - startMs >= TURN_MS) return this.#hold((call) => setImmediate(call));
      waitMs = this.#pushPiece(nowMs);
    }
    if (this.#ended !== undefined) return this.#producer.end(performance.now(), this.#ended.isCut);
    if (this.#producer.isHeld) this.#source.resume();
    this.#producer.isHeld = false;
  }

  #hold(until: (call: () => void) => void): void {
    if (!this.#producer.isHeld) this.#source.pause();
    this.#producer.isHeld = true;
    until(() => this.#work());
  }

  /** Hands over some lines. @returns time for which the producer has to wait */
  #pushPiece(nowMs: number): number {
    const first = this.#rest[0]!;
    const { bytes, isMessage } = first;
    const end = endOfPiece(bytes, this.#pieceBytes);
    const waitMs = this.#producer.push(bytes.subarray(0, end), nowMs);
    if (end < bytes.length) first.bytes = bytes.subarray(end);
    else {
      this.#rest.shift();
      if (isMessage) this.#producer.endMessage();
    }
    const tookMs = performance.now() - nowMs;
    if (tookMs > TURN_MS / 2) this.#pieceBytes = Math.max(PIECE_MIN, this.#pieceBytes / 2);
    else if (tookMs < TURN_MS / 8) this.#pieceBytes = Math.min(PIECE_MAX, this.#pieceBytes * 2);
    return waitMs;
  }
}

/** Bytes of whole lines, about as many as are wanted. */
function endOfPiece(bytes: Uint8Array, wanted: number): number {
  if (bytes.length <= wanted) return bytes.length;
  const end = bytes.lastIndexOf(NEWLINE, wanted - 1) + 1;
  if (end > 0) return end;
  const next = bytes.indexOf(NEWLINE, wanted) + 1;
  return next > 0 ? next : bytes.length;
}
