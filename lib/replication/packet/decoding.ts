import { diffRows } from "../../core/state/row_layout.ts";
import { walkToId } from "../../core/state/sorted_ids.ts";
import type { ByteSyntaxError } from "../../core/bytes/bytes.ts";
import { Mask } from "../../core/bytes/mask.ts";
import type { Snapshot } from "../../core/state/snapshot.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";

/** An entity that a consumer sees otherwise than it is. */
export interface WrongEntity {
  /** Entity. */
  readonly id: number;
  /** Fields that are wrong; all of them when the entity is missing or should not be there. */
  readonly mask: Mask;
}

/** What a packet decoded to, on one held state. */
export interface Decoding {
  /** State that comes out; the truth itself when nothing is wrong. */
  readonly state: Snapshot;
  /** Entities with a wrong field, in ascending order of id. */
  readonly wrong: readonly WrongEntity[];
  /** Sum of the sizes of the masks. */
  readonly wrongFields: number;
  /** Why the packet could not be decoded, which is a fault of the codec; the state is then `held`. */
  readonly error?: ByteSyntaxError;
}

/**
 * Compares what a consumer has with what it should have; the truth itself stands for it where nothing
 * differs, so that many can hold the same.
 */
export function compareWithTruth(state: Snapshot, truth: Snapshot): Decoding {
  if (state.equals(truth)) return { state: truth, wrong: [], wrongFields: 0 };
  const { layout } = state;
  const wrong: WrongEntity[] = [];
  let wrongFields = 0;
  const add = (id: number, mask: Mask) => {
    if (mask.isEmpty) return;
    wrong.push({ id, mask });
    wrongFields += mask.size;
  };
  const addAll = ({ ids, kinds }: Snapshot, position: number) =>
    add(ids[position]!, allFields(layout, kinds[position]!, new Mask()));
  let s = 0;
  for (let t = 0; t < truth.count; t++) {
    const id = truth.ids[t]!;
    const end = walkToId(state.ids, s, state.count, id);
    while (s < end) addAll(state, s++);
    const isThere = s < state.count && state.ids[s] === id;
    if (!isThere || state.kinds[s] !== truth.kinds[t]) addAll(truth, t);
    else add(id, differing(state, s, truth, t));
    if (isThere) s++;
  }
  while (s < state.count) addAll(state, s++);
  return { state, wrong, wrongFields };
}

/** Fields of all entities of a state, each as many as {@linkcode allFields} has. */
export function fieldCount({ layout, kinds, count }: Snapshot): number {
  let fields = 0;
  for (let i = 0; i < count; i++) {
    fields += Math.max(1, layout.kinds[kinds[i]!]!.kind.fields.length);
  }
  return fields;
}

/**
 * Fills a mask with all fields of a kind. An entity without fields counts as one wrong field when
 * it is missing or should not be there.
 */
export function allFields(layout: SnapshotLayout, kind: number, mask: Mask): Mask {
  return mask.fill(Math.max(1, layout.kinds[kind]!.kind.fields.length));
}

function differing(a: Snapshot, i: number, b: Snapshot, j: number): Mask {
  const mask = new Mask();
  const layout = a.layout.kinds[a.kinds[i]!]!;
  diffRows(layout, a.words, a.rows[i]!, b.words, b.rows[j]!, mask);
  return mask;
}
