import type { EntityIds, RewindReport } from "../../../lib/rewind.ts";
import type { CauseRule } from "../../../lib/rewind/verdict/cause/cause.ts";
import { CAUSE_TEXTS } from "../../../lib/rewind/verdict/cause/cause_texts.ts";
import { textTable } from "../../terminal/text_table.ts";
import { fittedText } from "../../terminal/fitted_text.ts";
import { visible } from "../../terminal/terminal.ts";
import { left, right } from "./columns.ts";
import { percent, round } from "./figures.ts";

/** The shots that the best policy misjudges most. @param ids what entities are called */
export function worstLines({ policies, worst }: RewindReport, ids: EntityIds): string[] {
  const { policy } = worst[0]!;
  const { accuracy, causes } = policies.find((summary) => summary.policy === policy)!;
  const counts = Object.entries(causes).filter(([word]) => word !== "agrees");
  const wrong = counts.reduce((sum, [, count]) => sum + count, 0);
  const of = wrong > worst.length ? `the worst ${worst.length} of ${wrong}` : `all ${wrong}`;
  return [
    ...fittedText(`misjudged by ${visible(policy)} (${percent(accuracy!)}): ${of}`),
    ...textTable(
      [
        right("shot"),
        right("frame"),
        right("shooter"),
        left("cause"),
        left("would agree with"),
        right("margin, units"),
      ],
      worst.map(({ cause, frame, marginUnits, rule, shooter, shot }) => [
        String(shot),
        String(frame),
        ids.textOf(shooter),
        cause,
        rule,
        marginUnits === null ? "-" : String(round(marginUnits)),
      ]),
    ),
    ...claimLines(worst.map(({ rule }) => rule)),
  ];
}

/** What each change that is named claims. */
function claimLines(rules: readonly CauseRule[]): string[] {
  const named = [...new Set(rules)].filter((rule) => rule !== "none");
  const width = Math.max(0, ...named.map(({ length }) => length)) + 4;
  return named.flatMap((rule) =>
    fittedText(`  ${rule}`.padEnd(width) + CAUSE_TEXTS[rule].claim, { hang: width })
  );
}
