import type { FramePiece } from "./frame_joiner.ts";

/** Time for which an event waits at most, in milliseconds. */
const WAIT_MS = 2000;
/** Events of one producer that wait, and their bytes. */
const EVENTS_MAX = 4096;
const BYTES_MAX = 1 << 20;

/** What waits of one producer. */
interface Waiting<P> {
  readonly pieces: FramePiece<P>[];
  readonly sinceMs: number;
  bytes: number;
}

/** Events that go back: the next state of their producer says of which session they are. */
export class WaitingEvents<P extends object> {
  readonly #waiting = new Map<P, Waiting<P>>();

  /** Lets an event wait. @returns false when there is no room for more of its producer */
  add(piece: FramePiece<P>, nowMs: number): boolean {
    const { producer, bytes } = piece;
    let waiting = this.#waiting.get(producer);
    if (waiting === undefined) {
      waiting = { pieces: [], sinceMs: nowMs, bytes: 0 };
      this.#waiting.set(producer, waiting);
    }
    if (waiting.pieces.length >= EVENTS_MAX || waiting.bytes + bytes.length > BYTES_MAX) {
      return false;
    }
    // The bytes of a line may be a part of many more, all of which would be kept.
    waiting.pieces.push({ ...piece, bytes: bytes.slice() });
    waiting.bytes += bytes.length;
    return true;
  }

  /** Takes out what waits of a producer, in its order. */
  take(producer: P): readonly FramePiece<P>[] {
    if (this.#waiting.size === 0) return NONE;
    const pieces = this.#waiting.get(producer)?.pieces;
    if (pieces === undefined) return NONE;
    this.#waiting.delete(producer);
    return pieces;
  }

  /** Producers whose events have waited for long enough. */
  due(nowMs: number): readonly P[] {
    if (this.#waiting.size === 0) return NONE;
    return [...this.#waiting].filter(([, { sinceMs }]) => nowMs - sinceMs >= WAIT_MS).map(([one]) =>
      one
    );
  }

  /** Producers whose events wait. */
  get producers(): readonly P[] {
    return [...this.#waiting.keys()];
  }
}

const NONE: readonly never[] = [];
