import type { EventMember } from "./event_members.ts";
import { distinctNames } from "./distinct_names.ts";

/** Members that get a column; of hostile events each may have other ones. */
const MEMBERS_MAX = 1024;

/** Columns of a table of events that are no members. */
export const EVENT_COLUMNS = ["f", "t", "ev", "data"] as const;

/** A column of a table of events that holds a member of their data. */
export interface MemberColumn {
  /** Name, unlike all others also where upper and lower case are the same. */
  readonly name: string;
  /** Dotted name of the member. */
  readonly member: string;
  /** Type that holds the values of all events; of `JSON` the values are JSON texts. */
  readonly type: "TEXT" | "BOOLEAN" | "INT64" | "DOUBLE" | "JSON";
}

/** Finds the columns for the members of events, in the order in which they first occur. */
export class MemberColumns {
  readonly #types = new Map<string, MemberColumn["type"]>();

  /** Takes the members of an event into account; of too many, those that came first. */
  add(members: readonly EventMember[]): void {
    for (const member of members) {
      const { name } = member;
      const known = this.#types.get(name);
      if (known === undefined && this.#types.size >= MEMBERS_MAX) continue;
      this.#types.set(name, commonType(known, typeOf(member)));
    }
  }

  /** The columns of all events so far. @param taken names of other columns */
  columns(taken: readonly string[] = EVENT_COLUMNS): MemberColumn[] {
    const members = [...this.#types.keys()];
    const names = distinctNames(members, taken);
    return members.map((member, i) => ({
      name: names[i]!,
      member,
      type: this.#types.get(member)!,
    }));
  }
}

function typeOf({ value, isJson }: EventMember): MemberColumn["type"] {
  if (isJson) return "JSON";
  if (typeof value === "string") return "TEXT";
  if (typeof value === "boolean") return "BOOLEAN";
  return Number.isSafeInteger(value) && !Object.is(value, -0) ? "INT64" : "DOUBLE";
}

function commonType(
  known: MemberColumn["type"] | undefined,
  type: MemberColumn["type"],
): MemberColumn["type"] {
  if (known === undefined || known === type) return type;
  const areNumbers = [known, type].every((one) => one === "INT64" || one === "DOUBLE");
  return areNumbers ? "DOUBLE" : "JSON";
}

/** Columns that are not called like the member that they hold. */
export function renamedMembers(
  columns: readonly MemberColumn[],
): { readonly column: string; readonly of: string }[] {
  return columns.filter(({ name, member }) => name !== member)
    .map(({ name, member }) => ({ column: name, of: member }));
}
