import type { ResultHash } from "../harness/result_hash.ts";
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

/** Adds the fields of a unit to a hash. */
export function addUnit(hash: ResultHash, unit: Unit): void {
  for (const name of UNIT_FIELDS) hash.word(unit[name]);
}
