import { NumberRange } from "../core/number_range.ts";
import { binary32Digits } from "./binary32_decimal.ts";

/** Values after which a field without evidence is taken for what it seems to be. */
const VALUES_WITHOUT_EVIDENCE_MAX = 4096;
/** Short decimals are found again in binary32 whatever they are; so many digits tell. */
const TELLING_DIGITS = 8;
const EVIDENCE = 8;

/** Whether the numbers of a field are binary32 that was spelt as decimals, and so read as f64. */
export class Binary32Facts {
  readonly #range = new NumberRange();
  readonly #evidence = new Set<number>();
  #seen = 0;

  /** Adds a number. @returns false once no later number can change the answer */
  add(value: number): boolean {
    const digits = binary32Digits(value);
    if (digits === 0) {
      this.#evidence.clear();
      return false;
    }
    this.#range.add(value);
    if (this.#evidence.size < EVIDENCE) {
      if (digits >= TELLING_DIGITS) this.#evidence.add(value);
      return ++this.#seen < VALUES_WITHOUT_EVIDENCE_MAX || this.#evidence.size > 0;
    }
    return true;
  }

  /** True when every number was such a decimal, and only f64 holds them all as they are. */
  get isCarried(): boolean {
    return this.#evidence.size >= EVIDENCE && this.#range.narrowest("").type === "f64";
  }
}
