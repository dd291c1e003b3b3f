import { shownValue } from "../core/shown_value.ts";
import type { Snapshot } from "../core/state/snapshot.ts";
import type { StateFrame } from "../core/state/state.ts";

/** Refuses a frame whose entities are no list: others cannot be gone through twice. @throws {TypeError} */
export function assertEntities({ frame, entities }: StateFrame): void {
  if (Array.isArray(entities)) return;
  throw new TypeError(
    `Cannot record frame ${frame}: its entities are ${
      shownValue(entities)
    }, expected a list of { id, kind, fields }; a Snapshot goes to writeSnapshot`,
  );
}

/** Refuses what has no rows. @throws {TypeError} */
export function assertRows(snapshot: Snapshot): void {
  const { frame, layout, words } = snapshot;
  if (Array.isArray(layout?.kinds) && words instanceof Int32Array) return;
  throw new TypeError(
    `Cannot record frame ${frame}: it is ${
      shownValue(snapshot)
    }, expected a Snapshot, as pack makes it; a frame of objects goes to write`,
  );
}
