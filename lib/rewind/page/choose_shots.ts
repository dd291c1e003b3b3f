import { indexAtTime } from "../past/frame_time.ts";
import type { PoseSource } from "../shape/pose.ts";
import type { PageShot } from "./page_shot.ts";
import type { WantedPoses } from "./pose_tracks.ts";
import { entitiesOf } from "./shot_entities.ts";

/** Time around a shot whose poses are kept, in milliseconds. */
export const AROUND_MS = 300;

/** Longest time before a shot whose poses are kept, in milliseconds. */
export const FAR_MS_MAX = 2000;

/** Shots that fit, those that some policy misjudges first, in their order, with the poses around. */
export function chooseShots(
  source: PoseSource,
  shots: readonly PageShot[],
  backMs: number,
  bounds: { readonly shots: number; readonly poses: number },
): { shots: readonly PageShot[]; wanted: WantedPoses } {
  const isMisjudged = (shot: PageShot) =>
    shot.results.some((result) => result?.claim !== undefined) ? 0 : 1;
  const ranked = [...shots].sort((a, b) => isMisjudged(a) - isMisjudged(b) || a.index - b.index);
  const wanted = new Map<number, Set<number>>();
  const kept: PageShot[] = [];
  let poses = 0;
  for (const shot of ranked) {
    if (kept.length === bounds.shots || (poses > bounds.poses && kept.length > 0)) break;
    kept.push(shot);
    const ids = entitiesOf(shot);
    for (const index of framesAround(source, shot, backMs)) {
      const there = wanted.get(index) ?? new Set();
      wanted.set(index, there);
      poses -= there.size;
      for (const id of ids) there.add(id);
      poses += there.size;
    }
  }
  return { shots: kept.sort((a, b) => a.index - b.index), wanted };
}

/** Frames that the scene of a shot may need: those it can be scrubbed to, and a little after. */
function* framesAround(source: PoseSource, shot: PageShot, backMs: number): Generator<number> {
  const last = source.length - 1;
  // A shot in a hole of the recording lies before a frame that may be far off.
  const next = indexAtTime(source, shot.timeMs, 0, last) + 1;
  const usedMs = shot.results.map((result) => result?.usedMs ?? 0);
  const farMs = Math.min(Math.max(backMs, ...usedMs), FAR_MS_MAX);
  const first = Math.max(0, indexAtTime(source, shot.timeMs - farMs, 0, last) - 1);
  for (let index = first; index <= last; index++) {
    if (index > next && source.timeMsAt(index) > shot.timeMs + AROUND_MS) return;
    yield index;
  }
}
