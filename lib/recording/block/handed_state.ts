import { shownValue } from "../../core/shown_value.ts";
import { hasOwnMembers } from "../../core/own_members.ts";
import type { EntityState } from "../../core/state/state.ts";

/**
 * Refuses what is no state of an entity, so that nothing is taken for one without values.
 *
 * @throws {TypeError} for what is no object, or has fields that are none
 */
export function assertState(state: EntityState, frame: number): void {
  if (typeof state !== "object" || state === null) {
    throw new TypeError(
      `Cannot record frame ${frame}: an entity is ${
        shownValue(state)
      }, expected { id, kind, fields }`,
    );
  }
  const { fields } = state;
  const isObject = typeof fields === "object" && fields !== null;
  if (isObject && !Array.isArray(fields) && hasOwnMembers(fields)) return;
  const what = isObject && !Array.isArray(fields) ? " without members of its own" : "";
  throw new TypeError(
    `Cannot record entity ${shownValue(state.id)} of frame ${frame}: its fields are ${
      shownValue(fields)
    }${what}, expected an object of values by name`,
  );
}
