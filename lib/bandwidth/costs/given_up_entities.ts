/** Entities that are remembered; of more, one that comes again counts anew. */
export const GIVEN_UP_MAX = 2 ** 22;

const FREE = 0;

/** Entities whose figures were given up, with the kinds that they had. */
export class GivenUpEntities {
  /** How many there are; beyond `max`, how often one was given up. */
  count: number = 0;
  /** By slot of a hash, 1 more than the kind; 0 for none. */
  #kinds: Uint32Array = new Uint32Array(64);
  #ids: Uint32Array = new Uint32Array(64);
  #used = 0;
  readonly #max: number;

  /** None yet; `max` are remembered. */
  constructor(max: number = GIVEN_UP_MAX) {
    this.#max = max;
  }

  /** Takes in an entity; one that is there already changes its kind. */
  add(id: number, kind: number): void {
    const slot = this.#slotOf(id);
    const isNew = this.#kinds[slot] === FREE;
    if (isNew) {
      this.count++;
      if (this.#used === this.#max) return;
      this.#used++;
    }
    this.#ids[slot] = id;
    this.#kinds[slot] = kind + 1;
    if (this.#used * 2 > this.#ids.length) this.#grow();
  }

  /** Index of the kind of an entity; undefined when it is not among them. */
  kindOf(id: number): number | undefined {
    if (this.#used === 0) return undefined;
    const known = this.#kinds[this.#slotOf(id)]!;
    return known === FREE ? undefined : known - 1;
  }

  #slotOf(id: number): number {
    const last = this.#ids.length - 1;
    let slot = Math.imul(id, 0x9e3779b1) >>> Math.clz32(last);
    while (this.#kinds[slot] !== FREE && this.#ids[slot] !== id) slot = (slot + 1) & last;
    return slot;
  }

  #grow(): void {
    const ids = this.#ids;
    const kinds = this.#kinds;
    this.#ids = new Uint32Array(ids.length * 2);
    this.#kinds = new Uint32Array(ids.length * 2);
    for (let i = 0; i < ids.length; i++) {
      if (kinds[i] === FREE) continue;
      const slot = this.#slotOf(ids[i]!);
      this.#ids[slot] = ids[i]!;
      this.#kinds[slot] = kinds[i]!;
    }
  }
}
