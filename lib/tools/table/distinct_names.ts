/**
 * Names of which no two are the same, also where upper and lower case are: each as it is wished if
 * that is free and not empty, else with `_2`, `_3` and so on behind it. A name that is wished once
 * keeps it.
 *
 * @param wished names in their order
 * @param taken names that nobody gets
 */
export function distinctNames(wished: readonly string[], taken: readonly string[]): string[] {
  const used = new Set(["", ...taken.map(folded)]);
  const names = wished.map((name) => {
    if (used.has(folded(name))) return undefined;
    used.add(folded(name));
    return name;
  });
  return names.map((name, i) => {
    if (name !== undefined) return name;
    for (let n = 2;; n++) {
      const other = `${wished[i]}_${n}`;
      if (used.has(folded(other))) continue;
      used.add(folded(other));
      return other;
    }
  });
}

function folded(name: string): string {
  return name.toLowerCase();
}
