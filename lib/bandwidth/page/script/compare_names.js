const collator = new Intl.Collator("en", { numeric: true });

/** Order of two names, in which the numbers in them go by their values: `type_2` before `type_10`. */
export function compareNames(a, b) {
  return collator.compare(a, b);
}
