import type { Unit } from "../states/unit.ts";

/** One way to bring the units of a world to a far end, frame by frame. */
export interface Wire {
  /** Whose it is, and how it is used. */
  readonly name: string;
  /** What its bytes hold, or leave open. */
  readonly buys: string;
  /** Both ends, before the first frame. */
  open(): WireEnds;
}

/** A sender and a receiver of the same stream. */
export interface WireEnds {
  /** Packet of a frame, from 0 on; valid until the next. */
  send(frame: number): Uint8Array;
  /**
   * Takes a packet in, of any frame after those before.
   *
   * @returns something of what it now holds
   */
  receive(packet: Uint8Array, frame: number): number;
  /** The units that the far end holds, by id. */
  held(): readonly Unit[];
}
