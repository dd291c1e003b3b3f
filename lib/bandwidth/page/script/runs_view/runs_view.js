import { listenToFacets } from "./facet_controls.js";
import { listenToLooks } from "./legend.js";
import { listenToBar } from "./run_bar.js";
import { listenToTable } from "./run_table.js";
import { startSelection } from "./selection.js";
import { drawTradeOff } from "./trade_off.js";

/** Lets a reader find runs, show some of them, and tell them apart. */
export function listenToRunsView() {
  startSelection();
  for (const box of document.querySelectorAll(".run-controls")) box.hidden = false;
  listenToTable();
  listenToLooks();
  listenToFacets();
  listenToBar();
  drawTradeOff();
}
