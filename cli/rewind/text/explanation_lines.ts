import type { EntityIds, Explanation, UsedTeleports } from "../../../lib/rewind.ts";
import { renderExplanation } from "../../../lib/rewind/report/explanation/explanation_text.ts";
import { fittedText } from "../../terminal/fitted_text.ts";
import { visible } from "../../terminal/terminal.ts";
import { teleportLines } from "./teleport_lines.ts";

/** What a line is about, which its text stands behind. */
const LABEL = /^ {2}\w+ {2,}/;

/**
 * One shot in full, as lines.
 *
 * @param teleports which steps its poses do not pass over
 * @param ids what entities are called
 */
export function explanationLines(
  explanation: Explanation,
  teleports: UsedTeleports,
  ids: EntityIds,
): string[] {
  const text = renderExplanation(explanation, ids).trimEnd();
  const lines = text.split("\n").map(visible).flatMap((line) =>
    fittedText(line, { hang: LABEL.exec(line)?.[0].length ?? 2 })
  );
  return [...lines, "", ...teleportLines(teleports)];
}
