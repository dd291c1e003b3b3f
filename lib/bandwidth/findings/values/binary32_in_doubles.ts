import { optionKey, remedy } from "../../../core/remedy.ts";
import type { FindingRule } from "../finding_rule.ts";
import { percentText, someOf } from "../figure_text.ts";
import { sentFields, shareOf } from "./sent_fields.ts";

/** Part of the payload below which it does not pay. */
const SHARE_NOTE = 0.01;
const SHARE_WARNING = 0.1;

/** Doubles that hold nothing but singles. */
export const BINARY32_IN_DOUBLES: FindingRule = {
  code: "binary32-in-doubles",
  isSeen: false,
  isOfStream: true,
  judge(run) {
    const fields = sentFields(run).filter(({ facts, sent }) =>
      sent.type === "f64" && facts.isBinary32 && facts.stepped === undefined
    );
    const share = shareOf(fields);
    if (share < SHARE_NOTE) return undefined;
    return {
      severity: share >= SHARE_WARNING ? "warning" : "note",
      size: share,
      text: "doubles hold only what the game has as binary32: 8 bytes say what 4 would",
      evidence: `every value of ${
        someOf(fields.map(({ name }) => name))
      } is a binary32 or the decimal of one; they take ${percentText(share)} of the payload`,
      remedy: remedy`send them as f32 by ${optionKey("wire")}`,
    };
  },
};
