import type { DamageFault } from "../contents/recording_damage.ts";
import { RecordingSyntaxError } from "../container/recording_error.ts";
import type { FaultCost, VerificationFault } from "./verification.ts";

/** What a fault costs, the worst first. */
const FAULT_COSTS: readonly FaultCost[] = ["frames", "events", "names", "facts", "nothing"];

/** Faults of one cost that are kept. */
const FAULTS_MAX = 100;

/** Faults as they are found, each byte's once. */
export class FaultList {
  /** Number of all faults. */
  count = 0;
  readonly #byCost = new Map<FaultCost, VerificationFault[]>();
  readonly #places = new Set<number | string>();

  /** Faults, the worst first, those of one cost in the order of the file. */
  get sorted(): VerificationFault[] {
    return FAULT_COSTS.flatMap((cost) =>
      (this.#byCost.get(cost) ?? []).toSorted((a, b) => a.offset - b.offset)
    );
  }

  /** Notes a fault; of one byte the first is told. */
  add(fault: DamageFault, cost: FaultCost): void {
    // Not all know at which byte they lie.
    const place = fault.offset === 0 ? fault.section : fault.offset;
    if (this.#places.has(place)) return;
    this.count++;
    const faults = this.#byCost.get(cost) ?? [];
    if (faults.length >= FAULTS_MAX) return;
    this.#places.add(place);
    this.#byCost.set(cost, [...faults, { ...fault, cost }]);
  }

  /** Runs a check. @returns undefined where it finds a fault, which is noted */
  async attempt<T>(cost: FaultCost, check: () => T | Promise<T>): Promise<T | undefined> {
    try {
      return await check();
    } catch (error) {
      if (!(error instanceof RecordingSyntaxError)) throw error;
      const { section, offset, problem } = error;
      this.add({ section, offset, problem }, cost);
      return undefined;
    }
  }
}
