import { type DecimalMark, plainNumber } from "../input/decimal_mark.ts";
import type { RowForm } from "../rows/flat_row.ts";
import { inexactNumber, isInteger, isSurelyExact, wideInteger } from "../rows/exact_number.ts";

const SEEN_BEFORE_VERDICT = 32;
/** Share of a column's texts that have to look like numbers. */
const SHARE = 0.9;
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const HEXADECIMAL = /^[+-]?0[xX][0-9a-fA-F]+$/;

/** What the texts of a field look like. */
export type TextLook =
  | "number"
  | "integer64"
  | DecimalMark
  | "either mark"
  | "any mark"
  | "hexadecimal"
  | "blank first";

/** Words of writers of CSV for a cell without a value. */
const BLANK = /^(?:null|none|nil|nan|n\/?a|n\. ?def\.?|undefined|-+|)$/i;

/** True for a text that spells a number as JSON does. */
export function isNumberText(text: string): boolean {
  return JSON_NUMBER.test(text);
}

/** False for a number that was sent as a text because no double holds it. */
function isHeld(text: string): boolean {
  const value = Number(text);
  return isSurelyExact(value) || inexactNumber(value, text) === undefined;
}

/** True for an integer from 2^53 on, few of which a double happens to hold. */
function isWide(text: string): boolean {
  return isInteger(text) && !isSurelyExact(Number(text));
}

/** Whether the texts of a field are numbers in disguise; for fields whose first text looks so. */
export class TextFacts {
  /** First text of the field. */
  readonly first: string;
  readonly #isCells: boolean;
  #seen = 0;
  /** Numbers that doubles hold. */
  #numbers = 0;
  /** Those of them that are below 2^53, or no integers. */
  #plain = 0;
  /** Integers from 0, and those of them from 2^53 on. */
  #naturals = 0;
  #wides = 0;
  #hexadecimals = 0;
  #comma = 0;
  #point = 0;
  /** Texts that are another number under the other mark. */
  #ambiguous = 0;

  /** True when the first cell said that there is no value, which made the column one of texts. */
  readonly #isBlankFirst: boolean;

  private constructor(first: string, form: RowForm) {
    this.first = first;
    this.#isBlankFirst = form === "cells" && BLANK.test(first.trim());
    this.#isCells = form === "cells";
  }

  /** Facts of a field's first text; undefined when it looks like no number. */
  static of(first: string, form: RowForm): TextFacts | undefined {
    const facts = new TextFacts(first, form);
    const isOpen = facts.add(first);
    if (facts.#isBlankFirst) return facts;
    return (form === "cells" ? facts.look !== undefined : isOpen) ? facts : undefined;
  }

  /** Adds a text. @returns false once no later text can change the answer */
  add(text: string): boolean {
    if (this.#isBlankFirst && BLANK.test(text.trim())) return true;
    this.#seen++;
    if (!this.#isCells) {
      this.#addText(text);
      return this.#numbers === this.#seen || this.#naturals === this.#seen;
    }
    this.#addCell(text);
    if (isNumberText(text)) this.#numbers++;
    if (this.#seen !== SEEN_BEFORE_VERDICT) return true;
    return Math.max(this.#numbers, this.#comma, this.#point, this.#hexadecimals) * 2 > this.#seen;
  }

  /** What the texts look like; undefined when too many look like nothing. */
  get look(): TextLook | undefined {
    const enough = this.#isCells ? this.#seen * SHARE : this.#seen;
    if (this.#seen === 0) return undefined;
    if (!this.#isCells) {
      // Where all are so wide, they are names rather than numbers.
      if (this.#plain === 0) return undefined;
      if (this.#naturals === enough && this.#wides > 0) return "integer64";
      return this.#numbers === enough ? "number" : undefined;
    }
    if (this.#isBlankFirst) {
      const numbers = Math.max(this.#numbers, this.#comma, this.#point);
      return numbers >= enough ? "blank first" : undefined;
    }
    if (this.#hexadecimals >= enough) return "hexadecimal";
    const isComma = this.#comma >= enough;
    const isPoint = this.#point >= enough;
    if (isComma && isPoint) {
      if (this.#comma !== this.#point) return this.#comma > this.#point ? "comma" : "point";
      return this.#ambiguous > 0 ? "either mark" : "any mark";
    }
    return isComma ? "comma" : isPoint ? "point" : undefined;
  }

  #addText(text: string): void {
    const wide = isWide(text);
    if (wideInteger(text) !== undefined) {
      this.#naturals++;
      if (wide) this.#wides++;
    }
    if (!isNumberText(text) || !isHeld(text)) return;
    this.#numbers++;
    if (!wide) this.#plain++;
  }

  #addCell(text: string): void {
    const comma = plainNumber(text, "comma");
    const point = plainNumber(text, "point");
    if (comma !== undefined) this.#comma++;
    if (point !== undefined) this.#point++;
    if (comma !== undefined && point !== undefined && comma !== point) this.#ambiguous++;
    if (HEXADECIMAL.test(text)) this.#hexadecimals++;
  }
}
