import { type Frame, frameDistance } from "../../core/time/frame.ts";

/** Credit that can be saved up, in seconds of the budget. */
const CREDIT_SECONDS_MAX = 0.25;

/** Bytes of a record's header that are not known before the packet is laid out. */
const RECORD_HEADER_BYTES = 2;

/**
 * An entity that has news for a consumer.
 *
 * @internal
 */
export interface Candidate {
  /** Entity. */
  readonly id: number;
  /** Place in the caller's own list. */
  readonly index: number;
  /** Frame of the first packet that could have taken the news. */
  readonly sinceFrame: Frame;
}

/**
 * Packs entities into a consumer's packets, those first whose news has waited longest: a priority
 * that grows with every frame, so that nothing starves. What is sent may overdraw the credit by one
 * entity, which later packets pay back, so that the long-run rate keeps the budget and even an
 * entity larger than a packet's share is sent in time.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { ByteBudget } from "@hindcast/hindcast/world";
 *
 * const budget = new ByteBudget(64); // 8000 bytes a second
 * assert.ok(budget.canSend(0, 38));
 * const waiting = [{ id: 1, index: 0, sinceFrame: 9 }, { id: 2, index: 1, sinceFrame: 3 }];
 * const picked = budget.pick(waiting, 10, 38, () => 100_000);
 * assert.deepEqual([...picked], [2]); // the one that has waited longest
 * ```
 */
export class ByteBudget {
  readonly #bytesPerSecond: number;
  #credit = 0;
  #lastUs: number | undefined;

  /** Budget of one consumer in kilobits per second on the wire, headers included. */
  constructor(kbps: number) {
    this.#bytesPerSecond = kbps * 125;
  }

  /**
   * True when there is credit for a packet with at least one entity. Without it no packet should
   * be sent at all, because its headers alone would break the budget.
   *
   * @param overheadBytes bytes that the packet takes whatever is in it, datagram headers included
   */
  canSend(nowUs: number, overheadBytes: number): boolean {
    const creditMax = this.#bytesPerSecond * CREDIT_SECONDS_MAX;
    const elapsedUs = nowUs - (this.#lastUs ?? nowUs - CREDIT_SECONDS_MAX * 1e6);
    this.#lastUs = nowUs;
    this.#credit = Math.min(creditMax, this.#credit + (elapsedUs * this.#bytesPerSecond) / 1e6);
    return this.#credit > overheadBytes || this.#credit === creditMax;
  }

  /**
   * Picks the candidates of a packet until the credit is used up, at least one.
   *
   * @param bytesOf bytes that a candidate takes, without its record's header
   * @returns entities that go
   */
  pick(
    candidates: readonly Candidate[],
    frame: Frame,
    overheadBytes: number,
    bytesOf: (candidate: Candidate) => number,
  ): Set<number> {
    const age = (candidate: Candidate) => frameDistance(frame, candidate.sinceFrame);
    const queue = candidates.toSorted((a, b) => age(b) - age(a) || a.id - b.id);
    const picked = new Set<number>();
    let room = this.#credit - overheadBytes;
    for (const candidate of queue) {
      if (room <= 0 && picked.size > 0) break;
      room -= bytesOf(candidate) + RECORD_HEADER_BYTES;
      picked.add(candidate.id);
    }
    return picked;
  }

  /** Pays for a packet: all its bytes on the wire, which are known only now. */
  spend(wireBytes: number): void {
    this.#credit -= wireBytes;
  }
}
