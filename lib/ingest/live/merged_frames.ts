import { type TopMember, topMembers } from "./top_members.ts";

/**
 * One whole frame of several that have one index: lists are put one behind another, maps of entities
 * into one, and what else they hold has to be the same. Numbers stay as they are spelt.
 *
 * @param lines texts of JSON objects
 * @returns undefined when they contradict one another
 */
export function mergedFrames(lines: readonly string[]): string | undefined {
  const parts = new Map<string, string[]>();
  for (const line of lines) {
    const seen = new Set<string>();
    for (const member of topMembers(line)) {
      // A key that an object holds twice is refused where frames are read.
      if (seen.has(member.key)) return undefined;
      seen.add(member.key);
      const value = valueOf(line, member);
      const before = parts.get(member.key);
      if (before === undefined) parts.set(member.key, [value]);
      else if (!isSame(before[0]!, value)) before.push(value);
    }
  }
  const members: string[] = [];
  for (const [key, values] of parts) {
    const value = values.length === 1 ? values[0] : joined(values);
    if (value === undefined) return undefined;
    members.push(`${key}:${value}`);
  }
  return `{${members.join(",")}}`;
}

function valueOf(line: string, { valueAt, valueEnd }: TopMember): string {
  return line.slice(valueAt, valueEnd);
}

/** Scalars that say the same; lists and maps never do, as each has entities of its own. */
function isSame(a: string, b: string): boolean {
  return a === b && !/^[[{]/.test(a);
}

/** Lists or maps as one; undefined for all else. */
function joined(values: readonly string[]): string | undefined {
  for (const [open, close] of ["[]", "{}"]) {
    if (!values.every((value) => value.startsWith(open!) && value.endsWith(close!))) continue;
    const inner = values.map((value) => value.slice(1, -1).trim()).filter((value) => value !== "");
    return `${open}${inner.join(",")}${close}`;
  }
  return undefined;
}
