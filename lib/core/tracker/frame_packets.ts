import { Pool } from "../state/pool.ts";
import type { Frame } from "../time/frame.ts";
import type { EntityRecords } from "../wire/entity_records.ts";
import { type Counted, SharedPacket } from "../wire/shared_packet.ts";

/** Places of the table by which packets of a frame are found; a power of two. */
const PLACES = 256;

/** All packets of a tracker, and which of them other consumers of the frame at hand may share. */
export class FramePackets<S extends Counted> {
  /** Number of packets handed out so far. */
  encodes: number = 0;
  readonly #releaseState: (state: S | undefined) => void;
  readonly #isStateOfLast: boolean;
  /** Packets by their numbers. */
  readonly #packets: (SharedPacket<S> | undefined)[] = [undefined];
  /** The first of those to whom nobody refers; each names another. */
  #free: SharedPacket<S> | undefined;
  /** Numbers of packets by the state that they lead to and the age of their baseline. */
  readonly #places: Int32Array = new Int32Array(PLACES);
  /** The first packet of the frame at hand: mostly the only one, so that it needs no place. */
  #first: SharedPacket<S> | undefined;
  /** All others; they are kept until the next frame, though nobody refers to them. */
  readonly #others: Pool<SharedPacket<S>> = new Pool();
  #frame: Frame = 0;

  /**
   * No packets.
   *
   * @param releaseState gives up one reference to a state
   * @param isStateOfLast true when only a consumer's last packet needs its state
   */
  constructor(releaseState: (state: S | undefined) => void, isStateOfLast: boolean) {
    this.#releaseState = releaseState;
    this.#isStateOfLast = isStateOfLast;
  }

  /** Number of packets of the frame at hand. */
  get count(): number {
    return this.#first === undefined ? 0 : 1 + this.#others.count;
  }

  /** Goes to a frame; packets of another are shared no more. */
  begin(frame: Frame): void {
    if (frame === this.#frame) return;
    this.#frame = frame;
    const first = this.#first;
    if (first === undefined) return;
    this.#first = undefined;
    this.#unshare(first);
    while (this.#others.count > 0) {
      const packet = this.#others.pop()!;
      this.#places[placeOf(packet.state!, packet.frame, packet.baselineFrame)] = 0;
      this.#unshare(packet);
    }
  }

  /** Packet by its number; undefined for 0. */
  at(number: number): SharedPacket<S> | undefined {
    return this.#packets[number];
  }

  /**
   * The shared packet of the frame at hand that leads from a base, or from nothing, to a state;
   * undefined when there is none.
   *
   * @param from the packet that led to the base
   */
  find(
    from: SharedPacket<S> | undefined,
    baselineFrame: Frame,
    state: S,
    hasTables: boolean,
    owed: EntityRecords,
  ): SharedPacket<S> | undefined {
    const first = this.#first;
    if (first === undefined) return undefined;
    const base = from?.state;
    if (holds(first, baselineFrame, state, base, hasTables, owed)) return first;
    return this.#findOther(from, baselineFrame, state, hasTables, owed);
  }

  /** The same of packets besides the first. */
  #findOther(
    from: SharedPacket<S> | undefined,
    baselineFrame: Frame,
    state: S,
    hasTables: boolean,
    owed: EntityRecords,
  ): SharedPacket<S> | undefined {
    const base = from?.state;
    const onward = from?.onward;
    if (onward?.isShared && holds(onward, baselineFrame, state, base, hasTables, owed)) {
      return onward;
    }
    let number = this.#places[placeOf(state, this.#frame, baselineFrame)]!;
    while (number !== 0) {
      const packet = this.#packets[number]!;
      if (holds(packet, baselineFrame, state, base, hasTables, owed)) {
        if (from !== undefined) from.onward = packet;
        return packet;
      }
      number = packet.next;
    }
    return undefined;
  }

  /** A packet to be filled, to which nobody refers. */
  take(): SharedPacket<S> {
    const packet = this.#free;
    if (packet !== undefined) {
      this.#free = this.#packets[packet.next];
      return packet;
    }
    const made = new SharedPacket<S>(this.#packets.length);
    this.#packets.push(made);
    return made;
  }

  /** Keeps a packet for other consumers of the frame. */
  share(packet: SharedPacket<S>): void {
    packet.isShared = true;
    if (this.#first === undefined) {
      this.#first = packet;
      return;
    }
    const place = placeOf(packet.state!, packet.frame, packet.baselineFrame);
    packet.next = this.#places[place]!;
    this.#places[place] = packet.number;
    this.#others.push(packet);
  }

  /** Gives up a packet that is a consumer's last no more. */
  replace(packet: SharedPacket<S>): void {
    if (this.#isStateOfLast && --packet.uses === 0) this.dropState(packet);
    this.release(packet);
  }

  /** Policy `nack`: gives up the state of a packet from which nobody goes on. */
  dropState(packet: SharedPacket<S>): void {
    if (packet.isShared) return;
    this.#releaseState(packet.state);
    packet.state = undefined;
  }

  /** Gives up one reference to a packet; once nobody refers to it, its memory is used again. */
  release(packet: SharedPacket<S> | undefined): void {
    if (packet === undefined || --packet.references > 0 || packet.isShared) return;
    this.#recycle(packet);
  }

  #unshare(packet: SharedPacket<S>): void {
    packet.isShared = false;
    if (packet.references === 0) this.#recycle(packet);
    else if (this.#isStateOfLast && packet.uses === 0) this.dropState(packet);
  }

  #recycle(packet: SharedPacket<S>): void {
    this.#releaseState(packet.state);
    packet.state = undefined;
    packet.next = this.#free === undefined ? 0 : this.#free.number;
    this.#free = packet;
  }
}

function holds<S extends Counted>(
  packet: SharedPacket<S>,
  baselineFrame: Frame,
  state: S,
  base: S | undefined,
  hasTables: boolean,
  owed: EntityRecords,
): boolean {
  return packet.state === state && packet.base === base &&
    (base === undefined || packet.baseLives === base.lives) &&
    packet.baselineFrame === baselineFrame && packet.hasTables === hasTables &&
    (owed.count + packet.owed.count === 0 || packet.owed.equals(owed));
}

function placeOf({ number }: Counted, frame: Frame, baselineFrame: Frame): number {
  return (Math.imul(number, 61) + frame - baselineFrame) & (PLACES - 1);
}
