import type { EntityIds, Explanation, UsedTeleports } from "../../../lib/rewind.ts";
import { renderExplanation } from "../../../lib/rewind/report/explanation/explanation_text.ts";
import { visible } from "../../terminal/terminal.ts";
import { teleportLines } from "./teleport_lines.ts";

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
  return [...text.split("\n").map(visible), "", ...teleportLines(teleports)];
}
