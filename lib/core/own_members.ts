/**
 * False for an instance of a class that has no members of its own: who takes it for an object
 * of values would take nothing of it.
 */
export function hasOwnMembers(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype === Object.prototype || prototype === null) return true;
  for (const key in object) if (Object.hasOwn(object, key)) return true;
  // Plain objects of another realm.
  return Object.prototype.toString.call(object) === "[object Object]" &&
    Object.getPrototypeOf(prototype) === null;
}
