import { drawCurve } from "./curve/accuracy_curve.js";
import { redraw } from "./canvas.js";
import { page } from "./poses.js";
import { drawScene } from "./scene/scene.js";
import { listenToScrubber } from "./scrubber.js";
import { listShots } from "./shot_list.js";
import { chooseShot, differs } from "./shots.js";
import { renderVerdicts } from "./verdicts.js";

drawCurve();
if (page.shots.length > 0) {
  drawScene();
  listenToScrubber();
  renderVerdicts();
  listShots();
  const first = page.shots.find(({ results }) => results.some(differs)) ?? page.shots[0];
  chooseShot(first);
}
redraw();
