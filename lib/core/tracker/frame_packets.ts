import { Pool } from "../state/pool.ts";
import type { Frame } from "../time/frame.ts";
import { type Counted, SharedPacket } from "../wire/shared_packet.ts";

/** The packets of one frame, which other consumers may share; each holds a reference. */
export class FramePackets<S extends Counted> {
  /** Number of packets handed out so far. */
  encodes: number = 0;
  readonly #releaseState: (state: S | undefined) => void;
  readonly #isStateOfLast: boolean;
  readonly #shared: Pool<SharedPacket<S>> = new Pool();
  readonly #free: Pool<SharedPacket<S>> = new Pool();
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
    return this.#shared.count;
  }

  /** Goes to a frame; packets of another are shared no more. */
  begin(frame: Frame): void {
    if (frame === this.#frame) return;
    this.#frame = frame;
    while (this.#shared.count > 0) {
      const packet = this.#shared.pop()!;
      this.#releaseState(packet.base);
      this.replace(packet);
    }
  }

  /** One of the packets, 0 for the first. */
  at(index: number): SharedPacket<S> {
    return this.#shared.at(index);
  }

  /** A packet to be filled. */
  take(): SharedPacket<S> {
    const packet = this.#free.pop() ?? new SharedPacket<S>();
    packet.serial = this.encodes++;
    return packet;
  }

  /** Keeps a packet for other consumers of the frame. */
  share(packet: SharedPacket<S>): void {
    packet.references++;
    packet.uses++;
    if (packet.base !== undefined) packet.base.references++;
    this.#shared.push(packet);
  }

  /** Gives up a packet from which somebody went on. */
  replace(packet: SharedPacket<S> | undefined): void {
    if (packet !== undefined && --packet.uses === 0 && this.#isStateOfLast) {
      this.#releaseState(packet.state);
      packet.state = undefined;
    }
    this.release(packet);
  }

  /** Gives up one reference to a packet; once nobody refers to it, its memory is used again. */
  release(packet: SharedPacket<S> | undefined): void {
    if (packet === undefined || --packet.references > 0) return;
    this.#releaseState(packet.state);
    packet.state = undefined;
    this.#free.push(packet);
  }
}
