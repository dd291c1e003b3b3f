import { remedy } from "../../../core/remedy.ts";
import { shownValue } from "../../../core/shown_value.ts";
import type { FindingRule } from "../finding_rule.ts";
import { nameText, numberText, percentText } from "../figure_text.ts";

/** An entity below it is not what makes a stream dear. */
const SHARE_NOTE = 0.15;
const SHARE_WARNING = 0.5;
/** Times what the next one costs. */
const TIMES = 3;

/** One entity that costs far more than every other. */
export const DEAR_ENTITY: FindingRule = {
  code: "dear-entity",
  isSeen: false,
  isOfStream: true,
  judge({ options, report: { consumers, entities, entityCount } }) {
    // Of one consumer that looks at what is near, its own entity is always near.
    if (options.interest !== undefined && consumers === 1) return undefined;
    const [first, second] = entities;
    if (first === undefined || second === undefined || first.share < SHARE_NOTE) return undefined;
    if (first.bits < TIMES * second.bits) return undefined;
    const name = `${nameText(first.kind)} ${shownValue(first.id)}`;
    return {
      severity: first.share >= SHARE_WARNING ? "warning" : "note",
      size: first.share,
      text: "one entity costs several times as much as any other",
      evidence: `${name} takes ${percentText(first.share)} of the payload, ${
        numberText(first.bits / second.bits)
      } times as much as ${nameText(second.kind)} ${
        shownValue(second.id)
      }, of ${entityCount} entities`,
      remedy:
        remedy`split it: what changes often and only some need into a kind that only those are sent`,
    };
  },
};
