import type { EntityId } from "../../../core/names/entity_names.ts";
import type { FieldValue } from "../../../core/state/schema.ts";
import type { Snapshot } from "../../../core/state/snapshot.ts";
import type { RecordingPart } from "../../select/recording_part.ts";
import type { ComparedParts } from "../compared_parts.ts";
import { type ComparedKind, comparedKinds, type FieldRuns } from "./compared_kind.ts";
import { placed, type Side } from "../difference.ts";
import { EntityRuns } from "./entity_runs.ts";
import { FieldTally, TallyBudget } from "./field_tally.ts";
import type { FirstDifferences } from "../first_differences.ts";
import type { Place } from "../place.ts";
import { toleranceOf, type Tolerances } from "./tolerances.ts";

/** Entities whose kind differs: kinds, and where. */
export interface KindRuns {
  /** Kind in the first recording. */
  readonly a: string;
  /** Kind in the second. */
  readonly b: string;
  /** Where. */
  readonly runs: EntityRuns;
}

/** Compares the states of pairs of frames, and counts what differs. */
export class StateComparison {
  /** Pairs of states that were compared. */
  stateCount = 0;
  /** Kinds that both recordings have, by their index in the first. */
  readonly kinds: readonly (ComparedKind | undefined)[];
  /** Entities that only one recording has, by kind. */
  readonly onlyIn: { readonly [side in Side]: Map<string, EntityRuns> } = {
    a: new Map(),
    b: new Map(),
  };
  /** Entities whose kind differs. */
  readonly kindRuns: Map<string, KindRuns> = new Map();
  readonly #parts: ComparedParts;
  readonly #tolerances: Tolerances;
  readonly #first: FirstDifferences;
  readonly #budget = new TallyBudget();
  readonly #isSelected: { readonly [side in Side]: readonly boolean[] };
  readonly #hasIds: boolean;
  /** Fields whose numbers differ, with the kind whose states they are of. */
  readonly #growing: { readonly tally: FieldTally; readonly kind: ComparedKind }[] = [];

  /**
   * Nothing compared yet.
   *
   * @param hasIds true when only some entities are selected
   * @param first gets the differences
   */
  constructor(
    parts: ComparedParts,
    options: { readonly tolerances: Tolerances; readonly hasIds: boolean },
    first: FirstDifferences,
  ) {
    const { a, b } = parts;
    this.#parts = parts;
    this.#tolerances = options.tolerances;
    this.#hasIds = options.hasIds;
    this.#first = first;
    this.#isSelected = { a: selectedKinds(a), b: selectedKinds(b) };
    this.kinds = comparedKinds(a, b);
  }

  /** Compares the states of a pair of frames. */
  compare(a: Snapshot, b: Snapshot, place: Place): void {
    let i = 0;
    let j = 0;
    for (;;) {
      while (i < a.count && !this.#takes("a", a, i)) i++;
      while (j < b.count && !this.#takes("b", b, j)) j++;
      const isLeft = i < a.count;
      if (!isLeft && j >= b.count) break;
      if (isLeft && j < b.count && a.ids[i] === b.ids[j]) this.#compareRows(a, i++, b, j++, place);
      else if (isLeft && (j >= b.count || a.ids[i]! < b.ids[j]!)) this.#addLone("a", a, i++, place);
      else this.#addLone("b", b, j++, place);
    }
    this.#endFrame(place);
  }

  #takes(side: Side, snapshot: Snapshot, i: number): boolean {
    if (!this.#isSelected[side][snapshot.kinds[i]!]) return false;
    if (!this.#hasIds) return true;
    const entity = this.#parts.entities[side].ownOf(snapshot.ids[i]!);
    return this.#parts[side].takes(entity, snapshot.layoutOf(i).kind.name);
  }

  #compareRows(a: Snapshot, i: number, b: Snapshot, j: number, place: Place): void {
    const kind = this.kinds[a.kinds[i]!];
    if (kind === undefined || kind.b !== b.kinds[j]) return this.#addKinds(a, i, b, j, place);
    this.stateCount++;
    if (kind.lastPair !== place.pair) {
      kind.lastPair = place.pair;
      kind.lastStates = 0;
    }
    kind.lastStates++;
    const [atA, atB] = [a.rows[i]!, b.rows[j]!];
    if (kind.comparison.areSame(a.words, atA, b.words, atB)) return;
    const entity = a.ids[i]!;
    kind.comparison.compare(a.words, atA, b.words, atB, (field, one, other) => {
      this.#addField(kind, field, entity, one, other, place);
    });
  }

  #addField(
    kind: ComparedKind,
    index: number,
    entity: number,
    a: FieldValue | undefined,
    b: FieldValue | undefined,
    place: Place,
  ): void {
    const { name: field } = kind.comparison.fields[index]!;
    const runs = kind.fields[index] ??= this.#newField(kind.name, field);
    if (a !== undefined && b !== undefined) {
      const { tally } = runs;
      const hadNumbers = tally.hasNumbers;
      const isCovered = tally.add(place, entity, a, b);
      if (tally.hasNumbers && !hadNumbers) this.#growing.push({ tally, kind });
      if (isCovered) return;
      this.#first.add(place, () => {
        return {
          what: "value",
          class: "exact",
          ...placed(place),
          id: this.#idOf(entity),
          kind: kind.name,
          field,
          a,
          b,
        };
      });
      return;
    }
    const onlyIn = b === undefined ? "a" : "b";
    (onlyIn === "a" ? runs.onlyInA : runs.onlyInB).add(entity, place);
    this.#first.add(place, () => {
      const value = b === undefined ? { a } : { b };
      const id = this.#idOf(entity);
      const where = { ...placed(place), onlyIn, id, kind: kind.name, field } as const;
      return { what: "field", class: "structural", ...where, ...value };
    });
  }

  #newField(kind: string, field: string): FieldRuns {
    return {
      tally: new FieldTally(toleranceOf(this.#tolerances, kind, field), this.#budget),
      onlyInA: new EntityRuns(),
      onlyInB: new EntityRuns(),
    };
  }

  #addLone(onlyIn: Side, snapshot: Snapshot, i: number, place: Place): void {
    const entity = snapshot.ids[i]!;
    const kind = snapshot.layoutOf(i).kind.name;
    const known = this.onlyIn[onlyIn];
    let runs = known.get(kind);
    if (runs === undefined) known.set(kind, runs = new EntityRuns());
    runs.add(entity, place);
    this.#first.add(place, () => {
      const id = this.#idOf(entity);
      return { what: "entity", class: "structural", ...placed(place), onlyIn, id, kind };
    });
  }

  #addKinds(a: Snapshot, i: number, b: Snapshot, j: number, place: Place): void {
    const entity = a.ids[i]!;
    const [kindA, kindB] = [a.layoutOf(i).kind.name, b.layoutOf(j).kind.name];
    const key = `${a.kinds[i]} ${b.kinds[j]}`;
    let known = this.kindRuns.get(key);
    if (known === undefined) {
      this.kindRuns.set(key, known = { a: kindA, b: kindB, runs: new EntityRuns() });
    }
    known.runs.add(entity, place);
    this.#first.add(place, () => {
      const kinds = { kind: kindA, a: kindA, b: kindB };
      const id = this.#idOf(entity);
      return { what: "kind", class: "structural", ...placed(place), id, ...kinds };
    });
  }

  #idOf(entity: number): EntityId {
    return this.#parts.entities.names.idOf(entity);
  }

  #endFrame(place: Place): void {
    for (const { tally, kind } of this.#growing) {
      if (kind.lastPair === place.pair) tally.endFrame(place, kind.lastStates);
    }
  }
}

function selectedKinds({ schema, reader }: RecordingPart): boolean[] {
  const names = new Set(schema.kinds.map(({ name }) => name));
  return reader.schema.kinds.map(({ name }) => names.has(name));
}
