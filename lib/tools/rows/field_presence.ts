import { optionKey, remedy } from "../../core/remedy.ts";
import type { Field, Kind } from "../../core/state/schema.ts";
import { listed } from "../select/listed.ts";
import type { RowNote } from "./row_note.ts";

/** Fields of a kind that some states have and others lack. */
export class FieldPresence {
  readonly #kind: Kind;
  /** By field: bit 0 for a state that has it, bit 1 for one that lacks it. */
  readonly #seen: Uint8Array;

  /** No state yet. */
  constructor(kind: Kind) {
    this.#kind = kind;
    this.#seen = new Uint8Array(kind.fields.length);
  }

  /** Takes note of whether a state has a field. @param index position of the field */
  add(index: number, isThere: boolean): void {
    this.#seen[index]! |= isThere ? 1 : 2;
  }

  /** Fields that come and go. */
  fields(): Field[] {
    return this.#kind.fields.filter((_, i) => this.#seen[i] === 3);
  }
}

/** Note on fields that come and go, which rows without a schema may not; none without one. */
export function presenceNote(
  kinds: Iterable<{ readonly name: string; readonly presence: FieldPresence }>,
): RowNote[] {
  const names = [...kinds].flatMap(({ name, presence }) =>
    presence.fields().map((field) => JSON.stringify(`${name}.${field.name}`))
  );
  if (names.length === 0) return [];
  return [{
    code: "fields-come-and-go",
    problem: `not every state has ${listed(names)}, which takes a schema to read back`,
    remedy: remedy`record it with ${optionKey("schema")}, as ${optionKey("infoSchema")} prints it`,
  }];
}
