import type { FieldError } from "../../report/seen_figures.ts";
import { optionKey, remedy } from "../../../core/remedy.ts";
import type { FindingRule } from "../finding_rule.ts";
import { countText, nameText, numberText } from "../figure_text.ts";

/** A wire schema that rounds. */
export const LOSSY_WIRE: FindingRule = {
  code: "lossy-wire",
  isSeen: true,
  isOfStream: false,
  judge({ report: { settings, wireError = [] } }) {
    const errors = wireError.filter(({ max }) => max > 0);
    const [worst, ...others] = worstOfUnits(errors);
    if (worst === undefined) return undefined;
    return {
      severity: "note",
      size: 0,
      demand: worst.max,
      text: "what is sent is rounded by the wire schema: consumers never have the recorded values",
      evidence: `${settings.wire ?? "the wire schema"}: ${
        [worst, ...others].map(offText).join("; ")
      }, the largest of ${countText(errors.length, "error")}${
        others.length === 0 ? "" : " in each unit"
      }`,
      remedy: remedy`finer steps in the schema of ${optionKey("wire")} where that is too much`,
    };
  },
};

/** The largest error of each unit, as sizes in two of them say nothing of each other; game units first. */
function worstOfUnits(errors: readonly FieldError[]): FieldError[] {
  const worst = new Map<string, FieldError>();
  for (const error of errors) {
    const { max, unit = "" } = error;
    if (max > (worst.get(unit)?.max ?? 0)) worst.set(unit, error);
  }
  return [...worst.entries()].toSorted(([a], [b]) => a < b ? -1 : 1).map(([, error]) => error);
}

function offText(error: FieldError): string {
  return `${nameText(error.kind, error.field)} is off by ${amountOf(error, error.max)} at most, ${
    amountOf(error, error.mean)
  } on average`;
}

function amountOf({ unit }: FieldError, value: number): string {
  return unit === undefined ? numberText(value) : `${numberText(value)} ${unit}`;
}
