import { view } from "../runs.js";
import { matches } from "./selection.js";

/** Facets that players bring along: who has a bad network cannot be given a better one. */
const GIVEN = ["net", "churn", "consumers", "seed"];

/** Which figure bytes are weighed against: its place among those of the trade-off. */
export const weighed = { figure: 0 };

/** The figure that bytes are weighed against; undefined where none tells runs apart. */
export function weighedFigure() {
  return view.tradeOff.figures[weighed.figure];
}

/** What all runs of one front share, such as `net`, of what players bring along. */
export function givenFacets() {
  return view.facets.filter(({ name }) => GIVEN.includes(name));
}

/**
 * Every run that matches as a point of the trade-off; runs weigh their bytes alone where there is no
 * figure.
 */
export function points() {
  const { kbps } = view.tradeOff;
  const figure = weighedFigure();
  const given = givenFacets();
  const places = new Map();
  return matches().map((run) => {
    const key = JSON.stringify(given.map(({ of }) => of[run.index]));
    if (!places.has(key)) places.set(key, places.size);
    return {
      run,
      place: places.get(key),
      x: kbps[run.index] ?? NaN,
      y: figure === undefined ? 0 : figure.values[run.index] ?? NaN,
      isCompared: figure?.isCompared[run.index] ?? true,
    };
  });
}
