import { createLink } from "../net/link/create_link.ts";
import type { Link } from "../net/link/link.ts";
import { createRandoms } from "../net/link/random.ts";
import { Churn } from "./churn.ts";
import { NumberQueues } from "../net/queue/number_queues.ts";
import type { RunOptions } from "./run_options.ts";
import { TimedQueues } from "../net/queue/timed_queues.ts";

/** Words of an ack on its way: newest applied frame, bits of those before it, epoch. */
const ACK_WORDS = 3;

/**
 * The receivers of the stream, by index, with the links between them and the server. What is kept of
 * each lies in arrays that all share, since a run visits every consumer at every frame. Packets are
 * numbers of a {@linkcode PacketTable}.
 */
export class SimulatedConsumers {
  /** Number of consumers. */
  readonly count: number;
  /** Links from the server. */
  readonly down: Link;
  /** Links to the server. */
  readonly up: Link;
  /** Comings and goings; undefined when all stay from start to end. */
  readonly churn: Churn | undefined;
  /** Packets that have not arrived yet. */
  readonly packets: TimedQueues;
  /** Acks that have not arrived yet. */
  readonly acks: TimedQueues;
  /** Packets that it applied and that a baseline may still be, the newest last. */
  readonly applied: NumberQueues;
  /** Second half of an ack: bit n set when the frame n + 1 before the newest was applied. */
  readonly appliedBits: Int32Array;
  /** Packets that were sent and not applied, oldest first; kept where one may be wrong for it. */
  readonly unapplied: NumberQueues;
  /** Packet whose truth it holds if nothing that was sent is lost; -1 for none. Kept likewise. */
  readonly assumed: Int32Array;
  /** Frame of the newest packet that it could not apply for want of a state. */
  readonly missedFrames: Uint32Array;
  /** 1 when there is such a frame. */
  readonly hasMissed: Uint8Array;
  /** How often it was disconnected. */
  readonly epochs: Int32Array;

  /** Consumers that hold nothing, with links drawn from the run's seed. */
  constructor({ consumers, net, seed, churn, policy }: RunOptions) {
    this.count = consumers;
    this.down = createLink(net.down, createRandoms(seed, consumers, "down"), consumers);
    this.up = createLink(net.up, createRandoms(seed, consumers, "up"), consumers);
    if (churn !== undefined) {
      this.churn = new Churn(churn, createRandoms(seed, consumers, "churn"), consumers);
    }
    this.packets = new TimedQueues(consumers, 1);
    this.acks = new TimedQueues(consumers, ACK_WORDS);
    this.applied = new NumberQueues(consumers);
    this.appliedBits = new Int32Array(consumers);
    const mayBeWrong = policy === "strict" ? 0 : consumers;
    this.unapplied = new NumberQueues(mayBeWrong);
    this.assumed = new Int32Array(mayBeWrong).fill(-1);
    this.missedFrames = new Uint32Array(mayBeWrong);
    this.hasMissed = new Uint8Array(mayBeWrong);
    this.epochs = new Int32Array(consumers);
  }

  /** True while the server sends to a consumer. */
  isConnected(consumer: number): boolean {
    return this.churn === undefined || this.churn.isConnected(consumer);
  }
}
