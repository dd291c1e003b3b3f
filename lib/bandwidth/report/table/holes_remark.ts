import { optionKey, type Remedy, remedy } from "../../../core/remedy.ts";
import type { RunFigures } from "../read_report.ts";
import { isMostlyHoles, shortNumber } from "../run_figures.ts";

/** Why figures are not shown, and what to change; undefined where that is so in no run. */
export function holesRemark(runs: readonly RunFigures[]): Remedy | undefined {
  const share = runs.find(isMostlyHoles)?.holes?.share;
  if (share === undefined) return undefined;
  const percent = shortNumber(Math.round(share * 1000) / 10);
  return remedy`- leaves holes out, which are ${percent} % of the recording's time, so that too little \
is left to measure: give a larger ${optionKey("freezeMs")} if the stream is that slow`;
}
