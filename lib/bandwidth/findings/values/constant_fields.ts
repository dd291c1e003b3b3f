import { optionKey, remedy } from "../../../core/remedy.ts";
import type { FindingRule } from "../finding_rule.ts";
import { numberText, percentText, someOf } from "../figure_text.ts";
import { sentFields, shareOf } from "./sent_fields.ts";

/** Part of the payload below which it does not pay. */
const SHARE_NOTE = 0.01;
/** Below it nobody knows whether a field would have changed. */
const STATES_MIN = 100;
const SHARE_WARNING = 0.1;

/** Fields that never changed, and were paid for. */
export const CONSTANT_FIELDS: FindingRule = {
  code: "constant-fields",
  isSeen: false,
  isOfStream: true,
  judge(run) {
    const fields = sentFields(run).filter(({ facts }) =>
      facts.isConstant && facts.states >= STATES_MIN
    );
    const share = shareOf(fields);
    if (share < SHARE_NOTE) return undefined;
    const states = Math.min(...fields.map(({ facts }) => facts.states));
    return {
      severity: share >= SHARE_WARNING ? "warning" : "note",
      size: share,
      text: "fields that are the same for every entity in every frame are sent",
      evidence: `${someOf(fields.map(({ name }) => name))} had one value in ${
        numberText(states)
      } states or more; they take ${percentText(share)} of the payload`,
      remedy: remedy`leave them out of what is sent by ${
        optionKey("wire")
      } if they are as constant in the game as in this recording`,
    };
  },
};
