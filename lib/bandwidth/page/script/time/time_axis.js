import { runs } from "../runs.js";

/** Begins of the seconds that some run has figures of, ascending, and how many seconds each stands for. */
export let seconds = [], step = 1;

/** What all charts over time show now, and the most that they can show, in seconds. */
export const view = { min: 0, max: 1 }, whole = { min: 0, max: 1 };

/** The second under pointer or keyboard; undefined while there is none. */
export const cursor = { second: undefined };

const listeners = { zoom: [], cursor: [] };
const pointsOfRun = new Map();

/** Shortest stretch of time that is zoomed to, in points. */
const POINTS_MIN = 4;

/** Puts the seconds of all runs on one axis. */
export function readTimeAxis() {
  for (const run of runs) {
    const points = wholeSeconds(run.figures);
    pointsOfRun.set(run, new Map(points.map((point) => [point.second, point])));
  }
  const all = runs.flatMap((run) => [...pointsOfRun.get(run).keys()]);
  seconds = [...new Set(all)].sort((a, b) => a - b);
  const gaps = seconds.slice(1).map((second, i) => second - seconds[i]).sort((a, b) => a - b);
  step = gaps[Math.floor(gaps.length / 2)] ?? 1;
  Object.assign(whole, { min: seconds[0] ?? 0, max: (seconds.at(-1) ?? 0) + step });
  Object.assign(view, whole);
}

/** A last second that is not whole would look like a fall. */
function wholeSeconds({ series, durationSeconds }) {
  const isWhole = ({ second }) => second + 0.999 <= durationSeconds;
  return series.length === 1 ? series : series.filter(isWhole);
}

/** Figures of a run in a second; undefined where it has none. */
export function pointOf(run, second) {
  return pointsOfRun.get(run)?.get(second);
}

/** How many seconds of a run a point of it stands for: the last may be of fewer than the others. */
export function lengthOf(run, { second }) {
  return Math.max(1, Math.min(step, run.figures.durationSeconds - second));
}

/** Figures of a run in all of its seconds. */
export function pointsOf(run) {
  return [...(pointsOfRun.get(run)?.values() ?? [])];
}

/** The second of the axis that a time lies in, or the nearest one. */
export function secondAt(time) {
  let nearest;
  for (const second of seconds) {
    const isNearer = nearest === undefined ||
      Math.abs(second + step / 2 - time) <= Math.abs(nearest + step / 2 - time);
    if (isNearer) nearest = second;
  }
  return nearest;
}

/** `second 70 · frame 4200`, the first frame; of merged seconds how many they are. */
export function secondText(second) {
  const which = step === 1 ? `second ${second}` : `seconds ${second} to ${second + step - 1}`;
  const points = runs.flatMap((run) => pointOf(run, second) ?? []);
  if (points.length === 0) return which;
  const sent = points.find(({ kbps }) => kbps > 0);
  return sent === undefined ? `${which} · nothing sent` : `${which} · frame ${sent.frame}`;
}

/** Calls back when charts show another stretch of time. */
export function onZoom(listener) {
  listeners.zoom.push(listener);
}

/** Calls back when the cursor is at another second, or nowhere. */
export function onCursor(listener) {
  listeners.cursor.push(listener);
}

/** Shows this stretch of time, as far as there is any and not shorter than some points. */
export function zoomTo(from, to) {
  const length = Math.min(whole.max - whole.min, Math.max(POINTS_MIN * step, to - from));
  const middle = (from + to) / 2;
  const min = Math.min(whole.max - length, Math.max(whole.min, middle - length / 2));
  Object.assign(view, { min, max: min + length });
  for (const listener of listeners.zoom) listener();
}

/** Zooms in (a factor below 1) or out, around a time; the middle unless given. */
export function zoomBy(factor, around = (view.min + view.max) / 2) {
  zoomTo(around - (around - view.min) * factor, around + (view.max - around) * factor);
}

/** Moves what is shown by a part of its length. */
export function pan(share) {
  const by = (view.max - view.min) * share;
  zoomTo(view.min + by, view.max + by);
}

/** Puts the cursor of all charts at a second, or nowhere. */
export function moveCursor(second) {
  if (cursor.second === second) return;
  cursor.second = second;
  for (const listener of listeners.cursor) listener();
}

/** Moves the cursor by so many points, and what is shown along with it; gives where it is then. */
export function stepCursor(points, start) {
  const from = seconds.indexOf(cursor.second ?? start);
  const place = from < 0 ? 0 : Math.min(seconds.length - 1, Math.max(0, from + points));
  const second = seconds[place];
  if (second < view.min) zoomTo(second, second + view.max - view.min);
  if (second + step > view.max) zoomTo(second + step - (view.max - view.min), second + step);
  moveCursor(second);
  return second;
}
