import { pointOf, pointsOf } from "./time_axis.js";

const measures = new WeakMap();

/**
 * What a run lacks in a second: `no frame recorded` in a hole of the recording, `nothing sent` where
 * there was no packet for another reason; undefined where packets were sent.
 */
export function quietText(run, second) {
  const point = pointOf(run, second);
  if (point === undefined || point.kbps > 0) return undefined;
  return isHole(run, point) ? "no frame recorded" : "nothing sent";
}

/** True of the first second after a hole of the recording, whose oldest state is as old as the hole. */
export function isAfterHole(run, second) {
  const points = pointsOf(run);
  const before = points[points.findIndex((point) => point.second === second) - 1];
  return before !== undefined && before.kbps === 0 && isHole(run, before);
}

/** At frames that were recorded somebody has a state of some age, unless only the cost was asked for. */
function isHole(run, point) {
  if (!measures.has(run)) {
    measures.set(run, pointsOf(run).some(({ stateAgeMs }) => stateAgeMs !== undefined));
  }
  if (measures.get(run)) return point.stateAgeMs === undefined && run.figures.holes?.count > 0;
  const { sendEvery, sendRateHz } = run.figures.settings;
  return sendEvery === 1 && sendRateHz === null;
}
