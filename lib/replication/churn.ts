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

/** Comings and goings of one consumer, drawn from the run's seed. */
export class Churn {
  /** True while the server sends to the consumer. */
  isConnected: boolean;
  readonly #spec: ChurnSpec;
  readonly #random: Random;
  /** Time of the next event, microseconds; Infinity when there is none. */
  #nextUs: number = -Infinity;
  #isLast = false;
  /** Time of the first packet after the newest ack, microseconds; Infinity when there is none. */
  #unansweredUs: number = Infinity;

  /** Comings and goings that have not begun. */
  constructor(spec: ChurnSpec, random: Random) {
    this.#spec = spec;
    this.#random = random;
    this.isConnected = false;
  }

  /** Notes that a packet was sent, which the consumer should answer. */
  noteSend(nowUs: number): void {
    if (this.#unansweredUs === Infinity) this.#unansweredUs = nowUs;
  }

  /** Notes that an ack arrived: the consumer is alive. */
  noteAck(): void {
    this.#unansweredUs = Infinity;
  }

  /** What happens at a time, one event a call; times must not descend. */
  advance(nowUs: number): ChurnEvent {
    if (this.#nextUs === -Infinity) {
      this.#nextUs = nowUs + this.#drawUs(this.#spec.joinMs ?? 0);
    }
    const timeoutUs = us(this.#spec.timeoutMs ?? Infinity);
    if (this.isConnected && nowUs - this.#unansweredUs > timeoutUs) return this.#drop(nowUs);
    if (nowUs < this.#nextUs) return undefined;
    return this.isConnected ? this.#drop(nowUs) : this.#connect(nowUs);
  }

  #connect(nowUs: number): ChurnEvent {
    this.isConnected = true;
    this.#unansweredUs = Infinity;
    const reconnectUs = this.#drawAroundUs(this.#spec.reconnectMs);
    const leaveUs = this.#drawAroundUs(this.#spec.leaveMs);
    this.#isLast = leaveUs < reconnectUs;
    this.#nextUs = nowUs + Math.min(reconnectUs, leaveUs);
    return "connect";
  }

  #drop(nowUs: number): ChurnEvent {
    const isForGood = this.#isLast && nowUs >= this.#nextUs;
    this.isConnected = false;
    this.#nextUs = isForGood ? Infinity : nowUs + us(this.#spec.awayMs ?? AWAY_MS);
    return "disconnect";
  }

  /**
   * Time with the given mean, spread evenly over half to three halves of it: an exponential spread
   * would need a logarithm, whose last bit may differ between engines.
   */
  #drawAroundUs(meanMs: number | undefined): number {
    return meanMs === undefined ? Infinity : us(meanMs / 2) + this.#drawUs(meanMs);
  }

  /** Time from 0 to `maxMs`, evenly spread over the whole milliseconds. */
  #drawUs(maxMs: number): number {
    return this.#random.below(1 + Math.round(maxMs)) * 1000;
  }
}

function us(ms: number): number {
  return Math.round(ms * 1000);
}
