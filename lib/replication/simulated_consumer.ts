import type { Snapshot } from "../core/snapshot.ts";
import { createLink, type Link } from "../net/link.ts";
import { createRandom } from "../net/random.ts";
import { Divergence, type OnHealed } from "./divergence.ts";
import type { EncodedPacket } from "./encoded_packet.ts";
import { HeldFrames } from "./held_frames.ts";
import type { RunOptions } from "./run_options.ts";
import { TimedQueue } from "./timed_queue.ts";

/** An ack on its way to the server. */
export interface Ack {
  /** Newest frame that was applied. */
  frame: number;
  /** Bit n set when frame `frame - 1 - n` was applied. */
  appliedBits: number;
}

/** One receiver of the stream, with the links between it and the server. */
export class SimulatedConsumer {
  /** Number of the consumer in its run, from 0. */
  readonly index: number;
  /** Link from the server. */
  readonly down: Link;
  /** Link to the server. */
  readonly up: Link;
  /** Packets that have not arrived yet. */
  readonly packets: TimedQueue<EncodedPacket> = new TimedQueue();
  /** Acks that have not arrived yet. */
  readonly acks: TimedQueue<Ack> = new TimedQueue();
  /** Frames that it applied. */
  readonly frames: HeldFrames;
  /** State that it shows; undefined before the first packet. */
  held: Snapshot | undefined;
  /** State that it was sent last, what the server assumes of it without acks. */
  sent: Snapshot | undefined;
  /** What it sees wrong, and since when. */
  readonly divergence: Divergence;

  /** Consumer that holds nothing, with links drawn from the run's seed. */
  constructor(index: number, options: RunOptions, onHealed: OnHealed) {
    const { net, seed, historyFrames } = options;
    this.index = index;
    this.down = createLink(net.down, createRandom(seed, index, "down"));
    this.up = createLink(net.up, createRandom(seed, index, "up"));
    this.frames = new HeldFrames(historyFrames);
    this.divergence = new Divergence(onHealed);
  }
}
