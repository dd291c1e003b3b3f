/** Things that a ring can hold at first; a power of two, as it always is. */
const SIZE_MIN = 8;

/**
 * Rings of one size, numbered from 0, that say in which places of shared arrays their things lie: those
 * of a ring side by side, ring after ring, so that a walk over all rings is a walk through memory.
 * When one is full, all become larger.
 */
export abstract class RingTable {
  /** Two numbers a ring: its oldest thing's index, and how many things it holds. */
  protected readonly rings: Int32Array;
  /** Things that a ring can hold now. */
  protected size: number = SIZE_MIN;

  /** Empty rings. */
  constructor(rings: number) {
    this.rings = new Int32Array(rings * 2);
  }

  /** Places that the arrays must have. */
  protected get places(): number {
    return (this.rings.length / 2) * this.size;
  }

  /** Number of things in a ring. */
  length(ring: number = 0): number {
    return this.rings[ring * 2 + 1]!;
  }

  /** Place of a thing of a ring, 0 for the oldest. */
  protected placeAt(ring: number, index: number): number {
    return ring * this.size + ((this.rings[ring * 2]! + index) & (this.size - 1));
  }

  /** Place for one more thing, behind the newest of a ring. */
  protected append(ring: number): number {
    const { rings } = this;
    const length = rings[ring * 2 + 1]!;
    if (length === this.size) this.grow();
    rings[ring * 2 + 1] = length + 1;
    const { size } = this;
    return ring * size + ((rings[ring * 2]! + length) & (size - 1));
  }

  /** Takes the oldest out of a ring that is not empty; it stays in its place until the next append. */
  protected remove(ring: number): number {
    const { rings, size } = this;
    const head = rings[ring * 2]!;
    rings[ring * 2] = (head + 1) & (size - 1);
    rings[ring * 2 + 1] = rings[ring * 2 + 1]! - 1;
    return ring * size + head;
  }

  /** Doubles the rings. */
  protected grow(): void {
    this.size *= 2;
    this.enlarge();
  }

  /** Makes the arrays as long as {@linkcode RingTable.places} says, by `copyRings`. */
  protected abstract enlarge(): void;

  /** Copies what rings hold into an array of twice the length, of so many numbers a thing. */
  protected copyRings(
    from: Int32Array | Float64Array,
    to: Int32Array | Float64Array,
    width: number,
  ): void {
    const length = (this.size / 2) * width;
    for (let ring = 0; ring * length < from.length; ring++) {
      const start = ring * length;
      to.set(from.subarray(start, start + length), start * 2);
      // What had begun anew at the front goes on behind the end.
      const head = this.rings[ring * 2]! * width;
      to.set(from.subarray(start, start + head), start * 2 + length);
    }
  }
}
