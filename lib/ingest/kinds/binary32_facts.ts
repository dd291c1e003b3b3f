import { NumberRange } from "../../schema/number_range.ts";
import { binary32Digits, isBinary32Decimal } from "../../schema/binary32_decimal.ts";

/** Values after which a field without evidence is taken for what it seems to be. */
const VALUES_WITHOUT_EVIDENCE_MAX = 4096;
/** Short decimals are found again in binary32 whatever they are; so many digits tell. */
const TELLING_DIGITS = 8;
const EVIDENCE = 8;
const LOOK_EVERY = 1024;

/** Whether the numbers of a field are binary32 that was spelt as decimals, and so read as f64. */
export class Binary32Facts {
  #seen = 0;
  #last = NaN;
  /** Distinct numbers that tell, as many as it takes; undefined while there is none. */
  #evidence: Set<number> | undefined;
  /** Numbers that binary32 rounds; what does not hold these does not hold all. */
  #range: NumberRange | undefined;
  /** True once only f64 holds the numbers, which later ones cannot change. */
  #isWide = false;

  /** Adds a number. @returns false once no later number can change the answer */
  add(value: number): boolean {
    if (value === this.#last) return true;
    this.#last = value;
    this.#seen++;
    if (Math.fround(value) === value) return this.#isOpen();
    if (!isBinary32Decimal(value)) {
      this.#evidence = undefined;
      return false;
    }
    if (!this.#isWide) this.#addToRange(value);
    const evidence = this.#evidence;
    if (evidence !== undefined && evidence.size >= EVIDENCE) return true;
    if (binary32Digits(value) >= TELLING_DIGITS) (this.#evidence ??= new Set()).add(value);
    return this.#isOpen();
  }

  /** True when every number was such a decimal, and only f64 holds them all as they are. */
  get isCarried(): boolean {
    if (this.#evidence === undefined || this.#evidence.size < EVIDENCE) return false;
    return this.#isWide || this.#isOnlyF64();
  }

  #isOpen(): boolean {
    return this.#evidence !== undefined || this.#seen < VALUES_WITHOUT_EVIDENCE_MAX;
  }

  #addToRange(value: number): void {
    (this.#range ??= new NumberRange()).add(value);
    if (this.#seen % LOOK_EVERY === 0) this.#isWide = this.#isOnlyF64();
  }

  #isOnlyF64(): boolean {
    return this.#range?.narrowest("").type === "f64";
  }
}
