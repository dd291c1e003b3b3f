import { poseOnTrack, rowOf, unpackTrack } from "./tracks.js";

/** Everything that the page shows. */
export const page = JSON.parse(document.getElementById("page").textContent);

const { frames, timesMs } = page.poses;
const tracks = new Map();
for (const track of page.poses.tracks) {
  if (!tracks.has(track.id)) tracks.set(track.id, []);
  tracks.get(track.id).push(unpackTrack(track, page));
}

/** Last index of the page's frames at or before a time, or -1. */
export function indexAtMs(timeMs) {
  let low = -1;
  let high = timesMs.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (timesMs[middle] <= timeMs) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Frame at a time, with a fraction. */
export function frameAtMs(timeMs) {
  const i = Math.max(0, indexAtMs(timeMs));
  if (i + 1 >= frames.length || timesMs[i + 1] <= timesMs[i]) return frames[i];
  const part = Math.max(0, (timeMs - timesMs[i]) / (timesMs[i + 1] - timesMs[i]));
  // Frame numbers wrap at 2^32.
  return (frames[i] + ((frames[i + 1] - frames[i]) >>> 0) * part) % 2 ** 32;
}

/** Pose of an entity at a time, between two frames if need be; undefined when not there. */
export function poseAtMs(id, timeMs) {
  const index = indexAtMs(timeMs);
  const track = trackAt(id, index);
  if (track === undefined) return undefined;
  const part = (timeMs - timesMs[index]) / (timesMs[index + 1] - timesMs[index]);
  return poseOnTrack(track, index - track.start, part);
}

/** Recorded poses of an entity from one time to another, for its trail. */
export function trailOf(id, fromMs, toMs) {
  const trail = [];
  for (let index = Math.max(0, indexAtMs(fromMs)); index < frames.length; index++) {
    if (timesMs[index] > toMs) break;
    const track = timesMs[index] < fromMs ? undefined : trackAt(id, index);
    if (track !== undefined) trail.push(rowOf(track, index - track.start));
  }
  return trail;
}

function trackAt(id, index) {
  if (index < 0) return undefined;
  return tracks.get(id)?.find(({ start, x }) => start <= index && index < start + x.length);
}
