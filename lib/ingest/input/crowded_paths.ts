import { MASK_FIELDS_MAX } from "../../core/bytes/mask.ts";

/** Paths that are named at most. */
const PATHS_MAX = 4;
/** Paths that can stand in a list of them. */
const PLAIN = /^[^\s,"']{1,80}$/;
/** Share of a container's fields from which on one inside it stands for all of it. */
const INNER_SHARE = 0.75;

/**
 * The fewest objects and lists without which no more fields are left than fit, those with the most
 * fields first; none where that takes more than four, or leaves too many still.
 *
 * @param names dotted names of the fields
 */
export function crowdedPaths(names: readonly string[]): readonly string[] {
  const paths: string[] = [];
  for (let left = names; left.length > MASK_FIELDS_MAX;) {
    const path = paths.length < PATHS_MAX ? crowdIn(left, "") : undefined;
    if (path === undefined || !PLAIN.test(path)) return [];
    paths.push(path);
    left = left.filter((name) => !name.startsWith(`${path}.`));
  }
  return paths;
}

/** The container with the most fields, or the one inside it that has nearly all of them. */
function crowdIn(names: readonly string[], prefix: string): string | undefined {
  const counts = new Map<string, number>();
  for (const name of names) {
    const end = name.indexOf(".", prefix.length);
    if (end < 0) continue;
    const path = name.slice(0, end);
    counts.set(path, (counts.get(path) ?? 0) + 1);
  }
  let crowd: string | undefined;
  let most = 1;
  for (const [path, count] of counts) {
    if (count <= most) continue;
    most = count;
    crowd = path;
  }
  if (crowd === undefined || (prefix !== "" && most < names.length * INNER_SHARE)) return undefined;
  const inner = names.filter((name) => name.startsWith(`${crowd}.`));
  return crowdIn(inner, `${crowd}.`) ?? crowd;
}
