import { isDisputed, state } from "../shots.js";
import { chosenPolicy, shownShots } from "./filters.js";

/** The shown shot that lies so many places after the present one, as far as there are any. */
export function shotAfter(step) {
  const shown = shownShots();
  const at = placeOf(shown, step);
  return shown[Math.min(Math.max(at + step, 0), shown.length - 1)];
}

/** The next shown shot (step 1) or the one before (-1) that is disputed; undefined for none. */
export function disputedAfter(step) {
  const shown = shownShots();
  const policy = chosenPolicy();
  for (let at = placeOf(shown, step) + step; at >= 0 && at < shown.length; at += step) {
    if (isDisputed(shown[at], policy)) return shown[at];
  }
  return undefined;
}

/** Place of the present shot; of one that is not shown, that just before or after it. */
function placeOf(shown, step) {
  const at = shown.findIndex(({ index }) => index >= state.shot.index);
  if (at < 0) return step > 0 ? shown.length - 1 : shown.length;
  return shown[at] === state.shot || step < 0 ? at : at - 1;
}
