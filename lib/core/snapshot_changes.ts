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
  readonly #tombstones: { id: number; dates: EntityDates }[] = [];
  #deaths: number[] = [];

  /** Empty table for snapshots of a codec's layout. */
  constructor(codec: SnapshotCodec) {
    this.#codec = codec;
    this.#previous = new Snapshot(codec.layout);
  }

  /** Dates what differs from the snapshot noted before. */
  note(state: Snapshot, frame: Frame, horizonFrames: number): void {
    const base = this.#previous;
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
    const graves = this.#gravesIn(spans);
    let g = 0;
    for (let i = 0; i < state.count; i++) {
      const id = state.ids[i]!;
      while (g < graves && this.#tombstones[g]!.id < id) this.#writeGrave(g++, out);
      const dates = this.#dates.get(id)!;
      if (spans.has(dates.bornFrame)) {
        codec.writeSpawn(state, i, out);
      } else if (spans.isAll || spans.has(dates.latestFrame) || spans.count > 1) {
        this.#writeDated(state, i, dates, spans, out);
      }
    }
    while (g < graves) this.#writeGrave(g++, out);
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
    const { id, dates } = this.#tombstones[index]!;
    this.#codec.writeDespawn(id, dates.kind, out);
  }

  /** Collects the despawned entities of `spans` in ascending order of id; returns how many. */
  #gravesIn(spans: FrameSpans): number {
    let count = 0;
    for (const id of this.#deaths) {
      const dates = this.#dates.get(id)!;
      if (!spans.has(dates.bornFrame)) continue;
      const grave = this.#tombstones[count];
      if (grave === undefined) this.#tombstones.push({ id, dates });
      else {
        grave.id = id;
        grave.dates = dates;
      }
      count++;
    }
    if (count > 1) {
      const sorted = this.#tombstones.splice(0, count).sort((a, b) => a.id - b.id);
      this.#tombstones.unshift(...sorted);
    }
    return count;
  }

  #spawn(id: number, kind: number, frame: Frame): void {
    const fieldCount = this.#codec.layout.kinds[kind]!.kind.fields.length;
    const dates = this.#dates.get(id);
    if (dates !== undefined && dates.fieldFrames.length === fieldCount) {
      if (!dates.isAlive) this.#deaths = this.#deaths.filter((other) => other !== id);
      dates.kind = kind;
      dates.isAlive = true;
      dates.bornFrame = dates.latestFrame = frame;
      dates.fieldFrames.fill(frame);
      return;
    }
    if (dates?.isAlive === false) this.#deaths = this.#deaths.filter((other) => other !== id);
    const fieldFrames = new Uint32Array(fieldCount).fill(frame);
    this.#dates.set(id, { kind, isAlive: true, bornFrame: frame, latestFrame: frame, fieldFrames });
  }

  #bury(id: number, frame: Frame): void {
    const dates = this.#dates.get(id)!;
    dates.isAlive = false;
    dates.bornFrame = dates.latestFrame = frame;
    this.#deaths.push(id);
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

  /** Drops tombstones that no consumer can still be owed. */
  #forget(frame: Frame, horizonFrames: number): void {
    const oldest = this.#deaths[0];
    if (oldest === undefined) return;
    const isOld = (id: number) =>
      frameDistance(frame, this.#dates.get(id)!.bornFrame) > horizonFrames;
    if (!isOld(oldest)) return;
    const old = this.#deaths.filter(isOld);
    this.#deaths = this.#deaths.filter((id) => !isOld(id));
    for (const id of old) this.#dates.delete(id);
  }
}
