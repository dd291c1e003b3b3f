import { FrameCounter } from "../clock/frame_counter.ts";
import { FrameJoiner, type FramePiece, type OpenFrame } from "./frame_joiner.ts";
import { type LineHead, LineHeads, type LineKeys } from "./line_heads.ts";

const NEWLINE = 10;
/** Time after which a frame that is over is over for good: whoever sends it starts again. */
const RESTART_MS = 2000;

/** Frames by which a producer may be ahead of others that are active, and when these last sent. */
const AHEAD_MAX = 10_000;
const ACTIVE_MS = 10_000;

/** What joining knows of a producer. */
export interface JoinedProducer {
  readonly isOrdered: boolean;
  /** Newest frame that it sent a row of; undefined before the first. */
  newest: number | undefined;
  /** When its last line came, or it did. */
  lastMs: number;
  /** Session that it sends, counted from 0. */
  session: number;
}

/** Takes what comes of joining. */
export interface JoinCalls<P> {
  /** Takes lines in the order in which they are to be read. */
  pass(piece: FramePiece<P>): void;
  /** Told of a row whose frame is over. @param closed last frame that is over */
  late(producer: P, line: number, frame: number, closed: number, isRestart: boolean): void;
  /** Told of a line of a frame behind the last one that is taken. */
  afterStop(): void;
  /** Told of the frame of a line that is left out, where it names one. */
  leftOut(producer: P, frame: number): void;
  /** Told of a row whose frame is far ahead of all other producers. @param newest frame of these */
  wild(producer: P, line: number, frame: number, newest: number): void;
  /** Producers that are there. */
  producers(): Iterable<P>;
  /** Told of each frame that has come. */
  frame(frame: OpenFrame<P>): void;
}

/** How lines are joined. */
export interface JoinOptions {
  readonly keys: LineKeys;
  readonly frameBits: 8 | 16 | undefined;
  /** Time for which a frame waits for those who have not sent a later one. */
  readonly flushMs: number;
  /** True when frames that start again are a session of their own. */
  readonly isSplit: boolean;
  /** Bytes that are held at most. */
  readonly heldBytes: number;
}

/** Lines of several producers, by their frames. */
export class JoinedLines<P extends JoinedProducer> {
  /** The frames that are open. */
  readonly frames: FrameJoiner<P>;
  readonly #options: JoinOptions;
  readonly #calls: JoinCalls<P>;
  readonly #heads: LineHeads;
  readonly #counter: FrameCounter;
  /** Frame of the row that came last, by producer, with what its counter said. */
  readonly #current = new WeakMap<P, { readonly open: OpenFrame<P>; readonly count: number }>();
  #session = 0;
  /** Last frame that is taken. */
  #last = Infinity;
  /** Last closed frame some time ago, and when that was looked up. */
  #old = -Infinity;
  #oldMs = -Infinity;
  #closedThen = -Infinity;

  /** Nothing joined yet. */
  constructor(options: JoinOptions, calls: JoinCalls<P>) {
    this.#options = options;
    this.#calls = calls;
    this.#heads = new LineHeads(options.keys);
    this.#counter = new FrameCounter(options.keys.frame, { bits: options.frameBits });
    this.frames = new FrameJoiner((frame) => this.#give(frame));
  }

  /** Takes lines of a producer. @param firstLine number of the first at its producer */
  add(producer: P, bytes: Uint8Array, firstLine: number, nowMs: number): void {
    let from = 0;
    let line = firstLine;
    let count = 0;
    let at = 0;
    let current = this.#current.get(producer);
    const take = (open: OpenFrame<P>) => {
      if (count === 0) return;
      const piece = { producer, bytes: bytes.subarray(from, at), ownLine: line - count, count };
      this.frames.add(open, piece);
      count = 0;
    };
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, at)) {
      const isSame = current !== undefined && current.open.isOpen &&
        current.count === this.#heads.countAt(bytes, at);
      if (isSame) {
        if (count === 0) from = at;
        count++;
      } else {
        if (current !== undefined) take(current.open);
        this.#addLine(producer, bytes.subarray(at, end + 1), line, nowMs);
        current = this.#current.get(producer);
      }
      at = end + 1;
      line++;
    }
    if (current !== undefined) take(current.open);
    while (this.frames.bytes > this.#options.heldBytes) this.frames.closeFirst();
  }

  /** Looks at lines of a producer of which some are left out: their frames came. */
  leaveOut(producer: P, bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      const next = bytes.indexOf(NEWLINE, at);
      const end = next < 0 ? bytes.length : next;
      const count = this.#heads.countAt(bytes, at) ??
        this.#heads.read(bytes.subarray(at, end)).count;
      if (count !== undefined) this.#calls.leftOut(producer, this.#frameOf(count, producer));
      at = end + 1;
    }
  }

  /** Closes frames that every producer is past, or whose time is up. */
  close(producers: Iterable<P>, nowMs: number): void {
    const { flushMs } = this.#options;
    let past = Infinity;
    for (const producer of producers) {
      const isSilent = nowMs - producer.lastMs >= flushMs;
      if (isSilent || producer.session !== this.#session) continue;
      past = Math.min(past, producer.isOrdered ? producer.newest ?? -Infinity : -Infinity);
    }
    // Without anybody to wait for there is still the time in which somebody comes back.
    if (past < Infinity) this.frames.closeUpTo(past - 1);
    this.frames.closeBegunBefore(nowMs - flushMs);
    if (nowMs - this.#oldMs < RESTART_MS) return;
    this.#oldMs = nowMs;
    this.#old = this.#closedThen;
    this.#closedThen = this.frames.closed;
  }

  /** Says that nobody is there any more: who comes next with a frame that is over starts again. */
  endSession(): void {
    this.#old = this.#closedThen = Infinity;
  }

  /** Takes no rows of frames behind the newest from now on. */
  stop(): void {
    this.#last = this.frames.newest;
  }

  #addLine(producer: P, bytes: Uint8Array, ownLine: number, nowMs: number): void {
    const piece = { producer, bytes, ownLine, count: 1 };
    const head = this.#heads.read(bytes);
    if (head.kind !== "state") return this.#addOther(piece, head);
    const frame = this.#frameOf(head.count!, producer);
    const others = frame > this.frames.newest + AHEAD_MAX
      ? this.#newestOfOthers(producer, nowMs)
      : undefined;
    if (others !== undefined) return this.#calls.wild(producer, ownLine, frame, others);
    if (!this.#joins(producer, frame, ownLine)) return;
    if (frame > this.#last) {
      this.#calls.afterStop();
      this.#current.delete(producer);
      producer.newest = Math.max(producer.newest ?? -Infinity, frame);
      return;
    }
    const open = this.frames.open(frame, nowMs)!;
    this.#current.set(producer, { open, count: head.count! });
    producer.newest = Math.max(producer.newest ?? -Infinity, frame);
    this.frames.add(open, piece);
  }

  /** Events wait for their frames where frames are read, what is bad is refused there. */
  #addOther(piece: FramePiece<P>, { kind, count, isTimed }: LineHead): void {
    const open = this.#current.get(piece.producer)?.open;
    // A line that cannot be read may still say its frame.
    if (kind === "unknown") this.leaveOut(piece.producer, piece.bytes);
    const isOfCurrent = kind === "event" && count === undefined && !isTimed &&
      open?.isOpen === true;
    if (isOfCurrent) this.frames.add(open, piece);
    else if (this.#isBehindLast(piece.producer, count)) this.#calls.afterStop();
    else this.#calls.pass(piece);
  }

  /** True for an event of what is not taken any more. */
  #isBehindLast({ newest = -Infinity }: P, count: number | undefined): boolean {
    return this.#last < Infinity && (count ?? newest) > this.#last;
  }

  #frameOf(count: number, { newest }: P): number {
    const near = newest ?? this.frames.newest;
    return near === -Infinity ? count : this.#counter.countNear(count, near);
  }

  /** Newest frame of the others that are active; undefined when there are none. */
  #newestOfOthers(producer: P, nowMs: number): number | undefined {
    let newest: number | undefined;
    for (const other of this.#calls.producers()) {
      if (other === producer || other.newest === undefined) continue;
      if (nowMs - other.lastMs < ACTIVE_MS) newest = Math.max(newest ?? -Infinity, other.newest);
    }
    return newest;
  }

  /** True when a row can still join its frame; else it is late, and told. */
  #joins(producer: P, frame: number, line: number): boolean {
    const { closed } = this.frames;
    if (producer.session !== this.#session) {
      if (producer.newest !== undefined && frame > producer.newest) {
        this.#calls.late(producer, line, frame, closed, true);
        return false;
      }
      producer.session = this.#session;
      producer.newest = undefined;
    }
    if (frame > closed) {
      if (this.#old === Infinity) this.#old = this.#closedThen = -Infinity;
      return true;
    }
    const isRestart = this.#isRestart(producer, frame);
    if (!isRestart || !this.#options.isSplit) {
      this.#calls.late(producer, line, frame, closed, isRestart);
      return false;
    }
    this.frames.restart();
    producer.session = ++this.#session;
    producer.newest = undefined;
    this.#old = this.#closedThen = -Infinity;
    return true;
  }

  /** Whether a frame that is over is one of frames that start again, and not late. */
  #isRestart(producer: P, frame: number): boolean {
    const { newest, isOrdered } = producer;
    if (isOrdered && newest !== undefined) return frame < newest;
    // Whoever comes while others send is late, unless what it sends is long over.
    return frame <= this.#old;
  }

  #give(open: OpenFrame<P>): void {
    this.#calls.frame(open);
    for (const piece of open.pieces) this.#calls.pass(piece);
  }
}
