import type { ShotMap } from "./shot_map.ts";

/** What a shot map lacks to make a ray; undefined when it lacks nothing. */
export function shotMapFlaw(map: ShotMap): string | undefined {
  if (map.shooter === undefined) return "it lacks shooter";
  if (map.from === undefined) return "it lacks from";
  if (map.to !== undefined) return undefined;
  const aim = map.direction === undefined ? "angles" : "direction";
  if (map[aim] === undefined) return "it lacks to, or angles or direction with range";
  return map.range === undefined ? `it has ${aim} and lacks range` : undefined;
}
