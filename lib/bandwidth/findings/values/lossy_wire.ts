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
    const [worst] = errors.toSorted((a, b) => b.max - a.max);
    if (worst === undefined) return undefined;
    return {
      severity: "note",
      size: 0,
      demand: worst.max,
      text: "what is sent is rounded by the wire schema: consumers never have the recorded values",
      evidence: `${settings.wire ?? "the wire schema"}: ${
        nameText(worst.kind, worst.field)
      } is off by ${amountOf(worst, worst.max)} at most, ${
        amountOf(worst, worst.mean)
      } on average, the largest of ${countText(errors.length, "error")}`,
      remedy: remedy`finer steps in the schema of ${optionKey("wire")} where that is too much`,
    };
  },
};

function amountOf({ unit }: FieldError, value: number): string {
  return unit === undefined ? numberText(value) : `${numberText(value)} ${unit}`;
}
