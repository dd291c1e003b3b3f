/** Kind of rows that name none. */
export const DEFAULT_KIND = "entity";

/** Id and kind of the entity that has what a frame holds beside its entities. */
export const FRAME_ENTITY = "frame";

/** Value at a dotted path, spelt with dots or nested. */
export function valueAt(members: Readonly<Record<string, unknown>>, path: string): unknown {
  if (Object.hasOwn(members, path)) return members[path];
  const dot = path.indexOf(".");
  const inner = dot < 0 ? undefined : members[path.slice(0, dot)];
  if (typeof inner !== "object" || inner === null) return undefined;
  return valueAt(inner as Record<string, unknown>, path.slice(dot + 1));
}
