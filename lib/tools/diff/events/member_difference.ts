/** The first member in which two JSON values differ. */
export interface MemberDifference {
  /** Where it is, such as `ray[0]` or `hit.part`; empty for the values themselves. */
  readonly path: string;
  /** What the first has there; undefined when it has nothing. */
  readonly a: unknown;
  /** What the second has there. */
  readonly b: unknown;
}

/** Depth to which values are followed. */
const DEPTH_MAX = 2000;

/**
 * The first member in which two JSON values differ, in the order of the first; undefined when they
 * are equal. Objects are equal whatever the order of their members; 0 and -0 differ.
 *
 * @throws {SyntaxError} for values that are nested too deep
 */
export function memberDifference(
  a: unknown,
  b: unknown,
  path: string = "",
  depth: number = 0,
): MemberDifference | undefined {
  assertDepth(depth);
  if (Array.isArray(a) && Array.isArray(b)) {
    for (let i = 0; i < Math.max(a.length, b.length); i++) {
      const found = memberDifference(a[i], b[i], `${path}[${i}]`, depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (!isObject(a) || !isObject(b)) return Object.is(a, b) ? undefined : { path, a, b };
  for (
    const key of [
      ...Object.keys(a),
      ...Object.keys(b).filter((key) => !Object.hasOwn(a, key)),
    ]
  ) {
    const [one, other] = [ownMember(a, key), ownMember(b, key)];
    const found = memberDifference(one, other, memberPath(path, key), depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Text of a JSON value that equal values share, whatever the order of their members.
 *
 * @throws {SyntaxError} for a value that is nested too deep
 */
export function canonicalText(value: unknown, depth: number = 0): string {
  assertDepth(depth);
  if (Array.isArray(value)) {
    return `[${value.map((item) => canonicalText(item, depth + 1)).join(",")}]`;
  }
  if (isObject(value)) {
    const members = Object.keys(value).sort().map((key) =>
      `${JSON.stringify(key)}:${canonicalText(value[key], depth + 1)}`
    );
    return `{${members.join(",")}}`;
  }
  return Object.is(value, -0) ? "-0" : JSON.stringify(value) ?? "";
}

function assertDepth(depth: number): void {
  if (depth <= DEPTH_MAX) return;
  throw new SyntaxError(
    `Cannot compare events: the data of one is nested more than ${DEPTH_MAX} deep; leave events out`,
  );
}

function memberPath(path: string, key: string): string {
  if (!/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function ownMember(object: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
