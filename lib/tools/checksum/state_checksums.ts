import { plainValue } from "../../core/plain_value.ts";
import { float64HighBits, float64LowBits } from "../../core/bytes/bits.ts";
import type { FieldValue } from "../../core/state/schema.ts";
import type { EntityState } from "../../core/state/state.ts";
import { Checksum } from "./checksum.ts";

/** What values of a type start with, so that `true`, 1 and "1" differ. */
const TAG = { number: 1, boolean: 2, string: 3, integer: 4 } as const;

/** Names that are kept with their checksums; hostile input has ever new ones. */
const NAMES_MAX = 1 << 16;

/**
 * Checksums of states, whatever types their values were stored in.
 *
 * A text's checksum is that of its UTF-16 code units, as words. A state's is that of its kind's
 * text, then of its fields in the order of their names by code units: of each the checksum of the
 * name, then the value. A number is 1 and the low and the high word of its binary64 form, with
 * 0x7ff80000 and 0 for every NaN; an integer of u64 is the number it is, and where there is
 * none it is 4 and its low and high word; a truth value is 2 and 0 or 1; a text is 3 and its checksum. A
 * checksum within another is its two words.
 */
export class StateChecksums {
  readonly #names = new Map<string, Checksum>();

  /** Checksum of the kind and the fields of a state; the entity's id does not count. */
  of({ kind, fields }: EntityState): Checksum {
    const sum = new Checksum();
    sum.add(this.#ofName(kind));
    for (const name of Object.keys(fields).sort()) {
      sum.add(this.#ofName(name));
      addValue(sum, fields[name]!);
    }
    return sum;
  }

  #ofName(name: string): Checksum {
    let sum = this.#names.get(name);
    if (sum === undefined) {
      sum = textChecksum(name);
      if (this.#names.size < NAMES_MAX) this.#names.set(name, sum);
    }
    return sum;
  }
}

function addValue(sum: Checksum, stored: FieldValue): void {
  const value = plainValue(stored);
  if (typeof value === "number") {
    // Runtimes differ in the bits of a NaN.
    const isNaN = Number.isNaN(value);
    sum.word(TAG.number);
    sum.word(isNaN ? 0 : float64LowBits(value));
    sum.word(isNaN ? 0x7ff80000 : float64HighBits(value));
  } else if (typeof value === "bigint") {
    sum.word(TAG.integer);
    sum.word(Number(value & 0xffffffffn));
    sum.word(Number(value >> 32n));
  } else if (typeof value === "boolean") {
    sum.word(TAG.boolean);
    sum.word(value ? 1 : 0);
  } else {
    sum.word(TAG.string);
    sum.add(textChecksum(value));
  }
}

/** Checksum of a text. */
export function textChecksum(text: string): Checksum {
  const sum = new Checksum();
  for (let i = 0; i < text.length; i++) sum.word(text.charCodeAt(i));
  return sum;
}
