import { type Unit, UNIT_FIELDS } from "./unit.ts";

/** Number of states after which they come round again. */
export const PERIOD = 1024;

/** Draws words of a fixed sequence, the same as `go/states.go`; each call gives 0 to `sides - 1`. */
export function roller(): (sides: number) => number {
  let word = 1;
  return (sides) => {
    word = (Math.imul(word, 1664525) + 1013904223) >>> 0;
    return Math.floor(word * sides / 2 ** 32);
  };
}

/** The states of one unit: each frame one field in ten moves by -20 to 20. */
export function makeUnits(): Unit[] {
  const roll = roller();
  const words = UNIT_FIELDS.map(() => roll(1000));
  return Array.from({ length: PERIOD }, () => {
    words.forEach((word, i) => {
      if (roll(10) === 0) words[i] = word + roll(41) - 20;
    });
    return Object.fromEntries(UNIT_FIELDS.map((name, i) => [name, words[i]])) as unknown as Unit;
  });
}

/** FNV-1a hash of words. */
export class Digest {
  #hash = 0x811c9dc5;

  /** Adds a word. */
  add(word: number): void {
    for (let shift = 0; shift < 32; shift += 8) {
      this.#hash = Math.imul(this.#hash ^ ((word >>> shift) & 0xff), 0x01000193);
    }
  }

  /** Adds the fields of a unit. */
  addUnit(unit: Unit): void {
    for (const name of UNIT_FIELDS) this.add(unit[name]);
  }

  /** The hash as eight hexadecimal digits. */
  toString(): string {
    return (this.#hash >>> 0).toString(16).padStart(8, "0");
  }
}
