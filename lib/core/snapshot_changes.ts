import type { ByteWriter } from "./bytes.ts";
import type { ChangeTable } from "./delta_codec.ts";
import { type Frame, frameDistance } from "./frame.ts";
import type { FrameSpans } from "./frame_spans.ts";
import { BLANK_ROW } from "./field_coder.ts";
import { lowestBit, Mask } from "./mask.ts";
import { Snapshot } from "./snapshot.ts";
import type { SnapshotCodec } from "./snapshot_codec.ts";

/** When one entity appeared, disappeared and last changed, field by field. */
interface EntityDates {
  readonly id: number;
  kind: number;
  isAlive: boolean;
  /** Frame of the spawn, or of the despawn when it is not alive. */
  bornFrame: Frame;
  /** Newest frame of all fields. */
  latestFrame: Frame;
  fieldFrames: Uint32Array;
}

/** {@linkcode ChangeTable} of snapshots: one date per entity and field, tombstones included. */
export class SnapshotChanges implements ChangeTable<Snapshot> {
  readonly #codec: SnapshotCodec;
  readonly #dates: Map<number, EntityDates> = new Map();
  readonly #previous: Snapshot;
  readonly #mask: Mask = new Mask();
  /** Entities that are gone, in the order in which they went. */
  readonly #dead: EntityDates[] = [];
  /** The dead that the patch at hand names, in ascending order of id. */
  readonly #graves: EntityDates[] = [];
  #newestFrame: Frame = 0;

  /** Empty table for snapshots of a codec's layout. */
  constructor(codec: SnapshotCodec) {
    this.#codec = codec;
    this.#previous = new Snapshot(codec.layout);
  }

  /** Dates what differs from the snapshot noted before. */
  note(state: Snapshot, frame: Frame, horizonFrames: number): void {
    const base = this.#previous;
    this.#newestFrame = frame;
    let b = 0;
    for (let i = 0; i < state.count; i++) {
      const id = state.ids[i]!;
      while (b < base.count && base.ids[b]! < id) this.#bury(base.ids[b++]!, frame);
      const isHeld = b < base.count && base.ids[b] === id;
      if (!isHeld || base.kinds[b] !== state.kinds[i]) this.#spawn(id, state.kinds[i]!, frame);
      else this.#date(id, state, i, base, b, frame);
      if (isHeld) b++;
    }
    while (b < base.count) this.#bury(base.ids[b++]!, frame);
    base.copy(state);
    this.#forget(frame, horizonFrames);
  }

  /** Writes every entity and field whose last change lies in `spans`. */
  writePatch(state: Snapshot, spans: FrameSpans, out: ByteWriter): void {
    const codec = this.#codec;
    if (codec.name === "raw") return codec.writeKeyframe(state, out);
    codec.startBody();
    const reach = spans.isAll ? Infinity : spans.reach(this.#newestFrame);
    this.#digGraves(spans);
    let g = 0;
    for (let i = 0; i < state.count; i++) {
      const id = state.ids[i]!;
      while (g < this.#graves.length && this.#graves[g]!.id < id) this.#writeGrave(g++, out);
      const dates = this.#dates.get(id)!;
      if (frameDistance(this.#newestFrame, dates.latestFrame) >= reach) continue;
      if (spans.has(dates.bornFrame)) codec.writeSpawn(state, i, out);
      else this.#writeDated(state, i, dates, spans, out);
    }
    while (g < this.#graves.length) this.#writeGrave(g++, out);
  }

  #writeDated(
    state: Snapshot,
    position: number,
    dates: EntityDates,
    spans: FrameSpans,
    out: ByteWriter,
  ): void {
    const mask = this.#mask.clear();
    for (let field = 0; field < dates.fieldFrames.length; field++) {
      if (!spans.has(dates.fieldFrames[field]!)) continue;
      if (field < 32) mask.lo |= 1 << field;
      else mask.hi |= 1 << (field - 32);
    }
    if (!mask.isEmpty) this.#codec.writeUpdate(state, position, mask, BLANK_ROW, 0, false, out);
  }

  #writeGrave(index: number, out: ByteWriter): void {
    const { id, kind } = this.#graves[index]!;
    this.#codec.writeDespawn(id, kind, out);
  }

  /** Collects the dead of `spans` in ascending order of id. */
  #digGraves(spans: FrameSpans): void {
    const graves = this.#graves;
    while (graves.length > 0) graves.pop();
    for (let i = 0; i < this.#dead.length; i++) {
      const dates = this.#dead[i]!;
      if (!spans.has(dates.bornFrame)) continue;
      let at = graves.push(dates) - 1;
      for (; at > 0 && graves[at - 1]!.id > dates.id; at--) graves[at] = graves[at - 1]!;
      graves[at] = dates;
    }
  }

  #spawn(id: number, kind: number, frame: Frame): void {
    const fieldCount = this.#codec.layout.kinds[kind]!.kind.fields.length;
    let dates = this.#dates.get(id);
    if (dates === undefined) {
      const fieldFrames = new Uint32Array(fieldCount);
      dates = { id, kind, isAlive: true, bornFrame: frame, latestFrame: frame, fieldFrames };
      this.#dates.set(id, dates);
    }
    if (!dates.isAlive) removeAt(this.#dead, this.#dead.indexOf(dates), 1);
    if (dates.fieldFrames.length !== fieldCount) dates.fieldFrames = new Uint32Array(fieldCount);
    dates.kind = kind;
    dates.isAlive = true;
    dates.bornFrame = dates.latestFrame = frame;
    dates.fieldFrames.fill(frame);
  }

  #bury(id: number, frame: Frame): void {
    const dates = this.#dates.get(id)!;
    dates.isAlive = false;
    dates.bornFrame = dates.latestFrame = frame;
    this.#dead.push(dates);
  }

  #date(
    id: number,
    state: Snapshot,
    position: number,
    base: Snapshot,
    b: number,
    frame: Frame,
  ): void {
    const mask = this.#mask.clear();
    const layout = this.#codec.layout.kinds[state.kinds[position]!]!;
    layout.diff(state.words, state.rows[position]!, base.words, base.rows[b]!, mask);
    if (mask.isEmpty) return;
    const dates = this.#dates.get(id)!;
    dates.latestFrame = frame;
    const frames = dates.fieldFrames;
    for (let bits = mask.lo; bits !== 0; bits &= bits - 1) frames[lowestBit(bits)] = frame;
    for (let bits = mask.hi; bits !== 0; bits &= bits - 1) frames[32 + lowestBit(bits)] = frame;
  }

  /** Drops the dead that no consumer can still be owed. */
  #forget(frame: Frame, horizonFrames: number): void {
    const dead = this.#dead;
    let old = 0;
    while (old < dead.length && frameDistance(frame, dead[old]!.bornFrame) > horizonFrames) {
      this.#dates.delete(dead[old++]!.id);
    }
    if (old > 0) removeAt(dead, 0, old);
  }
}

/** Removes `count` elements from `at` on, without the array that `splice` would make. */
function removeAt(list: EntityDates[], at: number, count: number): void {
  for (let i = at + count; i < list.length; i++) list[i - count] = list[i]!;
  for (let i = 0; i < count; i++) list.pop();
}
