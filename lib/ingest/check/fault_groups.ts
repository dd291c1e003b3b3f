import type { InputSyntaxError } from "../input/input_error.ts";
import type { FaultSort } from "../input/row_fault.ts";

/** Groups that are told apart; faults beyond are counted by their code alone. */
const GROUPS_MAX = 256;
/** Paths that a group keeps. */
const PATHS_MAX = 256;

/** Faults of one sort: the same code, about the same field of the same kind. */
export interface FaultGroup {
  /** Name of the sort, such as `no-frame`. */
  readonly code: string;
  /** Kind of the rows; undefined where it is about none, or about many. */
  readonly kind: string | undefined;
  /** Field or key; undefined likewise. */
  readonly field: string | undefined;
  /** Lines that have it; without a line of its own, how often it came. */
  readonly count: number;
  /** Paths without which none of them would be; undefined where leaving out does not mend it. */
  readonly leaveOut: readonly string[] | undefined;
  /** The first of them. */
  readonly first: InputSyntaxError;
}

/** Counts faults by their sort, in bounded memory. */
export class FaultGroups {
  /** All faults. */
  count: number = 0;
  readonly #groups = new Map<string, { -readonly [K in keyof FaultGroup]: FaultGroup[K] }>();

  /** Counts one. @param error makes it, if it is the first of its group */
  add(sort: FaultSort, error: () => InputSyntaxError): void {
    this.count++;
    const { code, kind, field, leaveOut } = sort;
    let key = JSON.stringify([code, kind, field]);
    let group = this.#groups.get(key);
    const isBeyond = group === undefined && this.#groups.size >= GROUPS_MAX;
    if (isBeyond) group = this.#groups.get(key = JSON.stringify([code]));
    if (group !== undefined) {
      group.count++;
      group.leaveOut = joined(group.leaveOut, leaveOut);
    } else {
      const about = isBeyond ? { kind: undefined, field: undefined } : { kind, field };
      this.#groups.set(key, { code, ...about, count: 1, leaveOut, first: error() });
    }
  }

  /** The groups, in the order in which their first faults came. */
  get list(): readonly FaultGroup[] {
    return [...this.#groups.values()];
  }

  /** Faults of some codes. */
  countOf(...codes: readonly string[]): number {
    return this.list.reduce((sum, { code, count }) => codes.includes(code) ? sum + count : sum, 0);
  }
}

/** The paths of a group and of one more of its faults, which the former may mend as well. */
function joined(
  paths: readonly string[] | undefined,
  others: readonly string[] | undefined,
): readonly string[] | undefined {
  if (paths === undefined || others === undefined) return undefined;
  if (others.every((path) => paths.includes(path))) return paths;
  const all = [...new Set([...paths, ...others])];
  return all.length <= PATHS_MAX ? all : undefined;
}
