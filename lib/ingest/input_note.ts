/** Something about an input that was taken as it is and may be meant otherwise. */
export interface InputNote {
  /** What it is about, for programs: `looks-sparse`, `frames-count-by`. */
  readonly code: string;
  /** What was seen, on one line, without the remedy. */
  readonly message: string;
  /** Key of the option of `readStates` that mends it; undefined when none does. */
  readonly option?: string;
  /** Value of that option; undefined when it has none. */
  readonly value?: string;
}
