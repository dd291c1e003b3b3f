import { visibleText } from "../../../core/visible_text.ts";
import { cutApart, cutCells, headCells } from "../text_width.ts";

/** Names of runs without what all of them share. */
export interface PartedNames {
  /** Parts that all share, as they stand in the first name; empty where there is none. */
  readonly shared: string;
  /** What is left of each name; empty for one that is nothing more. */
  readonly own: readonly string[];
}

/** Longest name that is looked at. */
const NAME_LENGTH_MAX = 1000;

/** Names of runs, with what cannot be seen spelt out; of one alone, all is shared. */
export function namesOfRuns(runs: readonly { readonly name: string }[]): PartedNames {
  const names = runs.map(({ name }) => visibleText(name, NAME_LENGTH_MAX));
  return names.length === 1 ? { shared: names[0]!, own: [""] } : withoutShared(names);
}

/**
 * Takes from names, whose parts stand between spaces, those parts that all of them have; nothing
 * where names that differ would no longer do so.
 */
export function withoutShared(names: readonly string[]): PartedNames {
  const parts = names.map((name) => name.split(" "));
  const counts = parts.map(countsOf);
  const isShared = (part: string) => counts.every((of) => of.get(part) === 1);
  const shared = (parts[0] ?? []).filter(isShared);
  const own = parts.map((of) => of.filter((part) => !isShared(part)).join(" "));
  const isApart = new Set(own).size === new Set(names).size;
  return isApart ? { shared: shared.join(" "), own } : { shared: "", own: names };
}

function countsOf(parts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const part of parts) counts.set(part, (counts.get(part) ?? 0) + 1);
  return counts;
}

/**
 * Names of at most so many cells each, of which those that differ stay different: the middle goes,
 * or the end, or what stands before the place where they part; where that does not tell them apart, all have
 * numbers.
 *
 * @param cells at least 8
 */
export function shortNames(
  names: readonly string[],
  cells: number,
): { readonly short: readonly string[]; readonly isNumbered: boolean } {
  const count = new Set(names).size;
  const ways = [
    names.map((name) => cutCells(name, cells)),
    names.map((name) => headCells(name, cells)),
    cutApart(names, cells),
  ];
  const short = ways.find((way) => new Set(way).size === count);
  const isNumbered = short === undefined || short.some((name, i) => name.startsWith(`#${i + 1} `));
  if (!isNumbered) return { short: short!, isNumbered };
  const place = new Map<string, number>();
  for (const [i, name] of names.entries()) if (!place.has(name)) place.set(name, i + 1);
  return {
    short: names.map((name) => {
      const number = `#${place.get(name)} `;
      return number + cutCells(name, cells - number.length);
    }),
    isNumbered,
  };
}
