/** Time for which a frame waits at most for a producer that is made to wait. */
export const HELD_MS_MAX = 2000;

/** Lines of one producer that belong to one frame and follow one another. */
export interface FramePiece<P> {
  readonly producer: P;
  /** The lines, a newline after each. */
  readonly bytes: Uint8Array;
  /** Number of the first at its producer, and how many they are. */
  readonly ownLine: number;
  readonly count: number;
}

/** A frame whose lines are still coming. */
export interface OpenFrame<P> {
  readonly frame: number;
  /** When its first line came. */
  readonly firstMs: number;
  /** Time for which it waits besides, as who sends it is made to wait. */
  heldMs: number;
  readonly pieces: FramePiece<P>[];
  /** False once it is closed. */
  isOpen: boolean;
}

/**
 * Frames of several producers, joined by their index: they are given out in ascending order, each
 * once, when nobody is to send more of it or its time is up.
 */
export class FrameJoiner<P> {
  /** Bytes that are held. */
  bytes = 0;
  readonly #emit: (frame: OpenFrame<P>) => void;
  /** Frames that are open, ascending. */
  #open: OpenFrame<P>[] = [];
  #closed = -Infinity;

  /** @param emit takes the frames that are closed */
  constructor(emit: (frame: OpenFrame<P>) => void) {
    this.#emit = emit;
  }

  /** True when no frame is open. */
  get isEmpty(): boolean {
    return this.#open.length === 0;
  }

  /** Oldest frame that is open. */
  get oldest(): OpenFrame<P> | undefined {
    return this.#open[0];
  }

  /** Last frame that was closed; -Infinity before the first. */
  get closed(): number {
    return this.#closed;
  }

  /** Newest frame that was opened or closed; -Infinity before the first. */
  get newest(): number {
    return this.#open.at(-1)?.frame ?? this.#closed;
  }

  /** The frame of an index, while it is open. */
  at(frame: number): OpenFrame<P> | undefined {
    const index = this.#indexOf(frame);
    return this.#open[index]?.frame === frame ? this.#open[index] : undefined;
  }

  /** Opens a frame, unless it is. @returns undefined when it is over */
  open(frame: number, nowMs: number): OpenFrame<P> | undefined {
    if (frame <= this.#closed) return undefined;
    const index = this.#indexOf(frame);
    const there = this.#open[index];
    if (there?.frame === frame) return there;
    const opened = { frame, firstMs: nowMs, heldMs: 0, pieces: [], isOpen: true };
    this.#open.splice(index, 0, opened);
    return opened;
  }

  /** Adds lines to a frame that is open. */
  add(open: OpenFrame<P>, piece: FramePiece<P>): void {
    open.pieces.push(piece);
    this.bytes += piece.bytes.length;
  }

  /** Closes the frames up to one. */
  closeUpTo(frame: number): void {
    let count = 0;
    while (count < this.#open.length && this.#open[count]!.frame <= frame) count++;
    if (count === 0) return;
    for (const open of this.#open.splice(0, count)) {
      this.#closed = open.frame;
      open.isOpen = false;
      for (const { bytes } of open.pieces) this.bytes -= bytes.length;
      if (open.pieces.length > 0) this.#emit(open);
    }
  }

  /** Closes the oldest frame. */
  closeFirst(): void {
    const [first] = this.#open;
    if (first !== undefined) this.closeUpTo(first.frame);
  }

  /** Lets a frame that is open wait for longer, and those behind it with it. */
  hold(open: OpenFrame<P>, waitMs: number): void {
    open.heldMs = Math.min(open.heldMs + waitMs, HELD_MS_MAX);
  }

  /** Closes the frames that began before a time, and all before them, but those that wait. */
  closeBegunBefore(ms: number): void {
    let last = -Infinity;
    let waitMs = 0;
    for (const { frame, firstMs, heldMs } of this.#open) {
      if (firstMs + Math.max(heldMs, waitMs) <= ms) last = frame;
      // Nobody is kept waiting by one who always is made to wait.
      else if (heldMs > 0 && firstMs <= ms) waitMs = HELD_MS_MAX;
    }
    this.closeUpTo(last);
  }

  /** Closes all frames, and begins anew behind one, or with any. */
  restart(closed: number = -Infinity): void {
    this.closeUpTo(Infinity);
    this.#closed = closed;
  }

  /** Index of a frame among those that are open, or where it would stand. */
  #indexOf(frame: number): number {
    const open = this.#open;
    let index = open.length;
    while (index > 0 && open[index - 1]!.frame >= frame) index--;
    return index;
  }
}
