import type { Remedy } from "../../core/remedy.ts";

/** What rows do not hold as the recording does, or what does not take them back as they are. */
export interface RowNote {
  /** What kind of note it is; rows have a code once. */
  readonly code: string;
  /** What is left out, changed or refused later, in one line. */
  readonly problem: string;
  /** What the user can do about it; undefined where there is nothing to do. */
  readonly remedy?: Remedy;
}
