/** Member of an object by its key, nested ones by their dotted name; undefined without one. */
export function memberOf(object: object, key: string): unknown {
  if (Object.hasOwn(object, key)) return (object as Record<string, unknown>)[key];
  if (!key.includes(".")) return undefined;
  let value: unknown = object;
  for (const part of key.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) {
      return undefined;
    }
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}
