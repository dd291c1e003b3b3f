import { runs } from "../runs.js";

/**
 * Rows of a tooltip of a plot at one of its xs: the shown runs that have a value there, those nearest
 * to the pointer first.
 *
 * @param top pixels from the top of the plot to the pointer; without it the largest value comes first
 * @param value `value(y, run, i)` in words
 */
export function chartRows(u, i, value, top) {
  const rows = runs.flatMap((run, place) => {
    const y = u.data[place + 1][i];
    if (!run.isShown || y === null || y === undefined) return [];
    const isFocused = u.series[place + 1]._focus === true;
    const distance = top === undefined ? -y : Math.abs(u.valToPos(y, "y") - top);
    return [{ run, name: run.name, value: value(y, run, i), distance, isFocused }];
  });
  return rows.sort((a, b) => a.distance - b.distance);
}
