import { remedy } from "../../core/remedy.ts";
import { InputSyntaxError } from "../input/input_error.ts";
import { LineCutter } from "./line_cutter.ts";
import { LineQueue } from "./line_queue.ts";
import { RowRate } from "./row_rate.ts";
import type { LiveCounts, LivePeer, LiveProducer } from "./live_producer.ts";

/** Bounds of what producers may send. */
export interface LiveLimits {
  /** Bytes of a line. */
  readonly lineBytes: number;
  /** Rows that a producer may send in a second. */
  readonly rowsPerSecond: number;
  /** Bytes that wait for the reading before producers are to wait. */
  readonly waitingBytes: number;
}

/** How lines of producers are joined. */
export interface LiveLinesOptions {
  /** Time after which what came is all there is for now, in milliseconds. */
  readonly flushMs: number;
  readonly limits: LiveLimits;
  /** Told of every line that is refused, with its place at its producer. */
  readonly onBadLine: (error: InputSyntaxError) => void;
  /** Called when producers may send again. */
  readonly onRoom?: () => void;
}

/**
 * Lines of live producers as one stream of bytes for `openStates`: with one producer the bytes as
 * they come, as far as they are whole lines.
 */
export class LiveLines implements AsyncIterable<Uint8Array> {
  readonly #options: LiveLinesOptions;
  readonly #queue = new LineQueue<Producer>();
  readonly #producers = new Set<Producer>();
  #counts = { bad: 0, late: 0, gaps: 0, bytes: 0 };
  /** When the last line came; undefined when nothing came since the last pause. */
  #lastMs: number | undefined;
  #nowMs = 0;
  #isFull = false;

  /** No producer yet. */
  constructor(options: LiveLinesOptions) {
    this.#options = options;
    this.#queue.onTaken = () => {
      if (!this.#isFull || this.#queue.bytes > options.limits.waitingBytes / 2) return;
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
    return { producers: this.#producers.size, ...this.#counts };
  }

  /** Adds a producer. */
  connect(peer: LivePeer): LiveProducer {
    const producer: Producer = new Producer(peer, this.#options.limits, {
      lines: (bytes, firstLine, count) => this.#add(producer, bytes, firstLine, count),
      refused: (line, why) => this.#refuse(producer, line, why),
      received: (bytes, nowMs) => {
        this.#counts.bytes += bytes;
        this.#nowMs = nowMs;
      },
      tooMany: () => {
        const problem = `more than ${this.#options.limits.rowsPerSecond} rows came within a second`;
        producer.tell(
          new InputSyntaxError(
            { source: producer.name },
            problem,
            remedy`send fewer; those behind them wait`,
          ),
        );
      },
      left: () => this.#producers.delete(producer),
    });
    this.#producers.add(producer);
    return producer;
  }

  /** Says what time it is: what waits for too long is handed on. */
  tick(nowMs: number): void {
    // What has not been read yet is not all, however long ago it came.
    if (this.#lastMs === undefined || !this.#queue.isEmpty) return;
    if (nowMs - this.#lastMs < this.#options.flushMs) return void this.#queue.pulse();
    this.#lastMs = undefined;
    this.#queue.pause();
  }

  /** Ends the stream: what came as whole lines is all there is. */
  end(): void {
    this.#queue.end();
  }

  /** Tells the producer of a line that the reading refuses. @param error with the joined line */
  refuse(error: InputSyntaxError): void {
    const origin = this.#queue.origins.find(error.place.line ?? 0);
    if (origin === undefined) return this.#options.onBadLine(error);
    const { producer, line } = origin;
    const place = { ...error.place, source: producer.name, line };
    this.#tell(producer, new InputSyntaxError(place, error.problem, error.remedy, error.sort));
  }

  /** The one iteration. */
  [Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, void> {
    return this.#queue[Symbol.asyncIterator]();
  }

  #add(producer: Producer, bytes: Uint8Array, firstLine: number, count: number): void {
    this.#lastMs = this.#nowMs;
    this.#queue.add(producer, bytes, firstLine, count);
    if (this.#queue.bytes > this.#options.limits.waitingBytes) this.#isFull = true;
  }

  #refuse(producer: Producer, line: number, why: "too-long" | "no-object"): void {
    const place = { source: producer.name, line };
    const { lineBytes } = this.#options.limits;
    const error = why === "too-long"
      ? new InputSyntaxError(
        place,
        `the line is longer than ${lineBytes} bytes`,
        remedy`send one row or one frame a line`,
        { code: "too-long" },
      )
      : new InputSyntaxError(
        place,
        "the line is no JSON object",
        remedy`send one object a line, such as {"f":12,"id":3,"x":1.5}`,
        { code: "no-object" },
      );
    this.#tell(producer, error);
  }

  #tell(producer: Producer, error: InputSyntaxError): void {
    this.#counts.bad++;
    producer.tell(error);
    this.#options.onBadLine(error);
  }
}

interface ProducerCalls {
  lines(bytes: Uint8Array, firstLine: number, count: number): void;
  refused(line: number, why: "too-long" | "no-object"): void;
  received(bytes: number, nowMs: number): void;
  tooMany(): void;
  left(): void;
}

/** A producer and its line at hand. */
class Producer implements LiveProducer {
  readonly name: string;
  readonly tell: LivePeer["tell"];
  readonly #calls: ProducerCalls;
  readonly #cutter: LineCutter;
  readonly #rate: RowRate;

  constructor(peer: LivePeer, limits: LiveLimits, calls: ProducerCalls) {
    this.name = peer.name;
    this.tell = (error) => peer.tell(error);
    this.#calls = calls;
    this.#cutter = new LineCutter(calls, limits.lineBytes);
    this.#rate = new RowRate(limits.rowsPerSecond);
  }

  push(bytes: Uint8Array, nowMs: number): number {
    this.#calls.received(bytes.length, nowMs);
    const before = this.#cutter.lines;
    this.#cutter.push(bytes);
    if (!this.#rate.add(this.#cutter.lines - before, nowMs)) return 0;
    this.#calls.tooMany();
    return this.#rate.waitMs(nowMs);
  }

  endMessage(): void {
    this.#cutter.endMessage();
  }

  end(): void {
    this.#cutter.drop();
    this.#calls.left();
  }
}
