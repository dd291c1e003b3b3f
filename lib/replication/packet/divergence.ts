import { walkToEntity } from "../../core/state/sorted_ids.ts";
import { type Frame, frameDistance } from "../../core/time/frame.ts";
import { lowestBit, Mask } from "../../core/bytes/mask.ts";
import {
  type EntityRecords,
  RECORD_DESPAWN,
  RECORD_UPDATE,
} from "../../core/wire/entity_records.ts";
import { copyFields, diffRows } from "../../core/state/row_layout.ts";
import type { Snapshot } from "../../core/state/snapshot.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { allFields, type Decoding } from "./decoding.ts";

/** Kind index of an entity that is not seen. */
const NO_KIND = -1;

/** An entity as a consumer sees it, other than it is. */
interface SeenEntity {
  id: number;
  /** Kind index; {@linkcode NO_KIND} when the entity is not seen. */
  kind: number;
  /** Row, at the start of an array long enough for every kind. */
  readonly words: Int32Array;
  /** Fields that are wrong. */
  readonly mask: Mask;
  /** Frame since which each wrong field is. */
  readonly sinceFrames: Uint32Array;
  /** True while the packet at hand is the one that made it wrong. */
  isNew: boolean;
}

/** What a patch holds, for entities that are not as the sender assumes. */
export interface Patch {
  /** Which fields of which entities. */
  readonly records: EntityRecords;
  /** Their values: the patch decoded onto nothing. */
  readonly values: Snapshot;
}

/** Told for how many frames a field was wrong. */
export type OnWrongFor = (frames: number) => void;

/**
 * Where a consumer's state differs from the truth, and since when. Only those entities are kept per
 * consumer; the rest of its state is the truth of the frame that it applied last, which all share.
 */
export class Divergence {
  readonly #layout: SnapshotLayout;
  readonly #strideMax: number;
  readonly #onHealed: OnWrongFor;
  readonly #entities: Map<number, SeenEntity> = new Map();
  readonly #free: SeenEntity[] = [];
  readonly #mask: Mask = new Mask();

  /** Nothing is wrong yet; `onHealed` hears of every field that was wrong and is right again. */
  constructor(layout: SnapshotLayout, onHealed: OnWrongFor) {
    this.#layout = layout;
    this.#strideMax = Math.max(...layout.kinds.map(({ stride }) => stride));
    this.#onHealed = onHealed;
  }

  /** True when nothing is wrong. */
  get isEmpty(): boolean {
    return this.#entities.size === 0;
  }

  /** Number of fields that are wrong. */
  get wrongFields(): number {
    let fields = 0;
    for (const { mask } of this.#entities.values()) fields += mask.size;
    return fields;
  }

  /**
   * Takes in a packet that was applied. An entity that was right goes the way of the shared
   * decoding; one that was wrong goes its own, from the row that the consumer sees.
   *
   * @param truth state at the packet's frame
   * @param decoding the packet decoded onto the truth of the frame that was applied before
   * @param patch what the packet holds; undefined when it replaces the whole state
   * @returns number of fields that are wrong now
   */
  apply(frame: Frame, truth: Snapshot, decoding: Decoding, patch: Patch | undefined): number {
    let wrongFields = 0;
    for (const { id, mask } of decoding.wrong) {
      if (this.#entities.has(id)) continue;
      const entity = this.#add(id);
      this.#see(entity, decoding.state);
      this.#date(entity, mask, frame);
      wrongFields += mask.size;
    }
    for (const entity of this.#entities.values()) {
      if (entity.isNew) {
        entity.isNew = false;
        continue;
      }
      if (patch === undefined) this.#see(entity, decoding.state);
      else this.#patch(entity, patch);
      this.#date(entity, this.#compare(entity, truth), frame);
      if (entity.mask.isEmpty) this.#remove(entity);
      else wrongFields += entity.mask.size;
    }
    return wrongFields;
  }

  /**
   * Takes in a packet that never arrived, or too late: what it would have brought is wrong from its
   * frame on.
   *
   * @param before truth of the frame that was applied last
   * @param truth state at the packet's frame
   * @param records what the packet holds; undefined when it would replace the whole state
   */
  miss(frame: Frame, before: Snapshot, truth: Snapshot, records: EntityRecords | undefined): void {
    if (records !== undefined) {
      for (let i = 0; i < records.count; i++) this.#miss(records.ids[i]!, frame, before, truth);
      return;
    }
    for (let i = 0; i < truth.count; i++) this.#miss(truth.ids[i]!, frame, before, truth);
    for (let i = 0; i < before.count; i++) {
      const id = before.ids[i]!;
      if (truth.find(id) < 0) this.#miss(id, frame, before, truth);
    }
    for (const { id } of [...this.#entities.values()]) {
      if (truth.find(id) < 0 && before.find(id) < 0) this.#miss(id, frame, before, truth);
    }
  }

  #miss(id: number, frame: Frame, before: Snapshot, truth: Snapshot): void {
    const known = this.#entities.get(id);
    if (known !== undefined) {
      // Right by chance or not, it is seen otherwise than in `before`, and so goes its own way.
      this.#date(known, this.#compare(known, truth), frame);
      return;
    }
    const entity = this.#add(id);
    entity.isNew = false;
    this.#see(entity, before);
    this.#date(entity, this.#compare(entity, truth), frame);
    if (entity.mask.isEmpty) this.#remove(entity);
  }

  /** Writes what the consumer sees: the truth, and the entities that it sees otherwise. */
  show(truth: Snapshot, into: Snapshot): Snapshot {
    into.clear(truth.frame, truth.timeMs);
    const wrong = [...this.#entities.values()].sort((a, b) => a.id - b.id);
    let w = 0;
    for (let t = 0; t < truth.count; t++) {
      const id = truth.ids[t]!;
      const end = walkToEntity(wrong, w, id);
      while (w < end) addRow(into, wrong[w]!, wrong[w++]!.words, 0);
      if (wrong[w]?.id === id) addRow(into, wrong[w]!, wrong[w++]!.words, 0);
      else addRow(into, { id, kind: truth.kinds[t]! }, truth.words, truth.rows[t]!);
    }
    while (w < wrong.length) addRow(into, wrong[w]!, wrong[w++]!.words, 0);
    return into;
  }

  /**
   * Calls back with the frames for which each field has been wrong, and forgets them.
   *
   * @param frame frame that was applied last; it counts, as the field is wrong in it
   */
  close(frame: Frame, onOpen: OnWrongFor): void {
    for (const entity of this.#entities.values()) {
      for (const field of entity.mask) onOpen(frameDistance(frame, entity.sinceFrames[field]!) + 1);
      this.#remove(entity);
    }
  }

  /** Takes over an entity's row from a state. */
  #see(entity: SeenEntity, state: Snapshot): void {
    const position = state.find(entity.id);
    entity.kind = position < 0 ? NO_KIND : state.kinds[position]!;
    if (position < 0) return;
    const at = state.rows[position]!;
    const stride = this.#layout.kinds[entity.kind]!.stride;
    for (let w = 0; w < stride; w++) entity.words[w] = state.words[at + w]!;
  }

  /** Applies a patch's record of an entity to the row that is seen, as a receiver does. */
  #patch(entity: SeenEntity, { records, values }: Patch): void {
    const record = records.find(entity.id);
    if (record < 0) return;
    const type = records.types[record]!;
    const place = values.find(entity.id);
    if (type === RECORD_DESPAWN) entity.kind = NO_KIND;
    else if (type === RECORD_UPDATE && entity.kind === values.kinds[place]) {
      const { los, his } = records;
      const from = values.rows[place]!;
      const layout = this.#layout.kinds[entity.kind]!;
      copyFields(layout, los[record]!, his[record]!, values.words, from, entity.words);
    } else this.#see(entity, values);
  }

  /** Fields in which an entity is not as it should be seen; valid until the next call. */
  #compare(entity: SeenEntity, truth: Snapshot): Mask {
    const mask = this.#mask.clear();
    const position = truth.find(entity.id);
    if (position < 0) {
      return entity.kind === NO_KIND ? mask : allFields(this.#layout, entity.kind, mask);
    }
    const kind = truth.kinds[position]!;
    if (kind !== entity.kind) return allFields(this.#layout, kind, mask);
    const at = truth.rows[position]!;
    diffRows(this.#layout.kinds[kind]!, entity.words, 0, truth.words, at, mask);
    return mask;
  }

  /** Makes the fields of a mask the wrong ones, and tells of those that are right again. */
  #date(entity: SeenEntity, mask: Mask, frame: Frame): void {
    this.#dateWord(entity, entity.mask.lo, mask.lo, 0, frame);
    this.#dateWord(entity, entity.mask.hi, mask.hi, 32, frame);
    entity.mask.copy(mask);
  }

  #dateWord(entity: SeenEntity, was: number, is: number, first: number, frame: Frame): void {
    const { sinceFrames } = entity;
    for (let bits = is & ~was; bits !== 0; bits &= bits - 1) {
      sinceFrames[first + lowestBit(bits)] = frame;
    }
    for (let bits = was & ~is; bits !== 0; bits &= bits - 1) {
      // The first state may be of a frame before one that was heard of without a state.
      const frames = frameDistance(frame, sinceFrames[first + lowestBit(bits)]!);
      this.#onHealed(Math.max(0, frames));
    }
  }

  #add(id: number): SeenEntity {
    const entity = this.#free.pop() ?? {
      id,
      kind: NO_KIND,
      words: new Int32Array(this.#strideMax),
      mask: new Mask(),
      sinceFrames: new Uint32Array(64),
      isNew: true,
    };
    entity.id = id;
    entity.isNew = true;
    this.#entities.set(id, entity);
    return entity;
  }

  #remove(entity: SeenEntity): void {
    entity.mask.clear();
    this.#entities.delete(entity.id);
    this.#free.push(entity);
  }
}

function addRow(
  into: Snapshot,
  { id, kind }: { readonly id: number; readonly kind: number },
  words: Int32Array,
  from: number,
): void {
  if (kind === NO_KIND) return;
  const at = into.add(id, kind);
  const { stride } = into.layout.kinds[kind]!;
  for (let w = 0; w < stride; w++) into.words[at + w] = words[from + w]!;
}
