import { type RunFacet, runFacets } from "./run_facets.ts";
import { shortNames } from "./short_names.ts";
import { type TradeOff, tradeOff } from "./trade_off.ts";
import { visibleText } from "../../../core/visible_text.ts";
import type { RunReport } from "../../report/run_report.ts";

/** What a page's scripts find and tell runs apart by. */
export interface RunsView {
  /** In what they differ. */
  readonly facets: readonly RunFacet[];
  /** Names without what all share, as text that can be shown, one element a run. */
  readonly names: readonly string[];
  /** What they cost and what that buys. */
  readonly tradeOff: TradeOff;
}

/** By what runs of a report are found and told apart. */
export function runsView(runs: readonly RunReport[]): RunsView {
  const facets = runFacets(runs);
  const names = shortNames(runs, facets).map(([head, rest]) =>
    visibleText(rest === "" ? head : `${head} ${rest}`)
  );
  const shown = facets.map((facet) => ({
    ...facet,
    values: facet.values.map((v) => visibleText(v)),
  }));
  return { facets: shown, names, tradeOff: tradeOff(runs) };
}
