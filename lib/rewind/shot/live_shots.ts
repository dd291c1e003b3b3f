import type { ShotMap, ShotVector } from "./shot_map.ts";

const vector = (key: string): ShotVector => [`${key}.0`, `${key}.1`, `${key}.2`];

/** Name of the events of {@linkcode LIVE_SHOTS}. */
export const LIVE_EVENT = "shot";

/** Where events that `shotEvent` made keep a shot; its numbers stand in them by their names. */
export const LIVE_SHOTS: ShotMap = {
  shooter: "shooter",
  from: vector("from"),
  direction: vector("direction"),
  range: "range",
  radius: "radius",
  verdict: "hit",
  between: 1,
};
