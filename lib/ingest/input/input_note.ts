/**
 * Something about an input that was read and may be meant otherwise: no error, and nothing that
 * was lost.
 */
export interface InputNote {
  /** What kind of note it is; a reading gives a code at most a few times. */
  readonly code: string;
  /** One line without the remedy that `option` names. */
  readonly message: string;
  /** Key of `ReadStatesOptions` that mends it; undefined where none does. */
  readonly option?: string;
  /** Value of that option, of `schema` what to declare; undefined where only the user knows it. */
  readonly value?: string;
}
