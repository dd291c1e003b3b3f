import { drawFieldBars } from "./field_bars.js";
import { drawHealRanges } from "./heal_ranges.js";
import { listenToRuns } from "./runs.js";
import { offerJson } from "./save.js";
import { drawShapeCharts } from "./shape_charts.js";
import { listenToTables } from "./tables.js";
import { drawTimeCharts } from "./time_charts.js";

listenToRuns();
listenToTables();
offerJson();
drawTimeCharts();
drawShapeCharts();
drawFieldBars();
drawHealRanges();
