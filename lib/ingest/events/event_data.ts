import { remedy } from "../../core/remedy.ts";
import { INPUT_LIMITS } from "../input/limits.ts";
import { RowFault } from "../input/row_fault.ts";
import { inexactNumber, isSurelyExact, mayUnderflow } from "../rows/exact_number.ts";
import { literalAt } from "../rows/flat_row.ts";
import { quoteLongIntegers } from "../rows/long_numbers.ts";

/** Data of an event, JSON values only. */
export type EventData = Readonly<Record<string, unknown>>;

/** Numbers whose spelling is looked up one by one. */
const LOOKED_UP_MAX = 1024;

/**
 * Data of an event as it came: integers above 2^53, which a double may not hold, are the texts of
 * their digits.
 *
 * @param object whole event as it was parsed
 * @param text the event as JSON, for looking up how numbers are spelt
 * @param exempt key of a number that may be rounded, if it is no integer
 * @throws {RowFault} for any other number that a double does not hold, and for nesting above the
 *   limit
 */
export function exactData(object: object, text: string, exempt?: string): EventData {
  const check = new NumberCheck(text, exempt);
  const data = object as EventData;
  if (check.isExact(data, 1)) return data;
  const exact = withLongIntegersAsTexts(data, text);
  check.refuseInexact(exact, "");
  return exact;
}

/** Looks at the numbers of an event. */
class NumberCheck {
  readonly #text: string;
  /** True when a number may be 0 only because doubles are not smaller. */
  readonly #mayUnderflow: boolean;
  readonly #exempt: string | undefined;
  #lookedUp = 0;

  constructor(text: string, exempt: string | undefined) {
    this.#text = text;
    this.#mayUnderflow = mayUnderflow(text);
    this.#exempt = exempt;
  }

  /** True when no number has to be looked at more closely. @throws {RowFault} for deep nesting */
  isExact(value: object, depth: number): boolean {
    if (depth > INPUT_LIMITS.depth) {
      throw new RowFault(
        `the event is nested deeper than ${INPUT_LIMITS.depth} levels`,
        remedy`flatten it before it is sent`,
        undefined,
        { code: "too-deep" },
      );
    }
    let isExact = true;
    const members = value as Record<string, unknown>;
    for (const key in members) {
      const member = members[key];
      if (typeof member === "number") {
        if (!this.#isSure(member)) isExact = false;
      } else if (typeof member === "object" && member !== null) {
        if (!this.isExact(member, depth + 1)) isExact = false;
      }
    }
    return isExact;
  }

  #isSure(number: number): boolean {
    return number === 0 ? !this.#mayUnderflow : isSurelyExact(number);
  }

  refuseInexact(value: object, prefix: string): void {
    const members = value as Record<string, unknown>;
    for (const key in members) {
      const member = members[key];
      const path = prefix + key;
      if (typeof member === "object" && member !== null) this.refuseInexact(member, `${path}.`);
      if (typeof member !== "number" || this.#isSure(member) || path === this.#exempt) continue;
      if (++this.#lookedUp > LOOKED_UP_MAX) {
        throw new RowFault(
          `the event has more than ${LOOKED_UP_MAX} numbers that a double may not hold`,
          remedy`send them as texts`,
          undefined,
          { code: "inexact-number" },
        );
      }
      const fault = inexactNumber(member, literalAt(this.#text, path));
      if (fault === undefined) continue;
      throw new RowFault(
        `in ${JSON.stringify(path)} ${fault.problem}`,
        remedy`${fault.remedy}, or the number as a text`,
        { path, part: "value" },
        { code: "inexact-number", field: path },
      );
    }
  }
}

function withLongIntegersAsTexts(data: EventData, text: string): Record<string, unknown> {
  const quoted = quoteLongIntegers(text);
  if (quoted === text) return { ...data };
  try {
    return JSON.parse(quoted);
  } catch {
    // A record of CSV: its cells are typed one by one.
    return { ...data };
  }
}
