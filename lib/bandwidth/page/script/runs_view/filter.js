/**
 * Which runs match: within a facet one of the values that are wanted (any where none is), in all
 * facets, and every word of a text in their names, in whatever case.
 *
 * @param facets `{of}`, a value's place for each run
 * @param wanted a set of places for each facet
 * @param names a name for each run
 * @returns a flag for each run
 */
export function matching(facets, wanted, names, text) {
  const words = text.toLowerCase().split(/\s+/).filter((word) => word !== "");
  return names.map((name, run) =>
    facets.every(({ of }, facet) => wanted[facet].size === 0 || wanted[facet].has(of[run])) &&
    words.every((word) => name.toLowerCase().includes(word))
  );
}

/** How many runs each value of a facet would leave, whatever else of the facet is wanted. */
export function countsOf(facets, wanted, names, text, facet) {
  const others = wanted.map((places, i) => (i === facet ? new Set() : places));
  const flags = matching(facets, others, names, text);
  return facets[facet].values.map((_, place) =>
    flags.filter((isMatch, run) => isMatch && facets[facet].of[run] === place).length
  );
}
