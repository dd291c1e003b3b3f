import type { EntityNames } from "../core/names/entity_names.ts";
import type { StateEvent } from "../core/state/state.ts";

/** What is told before the frame that follows it: events, or that a session starts. */
export class Told {
  readonly events: readonly StateEvent[];
  /** The session, counted from 1, and its names. */
  readonly session: number | undefined;
  readonly names: EntityNames | undefined;

  /** What is due. */
  constructor(events: readonly StateEvent[], session?: number, names?: EntityNames) {
    this.events = events;
    this.session = session;
    this.names = names;
  }
}
