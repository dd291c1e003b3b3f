import { type HitModel, POSITION_FIELDS } from "../../shape/hit_model.ts";

/**
 * What a page calls the axes: the fields of the position, without the path that they share;
 * undefined when these are x, y and z, or not the same for all kinds.
 */
export function axisNames({ kinds }: HitModel): readonly string[] | undefined {
  const [first, ...others] = kinds.map(({ position }) => position);
  if (first === undefined) return undefined;
  const isShared = others.every((position) => position.every((name, k) => name === first[k]));
  if (!isShared) return undefined;
  const names = withoutPath(first);
  return names.every((name, k) => name === POSITION_FIELDS[k]) ? undefined : names;
}

/** `pos.x` as `x`; a number alone, as in `pos.0`, would say nothing. */
function withoutPath(names: readonly string[]): readonly string[] {
  const cuts = names.map((name) => name.lastIndexOf(".") + 1);
  const path = names[0]!.slice(0, cuts[0]);
  const rest = names.map((name, k) => name.slice(cuts[k]));
  const isShared = names.every((name, k) => name.slice(0, cuts[k]) === path);
  return isShared && rest.every((name) => name !== "" && !/^\d+$/.test(name)) ? rest : names;
}
