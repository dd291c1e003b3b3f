import type { PageShot } from "./page_shot.ts";
import type { PageTarget } from "./page_target.ts";
import type { ShapeLists } from "./shape_lists.ts";

/** Shots whose targets name lists of shapes in `held`, as far as those find room there. */
export function holdShapes(
  shots: readonly PageShot[],
  seen: ShapeLists,
  held: ShapeLists,
): readonly PageShot[] {
  if (seen.lists.length === 0) return shots;
  const moved = (target: PageTarget): PageTarget => {
    const list = target[9];
    if (typeof list !== "number") return target;
    const index = held.add(seen.lists[list]!);
    return target.with(9, index < 0 ? null : index) as unknown as PageTarget;
  };
  return shots.map((shot) => ({
    ...shot,
    results: shot.results.map((result) =>
      result && { ...result, targets: result.targets.map(moved) }
    ),
    ...(shot.view === undefined
      ? {}
      : { view: { ...shot.view, targets: shot.view.targets.map(moved) } }),
  }));
}
