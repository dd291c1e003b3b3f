/** Whom a ray hits first. */
export interface Verdict {
  /** Entity, or null for a miss. */
  victim: number | null;
  /** Name of the shape that was entered first; undefined for a miss or a shape without a name. */
  shape: string | undefined;
  /** Distance along the ray in units; Infinity for a miss. */
  distanceUnits: number;
}

/** A verdict that says miss. */
export function emptyVerdict(): Verdict {
  return { victim: null, shape: undefined, distanceUnits: Infinity };
}
