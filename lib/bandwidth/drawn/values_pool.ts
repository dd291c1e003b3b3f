import type { Snapshot } from "../../core/state/snapshot.ts";
import { StateValues } from "./state_values.ts";
import type { ValuesReader } from "./values_reader.ts";

/** Values of the snapshots that somebody refers to, each read once; their memory is used again. */
export class ValuesPool {
  readonly #bySnapshot: Map<Snapshot, StateValues> = new Map();
  readonly #free: StateValues[] = [];

  /** Values of a snapshot that does not change, with one reference more. */
  share(snapshot: Snapshot, reader: ValuesReader, clockMs: number): StateValues {
    const known = this.#bySnapshot.get(snapshot);
    if (known !== undefined) {
      known.references++;
      return known;
    }
    const values = this.read(snapshot, reader, clockMs);
    values.source = snapshot;
    this.#bySnapshot.set(snapshot, values);
    return values;
  }

  /** Values of a snapshot that is only lent. */
  read(snapshot: Snapshot, reader: ValuesReader, clockMs: number): StateValues {
    const values = this.#free.pop() ?? new StateValues();
    reader.read(snapshot, values);
    values.clockMs = clockMs;
    values.references = 1;
    return values;
  }

  /** Gives up a reference. */
  release(values: StateValues): void {
    if (--values.references > 0) return;
    if (values.source !== undefined) this.#bySnapshot.delete(values.source);
    values.source = undefined;
    this.#free.push(values);
  }
}
