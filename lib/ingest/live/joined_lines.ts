import { FrameCounter } from "../clock/frame_counter.ts";
import { FrameJoiner, type FramePiece, HELD_MS_MAX, type OpenFrame } from "./frame_joiner.ts";
import type { JoinCalls, JoinedProducer, JoinOptions } from "./joining.ts";
import { type LineHead, LineHeads } from "./line_heads.ts";
import { WaitingEvents } from "./waiting_events.ts";

const NEWLINE = 10;
/** Time after which a frame that is over is over for good: whoever sends it starts again. */
const RESTART_MS = 2000;

/** Frames by which a producer may be ahead of others that are active, and when these last sent. */
const AHEAD_MAX = 10_000;
const ACTIVE_MS = 10_000;

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
  /** Events that may be of frames that start again. */
  readonly #waiting = new WaitingEvents<P>();
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

  /** Lets the frame that a producer is amid wait as long as the producer is made to. */
  hold(producer: P, waitMs: number): void {
    const open = this.#current.get(producer)?.open;
    if (open !== undefined) this.frames.hold(open, waitMs);
    producer.lastMs += Math.min(waitMs, HELD_MS_MAX);
  }

  /** Closes frames that every producer is past, or whose time is up. */
  close(nowMs: number): void {
    const { flushMs } = this.#options;
    this.#closePast(nowMs);
    this.frames.closeBegunBefore(nowMs - flushMs);
    for (const producer of this.#waiting.due(nowMs)) this.giveEvents(producer);
    if (nowMs - this.#oldMs < RESTART_MS) return;
    this.#oldMs = nowMs;
    this.#old = this.#closedThen;
    this.#closedThen = this.frames.closed;
  }

  #closePast(nowMs: number): void {
    const { flushMs } = this.#options;
    let past = Infinity;
    for (const producer of this.#calls.producers()) {
      const isSilent = nowMs - producer.lastMs >= flushMs;
      if (isSilent || producer.session !== this.#session) continue;
      past = Math.min(past, producer.isOrdered ? producer.newest ?? -Infinity : -Infinity);
    }
    // Without anybody to wait for there is still the time in which somebody comes back.
    if (past < Infinity) this.frames.closeUpTo(past - 1);
  }

  /** Says that nobody is there any more: who comes next with a frame that is over starts again. */
  endSession(): void {
    this.#old = this.#closedThen = Infinity;
  }

  /** Gives the events of a producer that wait, as no state of it follows. */
  giveEvents(producer: P): void {
    const isOfNow = producer.session === this.#session || producer.newest === undefined;
    this.#pass(producer, isOfNow);
  }

  /** Gives all events that wait. */
  giveAllEvents(): void {
    for (const producer of this.#waiting.producers) this.giveEvents(producer);
  }

  /** Takes no rows of frames behind the newest from now on. */
  stop(): void {
    this.#last = this.frames.newest;
  }

  #addLine(producer: P, bytes: Uint8Array, ownLine: number, nowMs: number): void {
    const piece = { producer, bytes, ownLine, count: 1 };
    const head = this.#heads.read(bytes);
    if (head.kind !== "state") return this.#addOther(piece, head, nowMs);
    const frame = this.#frameOf(head.count!, producer);
    // What goes back may be in one piece with what it is behind.
    if (frame < producer.newest!) this.#closePast(nowMs);
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
    if (!(frame < producer.newest!)) {
      producer.newest = frame;
      producer.newestTime = head.time;
    }
    this.frames.add(open, piece);
    // Behind the row that begins a session, of which they are.
    for (const event of this.#waiting.take(producer)) this.frames.add(open, event);
  }

  /** Events wait for their frames where frames are read, what is bad is refused there. */
  #addOther(piece: FramePiece<P>, head: LineHead, nowMs: number): void {
    const { kind, count, isTimed } = head;
    const { producer } = piece;
    const open = this.#current.get(producer)?.open;
    // A line that cannot be read may still say its frame.
    if (kind === "unknown") this.leaveOut(producer, piece.bytes);
    const isOfCurrent = kind === "event" && count === undefined && !isTimed &&
      open?.isOpen === true;
    if (isOfCurrent) this.frames.add(open, piece);
    else if (this.#isBehindLast(producer, count)) this.#calls.afterStop();
    else if (kind === "event" && this.#isAstray(producer, count)) {
      this.#calls.astray(producer, piece.ownLine, this.frames.closed);
    } else if (kind === "event" && this.#mayStartAgain(producer, head)) {
      if (this.#waiting.add(piece, nowMs)) return;
      this.giveEvents(producer);
      this.#calls.pass(piece);
    } else if (kind === "event" && this.#opening !== undefined) {
      this.frames.add(this.#opening, piece);
    } else this.#calls.pass(piece);
  }

  /** First frame of a session that follows another, until it is given: events are of that before. */
  get #opening(): OpenFrame<P> | undefined {
    return this.#session > 0 && this.frames.closed === -Infinity ? this.frames.oldest : undefined;
  }

  /** True for an event of a producer whose frames are left out, unless it is behind all of them. */
  #isAstray({ isAstray, newest, session }: P, count: number | undefined): boolean {
    if (!isAstray || count === undefined || session !== this.#session) return isAstray;
    return count < (newest ?? this.frames.closed);
  }

  /** True for an event of which only the next state of its producer says whether it is late. */
  #mayStartAgain(producer: P, { count, time }: LineHead): boolean {
    const { newest, newestTime, isOrdered, session } = producer;
    if (newest !== undefined && session !== this.#session) return true;
    const isKnown = isOrdered && newest !== undefined;
    if (count !== undefined) {
      const frame = this.#frameOf(count, producer);
      return isKnown ? frame < newest : frame <= Math.min(this.#old, this.frames.closed);
    }
    if (isKnown) return time !== undefined && time < newestTime!;
    return this.#old === Infinity && this.frames.closed > -Infinity;
  }

  /** Passes on the events of a producer that wait, or leaves them out. */
  #pass(producer: P, isTaken: boolean): void {
    for (const piece of this.#waiting.take(producer)) {
      if (isTaken) this.#calls.pass(piece);
      else this.#calls.astray(producer, piece.ownLine, this.frames.closed);
    }
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
        return this.#refuse(producer, line, frame, true);
      }
      producer.session = this.#session;
      producer.newest = undefined;
    }
    if (frame > closed) {
      producer.isAstray = false;
      this.#pass(producer, true);
      if (this.#old === Infinity) this.#old = this.#closedThen = -Infinity;
      return true;
    }
    const isRestart = this.#isRestart(producer, frame);
    if (!isRestart || !this.#options.isSplit) {
      return this.#refuse(producer, line, frame, isRestart);
    }
    producer.isAstray = false;
    this.frames.restart();
    producer.session = ++this.#session;
    producer.newest = undefined;
    this.#old = this.#closedThen = -Infinity;
    return true;
  }

  /** Leaves out a row, and of another session also the events of its producer. @returns false */
  #refuse(producer: P, line: number, frame: number, isRestart: boolean): false {
    producer.isAstray = isRestart;
    if (isRestart) this.#current.delete(producer);
    this.#pass(producer, !isRestart);
    this.#calls.late(producer, line, frame, this.frames.closed, isRestart);
    return false;
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
