import { optionKey, remedy } from "../../../core/remedy.ts";
import type { FindingRule } from "../finding_rule.ts";
import { percentText, someOf } from "../figure_text.ts";
import { type SentField, sentFields, shareOf } from "./sent_fields.ts";

/** Part of the payload below which it does not pay. */
const SHARE_NOTE = 0.01;
const SHARE_WARNING = 0.1;

/** Doubles that hold nothing but multiples of a step. */
export const STEPS_IN_DOUBLES: FindingRule = {
  code: "steps-in-doubles",
  isSeen: false,
  isOfStream: true,
  judge(run) {
    const fields = sentFields(run).filter(({ facts, sent }) =>
      sent.type === "f64" && facts.stepped !== undefined && facts.changes > 0
    );
    const share = shareOf(fields);
    if (share < SHARE_NOTE) return undefined;
    const steps = someOf(fields.map((field) => `${field.name} ${typeText(field)}`));
    return {
      severity: share >= SHARE_WARNING ? "warning" : "note",
      size: share,
      cause: "",
      text: "doubles hold only multiples of a step, which an integer says in fewer bits",
      evidence: `every value fits, -0 taken for 0: ${steps}; they take ${
        percentText(share)
      } of the payload`,
      remedy: remedy`send them so by ${optionKey("wire")}: ${steps}`,
    };
  },
};

function typeText({ facts }: SentField): string {
  const { step, type } = facts.stepped!;
  return step === undefined ? type : `${type} of step ${step}`;
}
