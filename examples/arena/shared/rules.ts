/** What a game is like, for both ends. Lengths are in units. */

/** Frames a second. */
export const RATE_HZ = 30;
/** Milliseconds from one frame to the next. */
export const FRAME_MS: number = 1000 / RATE_HZ;
/** How far behind the newest frame a client draws, in milliseconds. */
export const INTERP_MS = 100;
/** Size of the arena. */
export const WIDTH = 1200;
export const HEIGHT = 800;
/** Radius of a pilot. */
export const PILOT_RADIUS = 12;
/** How far a shot goes. */
export const SHOT_RANGE = 400;
/** How far a player is shown what there is. */
export const VIEW_RADIUS = 450;
