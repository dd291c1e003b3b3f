import { page } from "./poses.js";

/** Id of an entity as its game spells it. */
export function nameOf(entity) {
  return page.names?.[entity] ?? String(entity);
}
