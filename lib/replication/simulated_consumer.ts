import { AckLedger } from "../core/tracker/ack_ledger.ts";
import { Snapshot } from "../core/state/snapshot.ts";
import type { SnapshotLayout } from "../core/state/snapshot_layout.ts";
import { createLink } from "../net/link/create_link.ts";
import type { Link } from "../net/link/link.ts";
import { createRandom } from "../net/link/random.ts";
import { Churn } from "./churn.ts";
import { Divergence, type OnWrongFor } from "./divergence.ts";
import type { EncodedPacket } from "./encoded_packet.ts";
import type { RunOptions } from "./run_options.ts";
import { TimedQueue } from "./timed_queue.ts";

/** An ack on its way to the server. */
export interface Ack {
  /** Newest frame that was applied. */
  frame: number;
  /** Bit n set when frame `frame - 1 - n` was applied. */
  appliedBits: number;
  /** Epoch of the consumer when it sent the ack. */
  epoch: number;
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
  /** Packets that were sent and not applied, oldest first; kept where one may be wrong for it. */
  readonly unapplied: EncodedPacket[] = [];
  /** Acks that have not arrived yet. */
  readonly acks: TimedQueue<Ack> = new TimedQueue();
  /** Frames that it applied, with what it should hold at each. */
  readonly frames: AckLedger<Snapshot> = new AckLedger();
  /** Frame of the newest packet that it applied, or could not for want of a state. */
  seenFrame: number | undefined;
  /** What it holds when nothing that was sent so far is lost; undefined before the first packet. */
  sentTruth: Snapshot | undefined;
  /** Truth of the frame that it applied last; undefined before the first packet. */
  truth: Snapshot | undefined;
  /** How often it was disconnected. */
  epoch: number = 0;
  /** Its comings and goings; undefined when it stays from start to end. */
  readonly churn: Churn | undefined;
  /** Where what it holds differs from `truth`, and since when. */
  readonly divergence: Divergence;
  readonly #held: Snapshot;

  /** Consumer that holds nothing, with links drawn from the run's seed. */
  constructor(
    index: number,
    layout: SnapshotLayout,
    options: RunOptions,
    onHealed: OnWrongFor,
  ) {
    const { net, seed, churn } = options;
    this.index = index;
    this.#held = new Snapshot(layout);
    this.down = createLink(net.down, createRandom(seed, index, "down"));
    this.up = createLink(net.up, createRandom(seed, index, "up"));
    this.divergence = new Divergence(layout, onHealed);
    if (churn !== undefined) this.churn = new Churn(churn, createRandom(seed, index, "churn"));
  }

  /** State that it holds and shows, until the next packet; undefined before the first. */
  get held(): Snapshot | undefined {
    if (this.truth === undefined || this.divergence.isEmpty) return this.truth;
    return this.divergence.show(this.truth, this.#held);
  }

  /** True while the server sends to it. */
  get isConnected(): boolean {
    return this.churn === undefined || this.churn.isConnected;
  }

  /** Forgets what it holds; acks that are on their way go on, and find themselves dead. */
  disconnect(): void {
    while (this.frames.count > 0) this.frames.shift();
    this.frames.reset();
    this.truth = this.sentTruth = this.seenFrame = undefined;
    this.unapplied.length = 0;
  }
}
