import { visibleText } from "../../../core/visible_text.ts";
import { page } from "./poses.js";

/** Id of an entity as its game spells it, with what cannot be seen spelt out. */
export function nameOf(entity) {
  return visibleText(page.names?.[entity] ?? String(entity));
}
