import { Fingerprint } from "../core/bytes/fingerprint.ts";
import type { Snapshot } from "../core/state/snapshot.ts";
import type { SnapshotLayout } from "../core/state/snapshot_layout.ts";
import type { LinkCounts, LinkStats } from "../net/link/link_stats.ts";
import type { ConsumerLoop, RunListeners } from "./consumer_loop.ts";
import { GeneralLoop } from "./general_loop.ts";
import type { PacketLog } from "./packet/packet_log.ts";
import { RunFault } from "./packet/run_fault.ts";
import { ShiftedLog } from "./packet/shifted_log.ts";
import { assertRunOptions, type RunOptions } from "./run_options.ts";
import { SendClock } from "./send_clock.ts";
import { isWholeWorld, WholeWorldLoop } from "./whole_world_loop.ts";

/**
 * One closed loop: recorded frames through one tracker to simulated consumers, whose acks come back
 * over links of their own. Every packet is decoded and compared with the truth, once for all
 * consumers that hold the same.
 */
export class ReplicationRun {
  /** What is run. */
  readonly options: RunOptions;
  /** Recorded frames so far. */
  frames: number = 0;
  /** Frames in which packets were due. */
  framesSent: number = 0;
  readonly #loop: ConsumerLoop;
  readonly #first: number;
  readonly #log: PacketLog;
  readonly #listeners: RunListeners;
  /** Time of the recording at which the clock of loop and links is 0. */
  #originUs = 0;
  readonly #clock: SendClock;
  readonly #fault: RunFault = new RunFault();
  readonly #hash: Fingerprint = new Fingerprint();

  /**
   * Run at its start.
   *
   * @param isGeneral true to go round every consumer by the loop that knows all options, where the
   *   one for consumers that are alike would do as well: both come to the same
   * @param first consumer before which none takes part, of the general loop: what the others are
   *   sent, and what becomes of it, is the same
   * @throws {RangeError} for an option outside its range, or one that does not fit the recording
   */
  constructor(
    layout: SnapshotLayout,
    options: RunOptions,
    log: PacketLog,
    isGeneral: boolean = !isWholeWorld(options),
    first: number = 0,
  ) {
    assertRunOptions(options);
    this.options = options;
    this.#log = log;
    this.#clock = new SendClock(options);
    const listeners = { log, hash: this.#hash, fault: this.#fault };
    this.#listeners = listeners;
    this.#first = first;
    this.#loop = isGeneral
      ? new GeneralLoop(layout, options, listeners, first)
      : new WholeWorldLoop(layout, options, listeners);
  }

  /** Encodes up to the last frame; see {@linkcode ConsumerLoop.encodes}. */
  get encodes(): number {
    return this.#loop.encodes;
  }

  /** What the first contradiction of the ack policy's promise was; undefined while there is none. */
  get fault(): string | undefined {
    return this.#fault.text;
  }

  /** Fingerprint of everything that happened so far. */
  get hash(): string {
    return this.#hash.toString();
  }

  /** What happened on the links to all consumers so far. */
  downStats(): LinkStats {
    return this.#loop.downStats;
  }

  /** Datagrams to all consumers so far, by what became of them. */
  downCounts(): LinkCounts {
    return this.#loop.counts().down;
  }

  /** Acks of all consumers so far, by what became of them; none where they lag by frames. */
  upCounts(): LinkCounts {
    return this.#loop.counts().up;
  }

  /** State that a consumer holds and shows; undefined before the first, lent until the next call. */
  heldBy(consumer: number): Snapshot | undefined {
    return this.#loop.heldBy(consumer);
  }

  /** How often a consumer was disconnected. */
  epochOf(consumer: number): number {
    return this.#loop.epochOf(consumer);
  }

  /**
   * Takes in the next recorded frame; the snapshot must not change afterwards.
   *
   * @param nextMs time of the first frame after it at another time, which a rate of sending goes by;
   *   undefined where there is none, or nobody knows
   */
  step(truth: Snapshot, nextMs?: number): void {
    const nowUs = Math.round(truth.timeMs * 1000);
    const { churn, consumers } = this.options;
    if (this.frames === 0 && nowUs < 0) this.#beginAt(nowUs);
    if (this.frames === 0 && churn === undefined) {
      for (let consumer = this.#first; consumer < consumers; consumer++) {
        this.#log.joined(consumer, nowUs);
      }
    }
    const isDue = this.#clock.isDue(
      nowUs,
      nextMs === undefined ? nowUs : Math.round(nextMs * 1000),
    );
    this.#loop.step(truth, nowUs - this.#originUs, isDue);
    this.#log.framed(truth, nowUs);
    this.frames++;
    if (isDue) this.framesSent++;
  }

  /** Lets everything arrive that is on its way, and checks what the ack policy promises. */
  finish(): void {
    this.#loop.finish();
  }

  /** Lets the clock of loop and links begin at 0: to them, no packet arrives before that. */
  #beginAt(nowUs: number): void {
    this.#originUs = nowUs;
    this.#listeners.log = new ShiftedLog(this.#log, nowUs);
  }
}
