import type { Snapshot } from "../core/state/snapshot.ts";
import type { SnapshotLayout } from "../core/state/snapshot_layout.ts";
import { createLink } from "../net/link/create_link.ts";
import type { Link } from "../net/link/link.ts";
import { PERFECT_LINK } from "../net/link/link_spec.ts";
import { createRandoms } from "../net/link/random.ts";
import type { PacketLog } from "./packet/packet_log.ts";
import { ReplicationRun } from "./replication_run.ts";
import type { RunOptions } from "./run_options.ts";

/**
 * Told of every packet that a consumer applied, with what it holds from then on. The snapshot is
 * only lent: what is needed of it has to be copied.
 */
export type OnApplied = (consumer: number, arrivalUs: number, held: Snapshot) => void;

/** A run that says what its consumers hold, when they come to hold it. */
export class ConsumerViews {
  readonly #run: ReplicationRun;
  readonly #commands: Link;
  readonly #arrivals: Float64Array = new Float64Array(2);

  /**
   * Run at its start.
   *
   * @throws {RangeError} for an option outside its range
   */
  constructor(layout: SnapshotLayout, options: RunOptions, onApplied: OnApplied) {
    const log: PacketLog = {
      sent: () => {},
      lost: () => {},
      arrived: (consumer, _packet, arrivalUs, outcome) => {
        const held = run.heldBy(consumer);
        if (outcome === "applied" && held !== undefined) onApplied(consumer, arrivalUs, held);
      },
      wrongFor: () => {},
      stale: () => {},
      joined: () => {},
      left: () => {},
      framed: () => {},
      encoded: () => {},
    };
    const run = new ReplicationRun(layout, options, log);
    this.#run = run;
    const { seed, consumers, net: { up: { delay } } } = options;
    const random = createRandoms(seed, consumers, "command");
    this.#commands = createLink({ ...PERFECT_LINK, delay }, random, consumers);
  }

  /** What the first contradiction of the ack policy's promise was; undefined while there is none. */
  get fault(): string | undefined {
    return this.#run.fault;
  }

  /**
   * Takes in the next recorded frame. Afterwards everything that arrived before its time has been
   * told; what arrives at the very time of the frame is told with the next.
   */
  step(truth: Snapshot): void {
    this.#run.step(truth);
  }

  /** Lets everything arrive that is on its way. */
  finish(): void {
    this.#run.finish();
  }

  /**
   * How long a command of a consumer takes to the server, in microseconds: the delay and jitter of
   * its up link, drawn from a stream of its own. A command that is judged was not lost and did not
   * queue, so neither counts; a trace tells delays of packets that were not commands, so it counts
   * as 0.
   */
  commandUs(consumer: number): number {
    this.#commands.transmit(0, 1, this.#arrivals, consumer);
    return this.#arrivals[0]!;
  }
}
