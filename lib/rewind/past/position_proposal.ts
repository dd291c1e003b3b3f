import { NO_PLACE, PLACE } from "../../core/geometry/field_words.ts";
import { optionKey, type Remedy, remedy } from "../../core/remedy.ts";

/** How to name a position whose fields are not x, y, z: the most likely three of the kind's fields. */
export function positionProposal(names: readonly string[]): Remedy {
  const known = new Set(names);
  const found = names.flatMap((name) => {
    const [, stem, first] = /^(.*?)([xX0])$/.exec(name) ?? [];
    if (stem === undefined || first === undefined) return [];
    const triple = AXES[first]!.map((axis) => stem + axis);
    return triple.every((axis) => known.has(axis)) ? [{ stem, triple }] : [];
  });
  const rank = ({ stem }: { stem: string }) => PLACE.test(stem) ? 0 : NO_PLACE.test(stem) ? 2 : 1;
  const [best] = found.sort((a, b) => rank(a) - rank(b));
  const example = best === undefined || rank(best) > 1 ? ["X", "Y", "Z"] : best.triple;
  const position = JSON.stringify(example).replaceAll(",", ", ");
  return remedy`name them in a hit model (${
    optionKey("shapes")
  } FILE.json), as "position": ${position}`;
}

const AXES: Readonly<Record<string, readonly string[]>> = {
  x: ["x", "y", "z"],
  X: ["X", "Y", "Z"],
  0: ["0", "1", "2"],
};
