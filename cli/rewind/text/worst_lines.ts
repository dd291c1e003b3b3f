import type { EntityIds, RewindReport } from "../../../lib/rewind.ts";
import { textTable } from "../../terminal/text_table.ts";
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
    `misjudged by ${visible(policy)} (${percent(accuracy!)}): ${of}`,
    ...textTable(
      [
        right("shot"),
        right("frame"),
        right("shooter"),
        left("cause"),
        left("would agree with"),
        right("margin"),
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
  ];
}
