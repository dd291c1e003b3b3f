import type { Capacity } from "./capacity.ts";
import { DropTailQueue } from "./drop_tail.ts";
import { LineReader } from "./line_reader.ts";
import type { CapacityTrace } from "./link_spec.ts";

/** Bytes that one line of a capacity file lets through. */
export const OPPORTUNITY_BYTES = 1500;

/** Lines that a capacity file may have. */
export const CAPACITY_LINES_MAX = 4_000_000;

const TIME_MS_MAX = 86_400_000;

/**
 * Reads a mahimahi capacity file: on each line the whole millisecond at which one 1500 B packet may
 * leave, lines in order of time.
 *
 * @param text content of the file
 * @param file name for errors
 * @throws {NetSpecError} with the line, if one is not a whole number of ms up to a day or goes back,
 *   if there is none, more than 4 million, or only time 0
 */
export function parseMahimahi(text: string, file: string): CapacityTrace {
  const lines = new LineReader(text, file);
  const opportunitiesMs: number[] = [];
  let lastMs = 0;
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    const ms = /^\d{1,15}$/.test(line) ? Number(line) : NaN;
    if (!(ms <= TIME_MS_MAX)) {
      throw lines.fault(
        `${lines.quoted()} is no whole number of milliseconds from 0 to ${TIME_MS_MAX}`,
        "write the ms at which one 1500 B packet may leave",
      );
    }
    if (ms < lastMs) {
      throw lines.fault(`${ms} ms comes after ${lastMs} ms`, "sort the lines by time");
    }
    if (opportunitiesMs.length === CAPACITY_LINES_MAX) {
      throw lines.fault(
        `more than ${CAPACITY_LINES_MAX} lines`,
        "cut the file: it loops at its end",
      );
    }
    opportunitiesMs.push(ms);
    lastMs = ms;
  }
  if (lastMs === 0) {
    const reason = opportunitiesMs.length === 0 ? "it has no line" : "all times are 0";
    throw lines.fault(reason, "the last time is the period of the loop and must be above 0");
  }
  return { opportunitiesMs: Uint32Array.from(opportunitiesMs) };
}

/**
 * Bottleneck that sends when a mahimahi file says so, as mahimahi's mm-link does it.
 *
 * A packet that comes at the very moment of an opportunity is too late for it. An opportunity carries
 * 1500 B: small packets that wait share one, a packet that does not fit goes on in the next, and what
 * is left over when nobody waits is lost. At the end of the file the times go on from its last line.
 * (mm-link counts 1504 B, as its packets carry a 4 B TUN header; `wireBytes` has none.)
 */
export class MahimahiCapacity implements Capacity {
  readonly #timesMs: Uint32Array;
  readonly #periodUs: number;
  readonly #queue: DropTailQueue;
  /** By line, the opportunity at hand: its place in the trace, and what it still lets through. */
  readonly #indexes: Int32Array;
  readonly #bytesLeft: Int32Array;
  /** By line, when the opportunity at hand is, and when the loop began that it is in. */
  readonly #opportunitiesUs: Float64Array;
  readonly #loopsUs: Float64Array;

  /**
   * Begins at time 0 of the trace.
   *
   * @param queuePackets packets held, the one that is being sent included
   * @throws {RangeError} if the queue is not a whole number from 1 up, or the trace's period is 0
   */
  constructor(trace: CapacityTrace, queuePackets: number, lines: number = 1) {
    this.#timesMs = trace.opportunitiesMs;
    this.#periodUs = (this.#timesMs.at(-1) ?? 0) * 1000;
    if (this.#periodUs === 0) throw new RangeError("Cannot replay a capacity trace of period 0");
    this.#queue = new DropTailQueue(queuePackets, lines);
    this.#indexes = new Int32Array(lines);
    this.#bytesLeft = new Int32Array(lines);
    this.#opportunitiesUs = new Float64Array(lines).fill(-1);
    this.#loopsUs = new Float64Array(lines);
  }

  departUs(sendUs: number, wireBytes: number, line: number = 0): number {
    if (!this.#queue.admits(sendUs, line)) return -1;
    if (this.#opportunitiesUs[line]! <= sendUs) this.#seekAfter(sendUs, line);
    let bytes = wireBytes;
    while (bytes > this.#bytesLeft[line]!) {
      bytes -= this.#bytesLeft[line]!;
      this.#step(line);
    }
    this.#bytesLeft[line]! -= bytes;
    const opportunityUs = this.#opportunitiesUs[line]!;
    this.#queue.push(opportunityUs, line);
    return opportunityUs;
  }

  /** Goes to the first opportunity after a time; the caller has seen that this is forward. */
  #seekAfter(timeUs: number, line: number): void {
    const loopUs = this.#loopsUs[line] = Math.floor(timeUs / this.#periodUs) * this.#periodUs;
    const inLoopUs = timeUs - loopUs;
    let low = 0;
    let high = this.#timesMs.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#timesMs[middle]! * 1000 > inLoopUs) high = middle;
      else low = middle + 1;
    }
    this.#indexes[line] = low;
    this.#open(line);
  }

  #step(line: number): void {
    if (++this.#indexes[line]! === this.#timesMs.length) {
      this.#indexes[line] = 0;
      this.#loopsUs[line]! += this.#periodUs;
    }
    this.#open(line);
  }

  #open(line: number): void {
    const timeMs = this.#timesMs[this.#indexes[line]!]!;
    this.#opportunitiesUs[line] = this.#loopsUs[line]! + timeMs * 1000;
    this.#bytesLeft[line] = OPPORTUNITY_BYTES;
  }
}
