/** A field of the event by name (dots descend), or a number that holds for every shot. */
export type ShotValue = string | number;

/** Three of them. */
export type ShotVector = readonly [x: ShotValue, y: ShotValue, z: ShotValue];

/** Where an event keeps what a shot needs. */
export interface ShotMap {
  /** Entity that shot. */
  readonly shooter: ShotValue;
  /** Start of the ray. */
  readonly from: ShotVector;
  /** End of the ray; either this, or `angles` or `direction` with `range`. */
  readonly to?: ShotVector;
  /** Direction of the ray, of any length. */
  readonly direction?: ShotVector;
  /** Pitch and yaw in degrees, by Quake's convention (pitch positive downwards). */
  readonly angles?: readonly [pitch: ShotValue, yaw: ShotValue];
  /** Length of a ray that is given by angles or a direction, in units. */
  readonly range?: ShotValue;
  /** What the game decided: an entity; -1, null, false or "miss" for a miss; true for some hit. */
  readonly verdict?: ShotValue;
  /** Round-trip time in milliseconds. */
  readonly ping?: ShotValue;
  /** Interpolation delay in milliseconds. */
  readonly interp?: ShotValue;
  /** Interpolation delay in frames. */
  readonly delay?: ShotValue;
  /**
   * Frame that the client drew; or the two frames and the fraction that it drew between, as three
   * values or as one value of the event with `src`, `dst` and `fraction`.
   */
  readonly stamp?: ShotValue | ShotVector;
  /** Frame (tick) of the client's command, which is not the frame that he saw. */
  readonly tick?: ShotValue;
  /** Server time of what the client drew, in milliseconds. */
  readonly stampMs?: ShotValue;
  /** Frame of the decision; default the event's frame. */
  readonly frame?: ShotValue;
  /** Time of the decision in milliseconds; default the event's time, else the frame's. */
  readonly time?: ShotValue;
  /**
   * Not 0 for a shot that was decided between two frames: the frame that it names is the newest that
   * the server had, and holds nothing of the shot.
   */
  readonly between?: ShotValue;
  /** Start of the ray relative to the shooter's position; a fourth value goes forward along the ray. */
  readonly eye?:
    | ShotVector
    | readonly [x: ShotValue, y: ShotValue, z: ShotValue, forward: ShotValue];
  /** Units by which the ray goes on behind its end. */
  readonly reach?: ShotValue;
  /** Radius of the sphere that is swept along the ray. */
  readonly radius?: ShotValue;
}
