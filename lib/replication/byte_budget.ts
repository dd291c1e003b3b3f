import { type Frame, frameDistance } from "../core/frame.ts";

/** Credit that can be saved up, in seconds of the budget. */
const CREDIT_SECONDS_MAX = 0.25;

/** Bytes of a record's header that are not known before the packet is laid out. */
const RECORD_HEADER_BYTES = 2;

/** What one consumer is owed of one entity. */
interface Claim {
  /** Grows by 1 with every packet that could not take the entity. */
  priority: number;
  /** Frame since which news of the entity has been waiting. */
  sinceFrame: Frame;
  /** Number of the packet for which it was last a candidate. */
  packet: number;
}

/** An entity that has news for a consumer. */
export interface Candidate {
  /** Entity. */
  readonly id: number;
  /** Bytes that it takes in the packet. */
  readonly bytes: number;
  /** Place in the caller's own list. */
  readonly index: number;
}

/**
 * Packs entities into a consumer's packets by accumulated priority. What is sent may overdraw the
 * credit by one entity, which later packets pay back, so that the long-run rate keeps the budget
 * and even an entity larger than a packet's share is sent in time: nothing starves.
 */
export class ByteBudget {
  readonly #bytesPerSecond: number;
  readonly #claims: Map<number, Claim> = new Map();
  #credit = 0;
  #lastUs: number | undefined;
  #packets = 0;

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
   * Picks the candidates of a packet, highest accumulated priority first, until the credit is used
   * up.
   *
   * @param onStale told, for each candidate, frames for which its news has waited; 0 when it goes
   * @returns indexes of the candidates that go
   */
  pick(
    candidates: readonly Candidate[],
    frame: Frame,
    overheadBytes: number,
    onStale: (frames: number) => void,
  ): Set<number> {
    this.#credit -= overheadBytes;
    this.#packets++;
    const waiting = candidates.map((candidate) => {
      const claim = this.#claim(candidate.id, frame);
      claim.priority++;
      return { candidate, claim };
    });
    waiting.sort((a, b) => b.claim.priority - a.claim.priority || a.candidate.id - b.candidate.id);
    const picked = new Set<number>();
    for (const { candidate, claim } of waiting) {
      if (this.#credit > 0 || picked.size === 0) {
        this.#credit -= candidate.bytes + RECORD_HEADER_BYTES;
        claim.priority = 0;
        picked.add(candidate.index);
        onStale(0);
      } else {
        onStale(frameDistance(frame, claim.sinceFrame));
      }
    }
    return picked;
  }

  /** Forgets the entities that are no longer there. */
  forget(isThere: (id: number) => boolean): void {
    for (const id of this.#claims.keys()) if (!isThere(id)) this.#claims.delete(id);
  }

  #claim(id: number, frame: Frame): Claim {
    let claim = this.#claims.get(id);
    if (claim === undefined) {
      claim = { priority: 0, sinceFrame: frame, packet: this.#packets };
      this.#claims.set(id, claim);
    }
    // Sent with the packet before, or without news then: what waits now is new.
    if (claim.priority === 0 || claim.packet < this.#packets - 1) claim.sinceFrame = frame;
    claim.packet = this.#packets;
    return claim;
  }
}
