import type { Snapshot } from "../../core/state/snapshot.ts";
import { type Moment, MomentStates } from "./moment.ts";
import type { StateValues } from "./state_values.ts";

/** Tells the state that a consumer holds, lent until the next call. */
export type HeldBy = (consumer: number) => Snapshot | undefined;

/** A recorded state, or one that a consumer holds. */
export interface TimedState {
  readonly clockMs: number;
  /** Undefined where its values were read at once, as it was only lent. */
  readonly snapshot: Snapshot | undefined;
  /** Undefined until somebody looks at them. */
  values: StateValues | undefined;
}

/** What one of the consumers holds. */
export interface Viewer {
  readonly consumer: number;
  readonly held: MomentStates<TimedState>;
  isConnected: boolean;
  /** True while the newest frame is not drawn. */
  isOpen: boolean;
  /** True when it draws at the newest frame, and from what. */
  isDrawing: boolean;
  moment: Moment<TimedState> | undefined;
}

/** A consumer who is not connected; `onForgotten` hears of each state that it needs no more. */
export function newViewer(consumer: number, onForgotten: (state: TimedState) => void): Viewer {
  return {
    consumer,
    held: new MomentStates(onForgotten),
    isConnected: false,
    isOpen: false,
    isDrawing: false,
    moment: undefined,
  };
}
