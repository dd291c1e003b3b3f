import type { RunReport } from "../../report/run_report.ts";
import type { RunFacet } from "./run_facets.ts";

/** What the name of a run says in a list of runs, in two parts; the second may be empty. */
export type ShortName = readonly [head: string, rest: string];

/** Facets whose values say what they are. */
const BARE: readonly string[] = ["ack", "codec", "net"];

/**
 * Names without what all runs share; whole names where nothing differs, or where that which does
 * tells not all runs apart.
 *
 * @returns one element a run
 */
export function shortNames(
  runs: readonly Pick<RunReport, "ack" | "codec" | "name">[],
  facets: readonly RunFacet[],
): ShortName[] {
  const short = runs.map((_, run): ShortName => {
    const parts = [...facets].sort(byName).map((facet) => partOf(facet, run));
    const heads = facets.filter(({ name }) => name === "ack" || name === "codec").length || 1;
    return [parts.slice(0, heads).join(" "), parts.slice(heads).join(" ")];
  });
  const isTelling = facets.length > 0 && new Set(short.map(String)).size === runs.length;
  return isTelling ? short : runs.map(({ ack, codec, name }) => {
    const how = `${ack} ${codec}`;
    return name.startsWith(`${how} `) ? [how, name.slice(how.length + 1)] : [name, ""];
  });
}

/** As in names: ack policy, codec and network before the settings. */
function byName({ name: a }: RunFacet, { name: b }: RunFacet): number {
  const place = (name: string) => BARE.includes(name) ? BARE.indexOf(name) : BARE.length;
  return place(a) - place(b);
}

function partOf({ name, of, values }: RunFacet, run: number): string {
  const value = values[of[run]!]!;
  return BARE.includes(name) || value.includes("=") ? value : `${name}=${value}`;
}

/** What the names of all runs share, such as `strict 4g`; empty where names say all. */
export function sharedName(
  runs: readonly Pick<RunReport, "ack" | "codec" | "net">[],
  facets: readonly RunFacet[],
): string {
  const [first] = runs;
  if (first === undefined || facets.length === 0) return "";
  const differs = new Set(facets.map(({ name }) => name));
  return (["ack", "codec", "net"] as const).filter((name) => !differs.has(name))
    .map((name) => first[name]).join(" ");
}
