/**
 * Which step of a target from one frame to the next is a teleport: between the two the earlier row
 * stands, and nobody was ever in the middle.
 *
 * - `units`: a step wider than that; Infinity for none
 * - `speed`: a step faster than that, in units a second
 * - `pace`: a step wider than its kind's limit, which grows with the time between the frames where
 *   that is longer than `intervalMs`; {@linkcode findTeleports} proposes it from a recording
 * - `field`: what the model's teleport field says of the later row. `flag`: it is true, or not 0;
 *   `change`: it is not what it was (a counter, or the name of a place)
 * - `event`: an event of the game names the entity, at a frame after the earlier row and not after
 *   the later; the times ascend
 */
export type TeleportRule =
  | { readonly by: "units"; readonly units: number }
  | { readonly by: "speed"; readonly unitsPerSecond: number }
  | { readonly by: "pace"; readonly intervalMs: number; readonly units: readonly number[] }
  | { readonly by: "field"; readonly as: "flag" | "change" }
  | { readonly by: "event"; readonly timesMs: Readonly<Record<number, readonly number[]>> };

/** Nothing is a teleport. */
export const NO_TELEPORTS: TeleportRule = { by: "units", units: Infinity };
