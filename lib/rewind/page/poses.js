/** Everything that the page shows. */
export const page = JSON.parse(document.getElementById("page").textContent);

const { frames, timesMs, quantum } = page.poses;
const tracks = new Map();
for (const track of page.poses.tracks) {
  const unpacked = {
    ...track,
    x: summed(track.x, quantum),
    y: summed(track.y, quantum),
    z: summed(track.z, quantum),
    yaw: track.yaw === undefined ? undefined : summed(track.yaw, 0.1),
  };
  if (!tracks.has(track.id)) tracks.set(track.id, []);
  tracks.get(track.id).push(unpacked);
}

function summed(steps, unit) {
  let sum = 0;
  return Float64Array.from(steps, (step) => (sum += step) * unit);
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
  return frames[i] + (frames[i + 1] - frames[i]) * part;
}

/** Entities that were there at a time. */
export function entitiesAtMs(timeMs) {
  const index = indexAtMs(timeMs);
  return [...tracks.keys()].filter((id) => trackAt(id, index) !== undefined);
}

/** Pose of an entity at a time, between two frames in a straight line; undefined when not there. */
export function poseAtMs(id, timeMs) {
  const index = indexAtMs(timeMs);
  const track = trackAt(id, index);
  if (track === undefined) return undefined;
  const i = index - track.start;
  const pose = poseOf(track, i);
  const spanMs = timesMs[index + 1] - timesMs[index];
  if (i + 1 >= track.x.length || !(spanMs > 0)) return pose;
  const part = (timeMs - timesMs[index]) / spanMs;
  const next = poseOf(track, i + 1);
  const steps = [next.x - pose.x, next.y - pose.y, next.z - pose.z];
  if (Math.hypot(...steps) > page.teleportUnits) return pose;
  pose.x += steps[0] * part;
  pose.y += steps[1] * part;
  pose.z += steps[2] * part;
  return pose;
}

/** Recorded poses of an entity from one time to another, for its trail. */
export function trailOf(id, fromMs, toMs) {
  const trail = [];
  for (let index = Math.max(0, indexAtMs(fromMs)); index < frames.length; index++) {
    if (timesMs[index] > toMs) break;
    const track = timesMs[index] < fromMs ? undefined : trackAt(id, index);
    if (track !== undefined) trail.push(poseOf(track, index - track.start));
  }
  return trail;
}

function trackAt(id, index) {
  if (index < 0) return undefined;
  return tracks.get(id)?.find(({ start, x }) => start <= index && index < start + x.length);
}

function poseOf(track, i) {
  const flips = track.flips.filter((at) => at <= i).length;
  const yaw = track.yaw === undefined ? 0 : track.yaw[i];
  return {
    ...{ id: track.id, kind: track.kind, x: track.x[i], y: track.y[i], z: track.z[i], yaw },
    isAlive: flips % 2 === 0,
  };
}
