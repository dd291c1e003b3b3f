import type { ReadonlyEntityNames } from "../../core/names/entity_names.ts";
import type { EntityState } from "../../core/state/state.ts";
import { isFrame } from "../../core/time/frame.ts";
import type { Checksum } from "./checksum.ts";
import { textChecksum } from "./state_checksums.ts";

/** Ids of entities in checksums, which hang on ids alone, not on what a file numbers entities by. */
export class IdChecksums {
  readonly #names: ReadonlyEntityNames;
  /** Id of each entity that was met: an unsigned 32-bit integer, or a text. */
  readonly #ids = new Map<number, number | string>();
  readonly #sums = new Map<string, Checksum>();

  /** @param names those of the recording */
  constructor(names: ReadonlyEntityNames) {
    this.#names = names;
  }

  /** Positions of states in the order in which they count. */
  order(states: readonly EntityState[]): number[] {
    const order = states.map((_, i) => i);
    if (this.#names.list.length === 0) return order;
    return order.sort((a, b) => {
      const [one, other] = [this.#idOf(states[a]!.id), this.#idOf(states[b]!.id)];
      if (one === other) return compareTexts(states[a]!.kind, states[b]!.kind);
      if (typeof one === "number") return typeof other === "number" ? one - other : -1;
      return typeof other === "number" ? 1 : compareTexts(one, other);
    });
  }

  /** Adds the id of an entity. */
  add(entity: number, sum: Checksum): void {
    const id = this.#idOf(entity);
    if (typeof id === "number") return sum.word(id);
    let own = this.#sums.get(id);
    if (own === undefined) {
      own = textChecksum(id);
      this.#sums.set(id, own);
    }
    sum.add(own);
  }

  #idOf(entity: number): number | string {
    if (this.#names.list.length === 0) return entity;
    let id = this.#ids.get(entity);
    if (id === undefined) {
      const text = String(this.#names.idOf(entity));
      const number = Number(text);
      id = isFrame(number) && String(number) === text ? number : text;
      this.#ids.set(entity, id);
    }
    return id;
  }
}

/** Order by code units. */
function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
