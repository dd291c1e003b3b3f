import type { PageEvents } from "../../moments/page_events.ts";
import type { RunReport } from "../../report/run_report.ts";
import { chart, section } from "./section.ts";

/** What players see and what is sent, second by second, and what one second is made of. */
export function timeSections(_runs: readonly RunReport[], _events: PageEvents | undefined): string {
  return section(
    "Bandwidth over time",
    "kbps on the wire of one connected consumer, headers included, mean over the consumers. " +
      "Drag to zoom, double-click to go back. A last second that is not whole is left out.",
    chart("kbps", 280),
  );
}
