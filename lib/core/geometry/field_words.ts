/** Words that name a position. */
export const PLACE: RegExp = /pos|orig|loc|trans|coord|place/i;

/** Words that name something else with as many coordinates. */
export const NO_PLACE: RegExp = /vel|rot|ang|dir|acc|aim|look|scale|norm|euler|quat/i;

/** Parts of a name that say of coordinates that they are not where something is. */
export const NOT_ITSELF: ReadonlySet<string> = new Set([
  ...["color", "colour", "col", "rgb", "tint", "size", "extent", "extents", "half", "dim", "dims"],
  ...["dimensions", "bounds", "min", "max", "radius", "shape", "pivot", "offset", "uv", "tex"],
  ...["up", "down", "forward", "fwd", "right", "left", "axis", "tangent", "binormal", "heading"],
  ...["facing", "view", "turn", "tilt", "lean", "yaw", "pitch", "roll", "orient", "orientation"],
  ...["attitude", "force", "forces", "thrust", "gravity", "wind", "drag", "momentum", "inertia"],
  ...[
    "push",
    "kick",
    "recoil",
    "punch",
    "motion",
    "move",
    "movement",
    "input",
    "stick",
    "joystick",
  ],
  ...["pad", "mouse", "cursor", "target", "goal", "dest", "destination", "waypoint", "home"],
  ...["spawn", "start", "end", "last", "prev", "previous", "old", "next", "error", "ori"],
]);
/**
 * Parts of a name that say of a position that it is another one of the same entity: where it was, will
 * be or is to be.
 */
const ELSEWHERE =
  /^(spawn|last|prev|old|target|goal|dest|home|start|end|next|desired|aim|init|original)/;

/** Parts of a name that say how fast something changes, or how many there are. */
const RATES: ReadonlySet<string> = new Set([
  ...["vel", "velocity", "velocities", "speed", "rate", "omega", "angvel", "spin", "torque"],
  ...["accel", "acceleration", "delta", "impulse", "count", "index", "id", "limit", "sensitivity"],
]);

/** Rates in one word with what they are of, as other words end alike: `level`, `travel`, `crate`. */
const COMPOUND_RATES = new RegExp(
  "^vel|velocit|speed|^([xyz]|lin|linear|ang|angular|rot|yaw|pitch|roll|turn|spin|ground|air|local|" +
    "world|body|rel|max|min|avg|cur)vel[xyz]?$|^(lin|linear|ang|angular|rot|rotation|yaw|pitch|roll|" +
    "turn|spin|fire|tick|frame|update|sample|send|bit|climb|heart|regen|growth|decay)rates?$",
);

/**
 * Parts of a field's name in small letters: `viewAngles.0` is `view`, `angles` and `0`, `YAW_deg` is
 * `yaw` and `deg`.
 */
export function nameParts(name: string): string[] {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase().split(/[^a-z0-9]+/)
    .filter((part) => part !== "");
}

/** True when one of the parts says that what is named is a rate or a number of things. */
export function isRate(parts: readonly string[]): boolean {
  return parts.some((part) => RATES.has(part) || COMPOUND_RATES.test(part));
}

/** True when one of the parts says that a position is not where the entity is. */
export function isElsewhere(parts: readonly string[]): boolean {
  return parts.some((part) => ELSEWHERE.test(part));
}
