import { optionKey, remedy } from "../../../core/remedy.ts";
import { DISTINCT_MAX } from "../../facts/recording_facts.ts";
import type { FindingRule } from "../finding_rule.ts";
import { percentText, someOf } from "../figure_text.ts";
import { type SentField, sentFields, shareOf } from "./sent_fields.ts";

/** Changes for each distinct text from which on texts repeat. */
const REPEATS_MIN = 4;
const CHANGES_MIN = 16;
const SHARE_NOTE = 0.01;
const SHARE_WARNING = 0.1;

/** Whether a text field has few texts that come again. */
export function repeatsTexts({ facts: { changes, distinct }, sent }: SentField): boolean {
  return sent.type === "text" && distinct < DISTINCT_MAX && changes >= CHANGES_MIN &&
    changes >= REPEATS_MIN * distinct;
}

/** Texts that travel as bytes though they are few. */
export const TEXT_COULD_BE_ENUM: FindingRule = {
  code: "text-could-be-enum",
  isSeen: false,
  isOfStream: true,
  judge(run) {
    const fields = sentFields(run).filter(repeatsTexts);
    const share = shareOf(fields);
    if (share < SHARE_NOTE) return undefined;
    return {
      severity: share >= SHARE_WARNING ? "warning" : "note",
      size: share,
      text: "texts that are few and come again travel as bytes whenever they change",
      evidence: `${
        someOf(fields.map(({ facts: { changes, distinct }, name }) =>
          `${name}: ${distinct} texts, ${changes} changes`
        ))
      }; they take ${percentText(share)} of the payload`,
      remedy: remedy`list them as an enum in the schema of ${
        optionKey("wire")
      }: each is then sent as its index`,
    };
  },
};
