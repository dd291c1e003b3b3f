import { Snapshot } from "../core/state/snapshot.ts";
import type { SnapshotLayout } from "../core/state/snapshot_layout.ts";
import { Divergence } from "./packet/divergence.ts";
import type { PacketLog } from "./packet/packet_log.ts";

/** Where consumers see otherwise than it is; nothing is kept of those who do not. */
export class ConsumerDivergences {
  /** By consumer, undefined where nothing is wrong. */
  readonly #divergences: (Divergence | undefined)[];
  readonly #free: Divergence[] = [];
  readonly #layout: SnapshotLayout;
  readonly #shown: Snapshot;
  readonly #onHealed: (frames: number) => void;
  /** Consumer whose fields are at hand. */
  #consumer = 0;
  #isOver = false;

  /** Nothing is wrong yet; the log hears of every field that was wrong and is right again. */
  constructor(layout: SnapshotLayout, consumers: number, log: PacketLog) {
    this.#divergences = new Array<Divergence | undefined>(consumers).fill(undefined);
    this.#layout = layout;
    this.#shown = new Snapshot(layout);
    this.#onHealed = (frames) => {
      if (!this.#isOver) log.wrongFor(this.#consumer, frames, true);
    };
  }

  /** What a consumer sees wrong; undefined when that is nothing. */
  of(consumer: number): Divergence | undefined {
    return this.#divergences[consumer];
  }

  /** The same to be changed; {@linkcode ConsumerDivergences.settle} has to follow. */
  open(consumer: number): Divergence {
    this.#consumer = consumer;
    return this.#divergences[consumer] ??= this.#free.pop() ??
      new Divergence(this.#layout, this.#onHealed);
  }

  /** What a consumer sees; lent until the next call. */
  shownBy(consumer: number, truth: Snapshot | undefined): Snapshot | undefined {
    const divergence = this.#divergences[consumer];
    return truth === undefined || divergence === undefined
      ? truth
      : divergence.show(truth, this.#shown);
  }

  /** Tells for how many frames each field has been wrong that still is, and forgets it. */
  close(consumer: number, seenFrame: number, onOpen: (frames: number) => void): void {
    if (this.#divergences[consumer] === undefined) return;
    this.open(consumer).close(seenFrame, onOpen);
    this.settle(consumer);
  }

  /** Keeps nothing of a consumer for whom nothing is wrong after a change. */
  settle(consumer: number): void {
    const divergence = this.#divergences[consumer];
    if (divergence === undefined || !divergence.isEmpty) return;
    this.#free.push(divergence);
    this.#divergences[consumer] = undefined;
  }

  /** Ends the run: what is right again from now on is told no more. */
  finish(): void {
    this.#isOver = true;
  }
}
