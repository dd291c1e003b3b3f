import { visibleText } from "../../../../core/visible_text.ts";
import { events, runs } from "../runs.js";
import { pointsOf, step } from "./time_axis.js";

/** Names that a note of a tooltip tells. */
const NAMES_MAX = 5;
let timed;

/**
 * The recorded events in order of time, with the seconds from the first packet to each (`at`) and
 * their names as shown.
 */
export function timedEvents() {
  timed ??= events === undefined ? [] : events.events.map((event) => ({
    ...event,
    at: secondsTo(event),
    text: visibleText(event.text),
    label: eventName(event.name),
  }));
  return timed;
}

/** Name of events, by its index, as shown. */
export function eventName(index) {
  return visibleText(events.names[index].name) || '""';
}

/** Begin of the axis as a time of the recording; undefined where it is not known. */
export function startMs() {
  // A run that sent nothing has moments, and no begin.
  return runs.find(({ moments }) => Number.isFinite(moments?.startMs))?.moments.startMs;
}

/** Without that begin an event stands in the second of its frame. */
function secondsTo({ frame, timeMs }) {
  const start = startMs();
  if (start !== undefined) return (timeMs - start) / 1000;
  const points = runs.length === 0 ? [] : pointsOf(runs[0]);
  const point = points.findLast((earlier) => earlier.frame <= frame);
  return point === undefined ? -step / 2 : point.second + step / 2;
}

/** Events of a second, in order of time. */
export function eventsIn(second) {
  const all = timedEvents();
  const from = placeOf(all, second);
  return all.slice(from, placeOf(all, second + step));
}

/** Index of the first event at or after a time. */
export function placeOf(all, at) {
  let low = 0, high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (all[middle].at < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How often each event came in a second, as lines of a tooltip. */
export function eventNotes(second) {
  const counts = new Map();
  for (const { label } of eventsIn(second)) counts.set(label, (counts.get(label) ?? 0) + 1);
  if (counts.size === 0) return [];
  const told = [...counts].sort((a, b) => b[1] - a[1]).slice(0, NAMES_MAX);
  const more = counts.size - told.length;
  const list = told.map(([label, count]) => (count === 1 ? label : `${label} × ${count}`));
  return [`events: ${list.join(", ")}${more > 0 ? ` and ${more} more names` : ""}`];
}
