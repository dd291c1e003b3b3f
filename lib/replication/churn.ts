import type { Random } from "../net/link/random.ts";
import { RUN_RANGES } from "./run_ranges.ts";

/** When consumers come and go; every time in milliseconds, undefined for never. */
export interface ChurnSpec {
  /** Each consumer joins at a time drawn evenly from the first so many milliseconds. */
  readonly joinMs?: number;
  /** Mean time after which a connected consumer drops out and connects again. */
  readonly reconnectMs?: number;
  /** How long it is away before it connects again; 1000 unless given. */
  readonly awayMs?: number;
  /** Mean time after which a connected consumer leaves for good. */
  readonly leaveMs?: number;
  /** The server drops a consumer that has left what it was sent without an ack for so long. */
  readonly timeoutMs?: number;
}

/** Checks every time. @throws {RangeError} naming the one that is outside its range */
export function assertChurn(churn: ChurnSpec): void {
  const [min, max] = RUN_RANGES.churnMs;
  for (const name of ["joinMs", "reconnectMs", "awayMs", "leaveMs", "timeoutMs"] as const) {
    const ms = churn[name];
    if (ms === undefined || (ms >= min && ms <= max)) continue;
    throw new RangeError(`churn.${name} is ${ms}, expected ${min} to ${max} milliseconds`);
  }
}

/** What happens to a consumer's connection. */
export type ChurnEvent = "connect" | "disconnect" | undefined;

const AWAY_MS = 1000;

/** Comings and goings of consumers, drawn from the run's seed; the first is meant unless one is given. */
export class Churn {
  readonly #spec: ChurnSpec;
  readonly #timeoutUs: number;
  readonly #random: Random;
  /** By consumer, 1 while the server sends to it. */
  readonly #isConnected: Uint8Array;
  /** By consumer, time of the next event, microseconds; Infinity when there is none. */
  readonly #nextUs: Float64Array;
  /** By consumer, 1 when the next event is that it leaves for good. */
  readonly #isLast: Uint8Array;
  /** By consumer, time of the first packet after the newest ack; Infinity when there is none. */
  readonly #unansweredUs: Float64Array;

  /** Comings and goings that have not begun, drawn by a stream a consumer. */
  constructor(spec: ChurnSpec, random: Random, consumers: number = 1) {
    this.#spec = spec;
    this.#timeoutUs = us(spec.timeoutMs ?? Infinity);
    this.#random = random;
    this.#isConnected = new Uint8Array(consumers);
    this.#nextUs = new Float64Array(consumers).fill(-Infinity);
    this.#isLast = new Uint8Array(consumers);
    this.#unansweredUs = new Float64Array(consumers).fill(Infinity);
  }

  /** True while the server sends to a consumer. */
  isConnected(consumer: number = 0): boolean {
    return this.#isConnected[consumer] === 1;
  }

  /** Notes that a packet was sent, which the consumer should answer. */
  noteSend(nowUs: number, consumer: number = 0): void {
    if (this.#unansweredUs[consumer] === Infinity) this.#unansweredUs[consumer] = nowUs;
  }

  /** Notes that an ack arrived: the consumer is alive. */
  noteAck(consumer: number = 0): void {
    this.#unansweredUs[consumer] = Infinity;
  }

  /** What happens to a consumer at a time, one event a call; times must not descend. */
  advance(nowUs: number, consumer: number = 0): ChurnEvent {
    if (this.#nextUs[consumer] === -Infinity) {
      this.#nextUs[consumer] = nowUs + this.#drawUs(this.#spec.joinMs ?? 0, consumer);
    }
    const isConnected = this.#isConnected[consumer] === 1;
    const isSilent = nowUs - this.#unansweredUs[consumer]! > this.#timeoutUs;
    if (isConnected && isSilent) return this.#drop(nowUs, consumer);
    if (nowUs < this.#nextUs[consumer]!) return undefined;
    return isConnected ? this.#drop(nowUs, consumer) : this.#connect(nowUs, consumer);
  }

  #connect(nowUs: number, consumer: number): ChurnEvent {
    this.#isConnected[consumer] = 1;
    this.#unansweredUs[consumer] = Infinity;
    const reconnectUs = this.#drawAroundUs(this.#spec.reconnectMs, consumer);
    const leaveUs = this.#drawAroundUs(this.#spec.leaveMs, consumer);
    this.#isLast[consumer] = leaveUs < reconnectUs ? 1 : 0;
    this.#nextUs[consumer] = nowUs + Math.min(reconnectUs, leaveUs);
    return "connect";
  }

  #drop(nowUs: number, consumer: number): ChurnEvent {
    const isForGood = this.#isLast[consumer] === 1 && nowUs >= this.#nextUs[consumer]!;
    this.#isConnected[consumer] = 0;
    this.#nextUs[consumer] = isForGood ? Infinity : nowUs + us(this.#spec.awayMs ?? AWAY_MS);
    return "disconnect";
  }

  /**
   * Time with the given mean, spread evenly over half to three halves of it: an exponential spread
   * would need a logarithm, whose last bit may differ between engines.
   */
  #drawAroundUs(meanMs: number | undefined, consumer: number): number {
    return meanMs === undefined ? Infinity : us(meanMs / 2) + this.#drawUs(meanMs, consumer);
  }

  /** Time from 0 to `maxMs`, evenly spread over the whole milliseconds. */
  #drawUs(maxMs: number, consumer: number): number {
    return this.#random.below(1 + Math.round(maxMs), consumer) * 1000;
  }
}

function us(ms: number): number {
  return Math.round(ms * 1000);
}
