import type { Kind, Schema } from "../../core/state/schema.ts";
import { REVISION_NAMES_MAX, REVISIONS_MAX } from "../container/format.ts";
import { addedKinds, changesRows, countNames } from "./schema_addition.ts";

/** Counts the revisions of a recording's schema, so that none is written that no reader takes. */
export class RevisionLimits {
  /** Number of revisions. */
  revisions = 0;
  #names = 0;
  #schema: Schema | undefined;

  /** Counts a revision. @throws {RangeError} when it is one too many */
  add(schema: Schema): void {
    const names = this.#names + this.#addedNames(schema);
    if (this.revisions === REVISIONS_MAX || names > REVISION_NAMES_MAX) {
      throw new RangeError(
        `Cannot widen the schema any more, after ${this.revisions} times; declare a schema`,
      );
    }
    this.revisions++;
    this.#names = names;
    this.#schema = schema;
  }

  #addedNames(schema: Schema): number {
    const before = this.#schema;
    const all = countNames(schema);
    if (before === undefined) return all;
    const added = addedKinds(before, schema);
    const kinds = new Map(before.kinds.map((kind): [string, Kind] => [kind.name, kind]));
    if (added === undefined || changesRows(added, (name) => kinds.get(name))) return all;
    return all - countNames(before);
  }
}
