import type { RecordingPart } from "../../select/recording_part.ts";
import { type ComparedField, KindComparison } from "./compare_kind.ts";
import type { EntityRuns } from "./entity_runs.ts";
import type { FieldTally } from "./field_tally.ts";

/** What is counted of one field of a kind. */
export interface FieldRuns {
  /** Values that differ. */
  readonly tally: FieldTally;
  /** States that have the field only in the first recording. */
  readonly onlyInA: EntityRuns;
  /** States that have it only in the second. */
  readonly onlyInB: EntityRuns;
}

/** What is counted of a kind that both recordings have. */
export interface ComparedKind {
  /** Name. */
  readonly name: string;
  /** Index in the second recording. */
  readonly b: number;
  /** How its rows are compared. */
  readonly comparison: KindComparison;
  /** Counts by field; there are none before the first difference of the field. */
  readonly fields: (FieldRuns | undefined)[];
  /** Pair of frames at which states of it were compared last. */
  lastPair: number;
  /** States that were compared there. */
  lastStates: number;
}

/** Kinds that both parts have, by their index in the first recording. */
export function comparedKinds(a: RecordingPart, b: RecordingPart): (ComparedKind | undefined)[] {
  const ofA = new Map(a.schema.kinds.map((kind) => [kind.name, kind]));
  const ofB = new Map(b.schema.kinds.map((kind) => [kind.name, kind]));
  const layout = b.reader.layout;
  return a.reader.layout.kinds.map((rowsA): ComparedKind | undefined => {
    const { name } = rowsA.kind;
    const [kindA, kindB] = [ofA.get(name), ofB.get(name)];
    if (kindA === undefined || kindB === undefined) return undefined;
    const index = layout.kindIndex(name);
    const comparison = new KindComparison(rowsA, layout.kinds[index]!, kindA, kindB);
    return { name, b: index, comparison, fields: [], lastPair: -1, lastStates: 0 };
  });
}

/** Fields of a kind that both recordings have, with what is counted of each. */
export function* countedFields(
  kind: ComparedKind,
): Generator<{ readonly field: ComparedField; readonly runs: FieldRuns }, void, void> {
  for (let i = 0; i < kind.fields.length; i++) {
    const runs = kind.fields[i];
    if (runs !== undefined) yield { field: kind.comparison.fields[i]!, runs };
  }
}
