import { NumberRange } from "../core/number_range.ts";
import { binary32Digits, isBinary32Decimal } from "./binary32_decimal.ts";

/** Values after which a field without evidence is taken for what it seems to be. */
const VALUES_WITHOUT_EVIDENCE_MAX = 4096;
/** Short decimals are found again in binary32 whatever they are; so many digits tell. */
const TELLING_DIGITS = 8;
const EVIDENCE = 8;
const LOOK_EVERY = 1024;

/** Whether the numbers of a field are binary32 that was spelt as decimals, and so read as f64. */
export class Binary32Facts {
  readonly #range = new NumberRange();
  readonly #evidence = new Set<number>();
  #seen = 0;
  #last = NaN;
  /** True once only f64 holds the numbers, which later ones cannot change. */
  #isWide = false;

  /** Adds a number. @returns false once no later number can change the answer */
  add(value: number): boolean {
    if (value === this.#last) return true;
    this.#last = value;
    if (!isBinary32Decimal(value)) {
      this.#evidence.clear();
      return false;
    }
    this.#seen++;
    if (!this.#isWide) this.#addToRange(value);
    if (this.#evidence.size >= EVIDENCE) return true;
    if (binary32Digits(value) >= TELLING_DIGITS) this.#evidence.add(value);
    return this.#evidence.size > 0 || this.#seen < VALUES_WITHOUT_EVIDENCE_MAX;
  }

  /** True when every number was such a decimal, and only f64 holds them all as they are. */
  get isCarried(): boolean {
    return this.#evidence.size >= EVIDENCE && (this.#isWide || this.#isOnlyF64());
  }

  #addToRange(value: number): void {
    this.#range.add(value);
    if (this.#seen % LOOK_EVERY === 0) this.#isWide = this.#isOnlyF64();
  }

  #isOnlyF64(): boolean {
    return this.#range.narrowest("").type === "f64";
  }
}
