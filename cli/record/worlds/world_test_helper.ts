/** What a server has before it prints it: the model of the tests beside it. */

/** A value of a field. */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly Value[]
  | ReadonlyMap<string, Value>;

/** An id: as a line spells it, and its text. */
export interface Id {
  readonly json: string;
  readonly text: string;
}

/** An entity in a frame. */
export interface Thing {
  readonly id: Id;
  readonly kind: string;
  readonly fields: ReadonlyMap<string, Value>;
}

/** An event; it is printed `late` frames after its own, or with the last one. */
export interface Happening {
  readonly ev: string;
  readonly late: number;
  readonly data: ReadonlyMap<string, Value>;
}

/** A frame of a world. */
export interface Tick {
  readonly f: number;
  readonly t: number;
  readonly things: readonly Thing[];
  readonly events: readonly Happening[];
}

/** Frames from a start of a server to its end. */
export type Session = readonly Tick[];

/** A number as JSON spells it, -0 included. */
export function numberText(n: number): string {
  return Object.is(n, -0) ? "-0" : String(n);
}
