import { InputSyntaxError } from "../input/input_error.ts";
import { ConnectedProducer } from "./connected_producer.ts";
import { FrameGaps } from "./frame_gaps.ts";
import type { FramePiece, OpenFrame } from "./frame_joiner.ts";
import { JoinedLines } from "./joined_lines.ts";
import { LineQueue } from "./line_queue.ts";
import type { LiveLinesOptions } from "./live_options.ts";
import type { LiveCounts, LivePeer, LiveProducer } from "./live_producer.ts";
import {
  beforeComing,
  cutLine,
  farAhead,
  lateLine,
  noObject,
  noSequence,
  otherSession,
  strayEvent,
  tooLong,
  tooManyLines,
} from "./refused_lines.ts";
import { withoutStack } from "./without_stack.ts";

/** Time between two calls of `tick` from which on the process stood still, and no time passed. */
const STALL_MS = 150;

/** Time for which none passes after a stall at most, while what came in it is read. */
const CATCH_UP_MS_MAX = 5000;

/** Lines that wait for the reading, each of which may be refused, which takes its time. */
const WAITING_LINES = 1 << 16;

/**
 * Lines of live producers as one stream of bytes for `readStates` with `joined`: the rows of a frame
 * together, frames in ascending order. The newest frame waits until it is closed also with one producer, as
 * another one may still join it.
 */
export class LiveLines implements AsyncIterable<Uint8Array> {
  readonly #options: LiveLinesOptions;
  readonly #queue = new LineQueue<ConnectedProducer>();
  readonly #joined: JoinedLines<ConnectedProducer>;
  readonly #producers = new Set<ConnectedProducer>();
  readonly #frameGaps = new FrameGaps();
  #counts = { bytes: 0, bad: 0, late: 0, dropped: 0, afterStop: 0 };
  /** `seq` of producers that are gone. */
  #gone = { gaps: 0, duplicates: 0 };
  /** When the last line came; undefined when the reading has all that came. */
  #lastMs: number | undefined;
  /** Time up to the last tick, without that in which the process stood still or nobody read. */
  #nowMs = 0;
  #tickMs: number | undefined;
  /** Time that is left to read what came while the process stood still. */
  #catchUpMs = 0;
  #pulseMs = 0;
  #isFull = false;
  /** True when it was full at any time since the last tick. */
  #wasFull = false;
  #isEnded = false;
  /** Called when the frames that were open at a stop are closed; undefined before it. */
  #onStopped: (() => void) | undefined;

  /** No producer yet. */
  constructor(options: LiveLinesOptions) {
    this.#options = options;
    const { frameKey = "f", timeKey = "t", idKey = "id", eventKey = "ev" } = options;
    const { flushMs, frameBits, limits } = options;
    const isKey = ![frameKey, timeKey, idKey].includes(eventKey);
    this.#joined = new JoinedLines({
      keys: { frame: frameKey, time: timeKey, event: isKey ? eventKey : undefined },
      frameBits,
      flushMs,
      isSplit: options.onRestart === "split",
      heldBytes: limits.heldBytes,
    }, {
      pass: (piece) => this.#pass(piece),
      frame: (open) => this.#count(open),
      producers: () => this.#producers,
      wild: (producer, line, frame, newest) =>
        this.#refuse(
          producer,
          withoutStack(() => farAhead(producer.peer.name, line, frame, newest)),
        ),
      afterStop: () => void this.#counts.afterStop++,
      leftOut: (producer, frame) => {
        if (isCounted(producer)) this.#frameGaps.leaveOut(frame);
      },
      astray: (producer, line, closed) => {
        this.#counts.late++;
        const isSplit = options.onRestart === "split";
        this.#say(
          producer,
          withoutStack(() => strayEvent(producer.peer.name, line, closed, isSplit)),
        );
      },
      late: (producer, line, frame, closed, isRestart) => {
        this.#counts.late++;
        if (isCounted(producer)) this.#frameGaps.leaveOut(frame);
        const { name } = producer.peer;
        this.#say(
          producer,
          withoutStack(() =>
            isRestart
              ? otherSession(name, line, frame, closed)
              : frame <= producer.closedBefore
              ? beforeComing(name, line, frame, closed)
              : lateLine(name, line, frame, closed, flushMs)
          ),
        );
      },
    });
    this.#queue.onTaken = () => {
      const { bytes, lines } = this.#queue;
      const isLess = bytes <= limits.waitingBytes / 2 && lines <= WAITING_LINES / 2;
      if (!this.#isFull || !isLess) return;
      this.#isFull = false;
      options.onRoom?.();
    };
  }

  /** True when no producer should send on before there is room. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /** What came so far. */
  get counts(): LiveCounts {
    let { gaps, duplicates } = this.#gone;
    for (const { datagrams: { sequence } } of this.#producers) {
      gaps += sequence?.missing ?? 0;
      duplicates += sequence?.duplicates ?? 0;
    }
    return {
      producers: this.#producers.size,
      ...this.#counts,
      gaps,
      duplicates,
      frameGaps: this.#frameGaps.missing,
    };
  }

  /** Adds a producer. */
  connect(peer: LivePeer): LiveProducer {
    const { limits } = this.#options;
    const { name } = peer;
    const producer: ConnectedProducer = new ConnectedProducer(peer, limits, this.#nowMs, {
      lines: (...lines) => this.#add(producer, ...lines),
      refused: (line, why) =>
        this.#refuse(
          producer,
          withoutStack(() =>
            why === "too-long"
              ? tooLong(name, line, limits.lineBytes)
              : why === "bad-seq"
              ? noSequence(name, line)
              : noObject(name, line)
          ),
        ),
      received: (bytes) => void (this.#counts.bytes += bytes),
      tooMany: ({ bytes, count }) => {
        this.#counts.dropped += count;
        this.#joined.leaveOut(producer, bytes);
        peer.tell(tooManyLines(name, limits.linesPerSecond, count));
      },
      held: (waitMs) => {
        this.#joined.hold(producer, waitMs);
        peer.tell(tooManyLines(name, limits.linesPerSecond, 0));
      },
      spoilt: (bytes) => this.#joined.leaveOut(producer, bytes),
      left: (line) => this.#leave(producer, line),
    });
    producer.closedBefore = this.#joined.frames.closed;
    this.#producers.add(producer);
    return producer;
  }

  /** Says what time it is, every few milliseconds: what waits for too long is handed on. */
  tick(nowMs: number): void {
    const elapsedMs = nowMs - (this.#tickMs ?? nowMs);
    this.#tickMs = nowMs;
    // What one producer sent meanwhile is read before what another did.
    if (elapsedMs >= STALL_MS) this.#catchUpMs = Math.min(elapsedMs, CATCH_UP_MS_MAX);
    else if (this.#catchUpMs > 0) this.#catchUpMs -= elapsedMs;
    else if (!this.#wasFull) this.#nowMs += elapsedMs;
    this.#wasFull = this.#isFull;
    const now = this.#nowMs;
    const { flushMs } = this.#options;
    this.#joined.close(now);
    this.#endStopped();
    if (this.#lastMs === undefined) return;
    // What has not been read yet is not all, however long ago it came.
    if (this.#queue.isEmpty && (this.#joined.frames.isEmpty || now - this.#lastMs >= flushMs)) {
      this.#lastMs = undefined;
      this.#queue.pause();
    } else if (now - this.#pulseMs >= flushMs / 4) {
      this.#pulseMs = now;
      this.#queue.pulse();
    }
  }

  /**
   * Ends the stream once the frames that have begun are closed, by later ones or by their time;
   * what comes of later frames is left out.
   *
   * @param onStopped called then
   */
  stop(onStopped: () => void): void {
    this.#onStopped = onStopped;
    this.#joined.stop();
    this.#endStopped();
  }

  /** Ends the stream: what came as whole lines is all there is. */
  end(): void {
    this.#isEnded = true;
    this.#joined.giveAllEvents();
    this.#joined.frames.closeUpTo(Infinity);
    this.#queue.end();
  }

  /** Tells the producer of a line that the reading refuses. @param error with the joined line */
  readonly refuse = (error: InputSyntaxError): void => {
    const origin = this.#queue.origins.find(error.place.line ?? 0);
    if (origin === undefined) {
      this.#counts.bad++;
      return this.#options.onBadLine(error);
    }
    const { producer, line } = origin;
    const place = { ...error.place, source: producer.peer.name, line };
    const { problem, remedy, sort } = error;
    this.#refuse(producer, withoutStack(() => new InputSyntaxError(place, problem, remedy, sort)));
  };

  /** The one iteration. */
  [Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, void> {
    return this.#queue[Symbol.asyncIterator]();
  }

  #add(producer: ConnectedProducer, bytes: Uint8Array, firstLine: number, count: number): void {
    if (this.#isEnded) {
      this.#counts.afterStop += count;
      return;
    }
    const now = this.#nowMs;
    producer.lastMs = now;
    this.#joined.add(producer, bytes, firstLine, now);
    this.#joined.close(now);
    this.#endStopped();
  }

  #endStopped(): void {
    if (this.#onStopped === undefined || this.#isEnded || !this.#joined.frames.isEmpty) return;
    this.end();
    this.#onStopped();
  }

  #pass({ producer, bytes, ownLine, count }: FramePiece<ConnectedProducer>): void {
    this.#lastMs = this.#nowMs;
    this.#queue.add(producer, bytes, ownLine, count);
    const { waitingBytes } = this.#options.limits;
    if (this.#queue.bytes > waitingBytes || this.#queue.lines > WAITING_LINES) {
      this.#isFull = this.#wasFull = true;
    }
  }

  #leave(producer: ConnectedProducer, line: number | undefined): void {
    if (!this.#producers.delete(producer)) return;
    this.#joined.giveEvents(producer);
    const { sequence } = producer.datagrams;
    this.#gone.gaps += sequence?.missing ?? 0;
    this.#gone.duplicates += sequence?.duplicates ?? 0;
    if (line !== undefined && !this.#isEnded) {
      this.#refuse(producer, cutLine(producer.peer.name, line));
    }
    if (this.#producers.size === 0) this.#joined.endSession();
  }

  #count(open: OpenFrame<ConnectedProducer>): void {
    if (this.#options.sparse === true) return;
    const isOne = open.pieces.some(({ producer }) => isCounted(producer));
    if (isOne) this.#frameGaps.add(open.frame);
  }

  #refuse(producer: ConnectedProducer, error: InputSyntaxError): void {
    this.#counts.bad++;
    producer.blame(this.#tickMs ?? 0);
    this.#say(producer, error);
  }

  #say(producer: ConnectedProducer, error: InputSyntaxError): void {
    producer.peer.tell(error);
    this.#options.onBadLine(error);
  }
}

/** True for a producer whose frames alone say what is missing. */
function isCounted({ isOrdered, datagrams }: ConnectedProducer): boolean {
  return !isOrdered && datagrams.sequence === undefined;
}
