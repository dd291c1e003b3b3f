import { element } from "../../../page/script/element.js";
import { listenToCopies } from "./copy.js";
import { drawFieldBars } from "./cost/field_bars.js";
import { listenToFigures } from "./figures.js";
import { listenToFindings } from "./findings.js";
import { drawHealRanges } from "./heal_ranges.js";
import { listenToRuns, readReport } from "./runs.js";
import { listenToRunsView } from "./runs_view/runs_view.js";
import { offerJson } from "./save.js";
import { drawShapeCharts } from "./shape_charts.js";
import { listenToTables } from "./tables.js";
import { drawSecond } from "./second/second_panel.js";
import { drawEventLane } from "./time/event_lane.js";
import { drawFreezeStrip } from "./time/freeze_strip.js";
import { readTimeAxis } from "./time/time_axis.js";
import { listenToTimeBar } from "./time/time_bar.js";
import { drawTimeCharts } from "./time/time_charts.js";

async function main() {
  await readReport();
  listenToRuns();
  listenToTables();
  listenToRunsView();
  listenToFindings();
  listenToFigures();
  listenToCopies();
  offerJson();
  readTimeAxis();
  drawTimeCharts();
  drawFreezeStrip();
  drawEventLane();
  listenToTimeBar();
  drawSecond();
  drawShapeCharts();
  drawFieldBars();
  drawHealRanges();
  document.documentElement.dataset.ready = "true";
}

/** Says in the page that its charts are missing, and why. */
function tellFailure(error) {
  const notice = element(
    "p",
    "notice",
    "The charts could not be drawn; the tables of runs and findings stand. " +
      `A newer browser may draw them. It says: ${error.message}`,
  );
  notice.setAttribute("role", "alert");
  document.querySelector("main").prepend(notice);
}

main().catch(tellFailure);
