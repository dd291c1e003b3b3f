import { visibleText } from "../../../../core/visible_text.ts";
import { state } from "../shots.js";
import { numberText } from "../verdict_text.js";

const link = document.getElementById("to-report");
/** Address of the report that the page itself knows, or null. */
const own = link.getAttribute("href");

/** Links to the moment of the shot in the report that a link came from, or else in the page's own. */
export function linkReport(from) {
  const address = from?.address ?? own;
  link.parentElement.hidden = address === null;
  if (address === null) return;
  const { timeMs } = state.shot;
  const when = `${numberText(timeMs / 1000, 2)} s`;
  link.href = `${address}#time-${Math.round(timeMs)}`;
  link.textContent = from === undefined
    ? `${when} in the report of this recording`
    : `back to the report, at ${when} (${visibleText(from.name, 60)})`;
}
