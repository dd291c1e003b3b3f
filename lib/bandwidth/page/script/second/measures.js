import { numberText, percentText } from "../number_text.js";
import { pointsOf } from "../time/time_axis.js";

/**
 * What a second is judged by: key, name, value of a point of the series (undefined where it was not
 * measured), the value in words, and whether there is a button for its worst second.
 */
export const MEASURES = [
  {
    ...{ key: "bytes", name: "bandwidth of a consumer", isRanked: true },
    value: ({ kbps }) => kbps,
    text: (kbps) => `${numberText(kbps, 1)} kbps`,
  },
  {
    ...{ key: "age", name: "oldest state", isRanked: true },
    value: ({ stateAgeMs }) => stateAgeMs?.max,
    text: (ms) => `${numberText(ms, 1)} ms`,
  },
  {
    ...{ key: "median age", name: "state age, median" },
    value: ({ stateAgeMs }) => stateAgeMs?.p50,
    text: (ms) => `${numberText(ms, 1)} ms`,
  },
  {
    ...{ key: "error", name: "largest error of a position", isRanked: true },
    value: ({ drawnError }) => drawnError?.max,
    text: unitsText,
  },
  {
    ...{ key: "mean error", name: "mean error of positions" },
    value: ({ drawnError }) => drawnError?.mean,
    text: unitsText,
  },
  {
    ...{ key: "frozen", name: "frozen part of the time", isRanked: true },
    value: ({ frozenShare }) => frozenShare,
    text: percentText,
  },
  {
    ...{ key: "keyframes", name: "keyframes", isRanked: true },
    value: ({ keyframes }) => keyframes,
    text: (count) => numberText(count),
  },
  {
    ...{ key: "losses", name: "lost packets", isRanked: true },
    value: ({ losses }) => losses,
    text: (count) => numberText(count),
  },
  {
    ...{ key: "wrong", name: "wrong fields", isRanked: true },
    value: ({ wrongFields }) => wrongFields,
    text: (count) => numberText(count),
  },
];

/** Units of a game may be metres or microns: small ones have as many digits as say something. */
function unitsText(units) {
  return Math.abs(units) < 1 ? numberText(Number(units.toPrecision(3)), 9) : numberText(units);
}

/** Measures with a worst second: those that are above nothing somewhere in the run. */
export function rankedMeasures(run) {
  const isAbove = ({ value }) => pointsOf(run).some((point) => value(point) > 0);
  return MEASURES.filter((measure) => measure.isRanked && isAbove(measure));
}

/** Seconds of a run by a measure, worst first; those without anything of it are left out. */
export function worstSeconds(run, { value }) {
  return pointsOf(run)
    .filter((point) => value(point) > 0)
    .sort((a, b) => value(b) - value(a))
    .map(({ second }) => second);
}
