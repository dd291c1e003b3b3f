/** Places that a ring has at first; a power of two, as all its sizes are. */
const PLACES_MIN = 8;

/** Numbers that are kept of each ring. */
const START = 0;
const MASK = 1;
const HEAD = 2;
const LENGTH = 3;
const RING_WORDS = 4;

/**
 * Rings, numbered from 0, that say in which places of shared arrays their things lie. Each grows on
 * its own, so memory goes with what lies in each ring at its fullest moment.
 */
export abstract class RingTable {
  /** Four numbers a ring, so that one look at memory gives all. */
  readonly #rings: Int32Array;
  /** First place that no ring has had. */
  #end: number;
  #capacity: number;

  /** Empty rings. */
  constructor(rings: number) {
    this.#rings = new Int32Array(rings * RING_WORDS);
    for (let ring = 0; ring < rings; ring++) {
      this.#rings[ring * RING_WORDS + START] = ring * PLACES_MIN;
      this.#rings[ring * RING_WORDS + MASK] = PLACES_MIN - 1;
    }
    this.#end = this.#capacity = rings * PLACES_MIN;
  }

  /** Places that the arrays must have. */
  protected get capacity(): number {
    return this.#capacity;
  }

  /** Number of things in a ring. */
  length(ring: number = 0): number {
    return this.#rings[ring * RING_WORDS + LENGTH]!;
  }

  /** Place of a thing of a ring, 0 for the oldest. */
  protected placeAt(ring: number, index: number): number {
    const at = ring * RING_WORDS;
    const rings = this.#rings;
    return rings[at + START]! + ((rings[at + HEAD]! + index) & rings[at + MASK]!);
  }

  /** Place for one more thing, behind the newest of a ring. */
  protected append(ring: number): number {
    const length = this.#rings[ring * RING_WORDS + LENGTH]!;
    if (length > this.#rings[ring * RING_WORDS + MASK]!) this.#grow(ring);
    this.#rings[ring * RING_WORDS + LENGTH] = length + 1;
    return this.placeAt(ring, length);
  }

  /** Takes the oldest out of a ring that is not empty; it stays in its place until the next append. */
  protected remove(ring: number): number {
    const at = ring * RING_WORDS;
    const rings = this.#rings;
    const head = rings[at + HEAD]!;
    rings[at + HEAD] = (head + 1) & rings[at + MASK]!;
    rings[at + LENGTH]!--;
    return rings[at + START]! + head;
  }

  /** Lets the arrays have as many places as {@linkcode RingTable.capacity} says. */
  protected abstract reserve(): void;

  /** Copies a thing from one place to another. */
  protected abstract move(from: number, to: number): void;

  #grow(ring: number): void {
    const at = ring * RING_WORDS;
    const length = this.length(ring);
    const start = this.#end;
    this.#end += length * 2;
    if (this.#end > this.#capacity) {
      this.#capacity = Math.max(this.#end, this.#capacity + (this.#capacity >>> 1));
      this.reserve();
    }
    for (let i = 0; i < length; i++) this.move(this.placeAt(ring, i), start + i);
    this.#rings[at + START] = start;
    this.#rings[at + MASK] = length * 2 - 1;
    this.#rings[at + HEAD] = 0;
  }
}
