import { optionKey, type Remedy, remedy } from "../../../core/remedy.ts";
import type { FindingRule } from "../finding_rule.ts";
import { countText, numberText, percentText } from "../figure_text.ts";
import { repeatsTexts } from "../values/text_could_be_enum.ts";
import { type SentField, sentFields } from "../values/sent_fields.ts";

/** One field that takes more than all others together. */
const SHARE_NOTE = 0.5;
const SHARE_WARNING = 0.8;
/** Bits of a send below which it is only what changes most. */
const BITS_MIN = 32;

/** One field that is most of what is sent. */
export const DEAR_FIELD: FindingRule = {
  code: "dear-field",
  isSeen: false,
  isOfStream: true,
  judge(run) {
    const [first, second] = sentFields(run);
    if (first === undefined || second === undefined || first.share < SHARE_NOTE) return undefined;
    const { bits, facts, name, sends, sent, share } = first;
    if (sends === 0 || bits < BITS_MIN * sends || isToldOtherwise(first)) {
      return undefined;
    }
    return {
      severity: share >= SHARE_WARNING ? "warning" : "note",
      size: share,
      text: "one field costs more than all others together",
      evidence: `${name} (${sent.type}) takes ${percentText(share)} of the payload: ${
        countText(sends, "send")
      } of ${numberText(bits / sends)} bits, for ${countText(facts.changes, "recorded change")}`,
      remedy: remedyOf(first),
    };
  },
};

/** Whether a finding of its values says already what to send instead. */
function isToldOtherwise(field: SentField): boolean {
  const { facts, sent } = field;
  return repeatsTexts(field) || facts.isConstant ||
    (sent.type === "f64" && (facts.isBinary32 || facts.stepped !== undefined));
}

function remedyOf({ sent: { type } }: SentField): Remedy {
  if (type === "text") {
    return remedy`make fields of its parts: of a text that changes in one place all is sent again; what counts or tells the time can be left out by ${
      optionKey("wire")
    }`;
  }
  return remedy`leave it out by ${
    optionKey("wire")
  } if clients can count or compute it themselves, as a time or a hash, or send it in coarser steps`;
}
