import { startMs } from "../time/event_times.js";

/**
 * The second of a time of the recording, as `#time-14221` names it in milliseconds; undefined where
 * a hash names none, or the axis has no known begin. Pages that know nothing of seconds link so.
 */
export function secondOfTimeHash(hash) {
  const match = /^#time-(-?\d{1,16}(?:\.\d{1,6})?)$/.exec(hash);
  const start = startMs();
  if (match === null || start === undefined) return undefined;
  return Math.max(0, Math.floor((Number(match[1]) - start) / 1000));
}
