import { type Frame, isNewer } from "./frame.ts";
import { Mask } from "./mask.ts";
import { type PacketBreakdown, RECORD_DESPAWN, RECORD_SPAWN } from "./packet_breakdown.ts";

/** An entity that disappeared. */
export interface Gone {
  /** Entity. */
  readonly id: number;
  /** Kind index that it had. */
  readonly kind: number;
}

/** What lost packets held of one entity. */
export interface Owed {
  /** Kind index that the entity had. */
  readonly kind: number;
  /** Fields that were in a lost packet. */
  readonly mask: Mask;
  /** True when its appearance was. */
  isSpawn: boolean;
}

interface SentRecord {
  readonly id: number;
  readonly kind: number;
  readonly type: number;
  readonly lo: number;
  readonly hi: number;
}

interface SentPacket {
  readonly frame: Frame;
  readonly records: readonly SentRecord[];
}

const IN_FLIGHT_MAX = 1024;

/** Policy `nack` of one consumer's view: what is on its way, and what was lost and is owed. */
export class ViewDebts {
  readonly #owed: Map<number, Owed> = new Map();
  readonly #gone: Map<number, Gone> = new Map();
  readonly #inFlight: SentPacket[] = [];

  /**
   * What is owed of an entity that is of a kind by now; undefined when nothing is. Fields of another
   * kind went with it, and what took its place is owed by itself if it was lost.
   */
  fields(id: number, kind: number): Owed | undefined {
    const owed = this.#owed.get(id);
    return owed?.kind === kind ? owed : undefined;
  }

  /** Entities whose disappearance is owed. */
  despawns(): Iterable<Gone> {
    return this.#gone.values();
  }

  /** Forgets everything, as when a keyframe is sent. */
  clear(): void {
    this.#owed.clear();
    this.#gone.clear();
    this.#inFlight.length = 0;
  }

  /** Notes what a packet holds; that is no longer owed unless the packet is lost. */
  noteSent(
    frame: Frame,
    { recordCount, ids, kinds, types, masksLo, masksHi }: PacketBreakdown,
  ): void {
    const records: SentRecord[] = [];
    for (let i = 0; i < recordCount; i++) {
      const id = ids[i]!;
      this.#owed.delete(id);
      this.#gone.delete(id);
      records.push({ id, kind: kinds[i]!, type: types[i]!, lo: masksLo[i]!, hi: masksHi[i]! });
    }
    this.#inFlight.push({ frame, records });
    if (this.#inFlight.length > IN_FLIGHT_MAX) this.#lose(this.#inFlight.shift()!);
  }

  /** Settles every packet up to an acked frame, as {@linkcode Tracker.ack} describes. */
  settle(frame: Frame, appliedBits: number): void {
    while (this.#inFlight.length > 0 && !isNewer(this.#inFlight[0]!.frame, frame)) {
      const packet = this.#inFlight.shift()!;
      const back = (frame - packet.frame) >>> 0;
      const isApplied = back === 0 || (back <= 32 && ((appliedBits >>> (back - 1)) & 1) === 1);
      if (!isApplied) this.#lose(packet);
    }
  }

  #lose({ records }: SentPacket): void {
    for (const { id, kind, type, lo, hi } of records) {
      if (type === RECORD_DESPAWN) {
        this.#gone.set(id, { id, kind });
        continue;
      }
      let owed = this.#owed.get(id);
      // Packets are lost in order of frame, so another kind is a later one under the same id.
      if (owed?.kind !== kind) owed = { kind, mask: new Mask(), isSpawn: false };
      owed.mask.lo |= lo;
      owed.mask.hi |= hi;
      if (type === RECORD_SPAWN) owed.isSpawn = true;
      this.#owed.set(id, owed);
    }
  }
}
