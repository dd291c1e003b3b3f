import type { Random } from "../net/random.ts";

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
  /** The server drops a consumer that it was sending to and had no ack from for so long. */
  readonly timeoutMs?: number;
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
  #ackUs = 0;

  /** Comings and goings that have not begun. */
  constructor(spec: ChurnSpec, random: Random) {
    this.#spec = spec;
    this.#random = random;
    this.isConnected = false;
  }

  /** Notes that an ack arrived, or that the consumer is known to be alive. */
  noteAck(nowUs: number): void {
    this.#ackUs = nowUs;
  }

  /** What happens at or before a time; call again until it is undefined. */
  advance(nowUs: number): ChurnEvent {
    if (this.#nextUs === -Infinity) {
      this.#nextUs = nowUs + this.#random.below(1 + us(this.#spec.joinMs ?? 0));
    }
    const timeoutUs = us(this.#spec.timeoutMs ?? Infinity);
    if (this.isConnected && nowUs - this.#ackUs > timeoutUs) return this.#drop(nowUs);
    if (nowUs < this.#nextUs) return undefined;
    return this.isConnected ? this.#drop(nowUs) : this.#connect(nowUs);
  }

  #connect(nowUs: number): ChurnEvent {
    this.isConnected = true;
    this.#ackUs = nowUs;
    const reconnectUs = this.#drawUs(this.#spec.reconnectMs);
    const leaveUs = this.#drawUs(this.#spec.leaveMs);
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
  #drawUs(meanMs: number | undefined): number {
    if (meanMs === undefined) return Infinity;
    return Math.floor(us(meanMs) / 2) + this.#random.below(1 + us(meanMs));
  }
}

function us(ms: number): number {
  return ms === Infinity ? Infinity : Math.round(ms * 1000);
}
