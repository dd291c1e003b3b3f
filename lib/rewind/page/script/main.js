import { drawCurve } from "./curve/accuracy_curve.js";
import { redraw } from "./canvas.js";
import { listenToKeys } from "./keys.js";
import { followLinks } from "./links/links.js";
import { listenToFilters } from "./list/filters.js";
import { page } from "./poses.js";
import { drawScene } from "./scene/scene.js";
import { listenToScrubber } from "./scrubber.js";
import { listShots } from "./shot_list.js";
import { isDisputed } from "./shots.js";
import { renderVerdicts } from "./verdicts.js";

drawCurve();
if (page.shots.length > 0) {
  drawScene();
  listenToScrubber();
  renderVerdicts();
  listenToFilters();
  listShots();
  listenToKeys();
  followLinks(page.shots.find((shot) => isDisputed(shot)) ?? page.shots[0]);
}
redraw();
document.documentElement.dataset.ready = "true";
