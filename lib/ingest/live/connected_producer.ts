import { Datagrams } from "./datagrams.ts";
import type { JoinedProducer } from "./joining.ts";
import { LineCutter, type LineFault, type LineSink } from "./line_cutter.ts";
import type { LivePeer, LiveProducer } from "./live_producer.ts";
import { LineRate } from "./line_rate.ts";

/** Lines that are left out, as they came. */
export interface DroppedLines {
  readonly bytes: Uint8Array;
  readonly count: number;
}

/** What a producer calls as it sends. */
export interface ProducerCalls extends LineSink {
  /** Bytes have come. */
  received(bytes: number): void;
  /** More lines have come than may within a second, and are left out. */
  tooMany(dropped: DroppedLines): void;
  /** More lines have come than may within a second, and it has to wait for a time. */
  held(waitMs: number): void;
  /** A datagram has come of which lines are refused. */
  spoilt(bytes: Uint8Array): void;
  /** It is gone, in the middle of a line or not. */
  left(line: number | undefined): void;
}

const NEWLINE = 10;
/** Bytes of a datagram after which is looked whether there is time for more. */
const PIECE_BYTES = 2048;
/** Lines that can be read in the time that it takes to refuse one. */
const LINES_OF_BAD = 200;

/** A producer and its line at hand. */
export class ConnectedProducer implements LiveProducer, JoinedProducer {
  /** What it is. */
  readonly peer: LivePeer;
  newest: number | undefined;
  lastMs: number;
  newestTime: number | undefined;
  session = 0;
  isAstray = false;
  /** Last frame that was over when it came. */
  closedBefore = -Infinity;
  /** Its datagrams. */
  readonly datagrams: Datagrams = new Datagrams();
  readonly #calls: ProducerCalls;
  readonly #cutter: LineCutter;
  readonly #rate: LineRate;
  /** Lines that were refused as they were cut. */
  #refused = 0;

  /** Producer that has sent nothing yet. */
  constructor(
    peer: LivePeer,
    limits: { readonly lineBytes: number; readonly linesPerSecond: number },
    nowMs: number,
    calls: ProducerCalls,
  ) {
    this.peer = peer;
    this.lastMs = nowMs;
    this.#calls = calls;
    this.#cutter = new LineCutter({
      lines: (...lines) => calls.lines(...lines),
      refused: (...refused) => this.#refuse(...refused),
    }, limits.lineBytes);
    this.#rate = new LineRate(limits.linesPerSecond);
  }

  get isOrdered(): boolean {
    return this.peer.isOrdered;
  }

  push(bytes: Uint8Array, nowMs: number): number {
    this.#calls.received(bytes.length);
    const before = this.#cutter.lines;
    this.#cutter.push(bytes);
    if (!this.#rate.add(this.#cutter.lines - before, nowMs)) return 0;
    const waitMs = this.#rate.waitMs(nowMs);
    this.#calls.held(waitMs);
    return waitMs;
  }

  endMessage(): void {
    this.#cutter.endMessage();
  }

  datagram(bytes: Uint8Array, nowMs: number): void {
    this.#calls.received(bytes.length);
    const first = this.#cutter.lines + 1;
    const before = this.#refused;
    const lines = this.datagrams.read(
      bytes,
      (index) => this.#refuse(first + index, "bad-seq"),
    );
    for (let at = 0; at < lines.length;) {
      const end = lines.indexOf(NEWLINE, at + PIECE_BYTES) + 1 || lines.length;
      const piece = lines.subarray(at, end);
      // Lines that are refused count as many, so that most of them are not even looked at.
      if (this.#rate.add(lineCount(piece), nowMs)) {
        const rest = lines.subarray(at);
        this.#calls.tooMany({ bytes: rest, count: lineCount(rest) });
        break;
      }
      this.#cutter.push(piece);
      at = end;
    }
    this.#cutter.endMessage();
    if (this.#refused > before) this.#calls.spoilt(bytes);
  }

  /** Counts a line that was refused, which takes the time of many. */
  blame(nowMs: number): void {
    this.#rate.add(LINES_OF_BAD, nowMs);
  }

  #refuse(line: number, why: LineFault): void {
    this.#refused++;
    this.#calls.refused(line, why);
  }

  end(_nowMs: number, isCut = false): void {
    const isHalf = this.#cutter.drop() > 0 || isCut;
    this.#calls.left(isHalf ? this.#cutter.lines + 1 : undefined);
  }
}

/** Lines that are not empty. */
function lineCount(bytes: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < bytes.length;) {
    const next = bytes.indexOf(NEWLINE, at);
    const end = next < 0 ? bytes.length : next;
    if (end > at) count++;
    at = end + 1;
  }
  return count;
}
