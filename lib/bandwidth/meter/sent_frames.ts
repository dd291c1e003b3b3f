import type { Snapshot } from "../../core/state/snapshot.ts";
import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { WireSpec } from "../../replication/run_options.ts";
import { WireConversion } from "../../schema/wire_conversion.ts";
import { UnsendableError } from "./unsendable_error.ts";

/** Frames as runs with one wire schema send them. */
export class SentFrames {
  /** Layout of them. */
  readonly layout: SnapshotLayout;
  readonly #name: string;
  /** Undefined where values are sent as recorded. */
  readonly #conversion: WireConversion | undefined;

  /** @throws {UnsendableError} when the wire schema does not fit what was recorded */
  constructor(recorded: SnapshotLayout, wire: WireSpec | undefined) {
    this.#name = wire?.name ?? "";
    this.#conversion = wire &&
      this.#blaming(undefined, () => new WireConversion(recorded, new SnapshotLayout(wire.schema)));
    this.layout = this.#conversion?.wire ?? recorded;
  }

  /** A frame as it is sent. @throws {UnsendableError} when a value does not fit its wire type */
  of(recorded: Snapshot): Snapshot {
    const conversion = this.#conversion;
    if (conversion === undefined) return recorded;
    return this.#blaming(recorded.frame, () => conversion.convert(recorded));
  }

  #blaming<T>(frame: number | undefined, action: () => T): T {
    try {
      return action();
    } catch (error) {
      if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
      throw new UnsendableError(this.#name, frame, error.message, error);
    }
  }
}

/** Sent frames of each run, in their order; runs with equal wire schemas share one. */
export function sentFramesOf(
  recorded: SnapshotLayout,
  runs: readonly { readonly wire?: WireSpec }[],
): SentFrames[] {
  const known = new Map<string, SentFrames>();
  return runs.map(({ wire }) => {
    const key = JSON.stringify(wire?.schema ?? null);
    const sent = known.get(key) ?? new SentFrames(recorded, wire);
    known.set(key, sent);
    return sent;
  });
}

/** What turns a recorded frame into the one of each run, in their order, each wire schema once. */
export function framesOfRuns(sent: readonly SentFrames[]): (recorded: Snapshot) => Snapshot[] {
  const wires = [...new Set(sent)];
  const wireOf = sent.map((frames) => wires.indexOf(frames));
  return (recorded) => {
    const frames = wires.map((wire) => wire.of(recorded));
    return wireOf.map((wire) => frames[wire]!);
  };
}
