import type { Fingerprint } from "../core/bytes/fingerprint.ts";
import type { Snapshot } from "../core/state/snapshot.ts";
import type { LinkCounts, LinkStats } from "../net/link/link_stats.ts";
import type { PacketLog } from "./packet/packet_log.ts";
import type { RunFault } from "./packet/run_fault.ts";

/** Who hears of what happens in a run. */
export interface RunListeners {
  /** Told of every packet; of what has no time in it, the first that was here may be told on. */
  log: PacketLog;
  /** Takes in what was sent, when it arrives, and how many fields are then wrong. */
  readonly hash: Fingerprint;
  /** Takes in what contradicts the ack policy. */
  readonly fault: RunFault;
}

/** The loop over frames and consumers of a run. */
export interface ConsumerLoop {
  /** Encodes up to the last frame: packets, or records of entities where views differ. */
  readonly encodes: number;
  /** What happened on the links to all consumers so far. */
  readonly downStats: LinkStats;
  /** Datagrams and acks of all consumers so far that went over a link, by what became of them. */
  counts(): { readonly down: LinkCounts; readonly up: LinkCounts };
  /**
   * Takes in the next frame, which must not change afterwards.
   *
   * @param isDue true when packets are sent
   */
  step(truth: Snapshot, nowUs: number, isDue: boolean): void;
  /** Lets everything arrive that is on its way, and checks what the ack policy promises. */
  finish(): void;
  /** State that a consumer holds and shows; undefined before the first, lent until the next call. */
  heldBy(consumer: number): Snapshot | undefined;
  /** How often a consumer was disconnected. */
  epochOf(consumer: number): number;
}
