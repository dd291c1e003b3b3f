import type { ByteReader, ByteWriter } from "./bytes.ts";
import type { DeltaCodec } from "./delta_codec.ts";
import { enumTables, readEnumTables } from "./enum_tables.ts";
import { EntityHeaderReader, writeEntityHeader } from "./entity_header.ts";
import { BLANK_ROW, FieldCoder } from "./field_coder.ts";
import { lowestBit, Mask } from "./mask.ts";
import { readMask, writeMask } from "./mask_coding.ts";
import {
  type PacketBreakdown,
  RECORD_DESPAWN,
  RECORD_SPAWN,
  RECORD_UPDATE,
} from "./packet_breakdown.ts";
import { Snapshot, type SnapshotLayout } from "./snapshot.ts";
import { SnapshotChanges } from "./snapshot_changes.ts";

/** Wire codecs of whole snapshots; see {@linkcode SnapshotCodec}. */
export const CODEC_NAMES = ["raw", "mask", "varint"] as const;

/** Name of a wire codec. */
export type CodecName = (typeof CODEC_NAMES)[number];

/**
 * Snapshots on the wire: records of entities that changed, appeared or disappeared.
 *
 * `raw` sends every field of every entity in every packet, at native width, and needs no baseline.
 * `mask` sends a mask and the changed fields at native width. `varint` sends a mask and zigzag
 * varints of differences; a patch's and a keyframe's values stand alone.
 *
 * A body is entity records in ascending order of id to the end of the packet. A record is the
 * header of {@linkcode writeEntityHeader}; then, in a spawn and in a patch's update, the kind index
 * as LEB128 when the schema has more than one kind; then, in an update, the mask; then the fields.
 * A spawn over an entity that the baseline holds replaces it by one of another kind. In a keyframe
 * for a consumer that joins, {@linkcode enumTables} stand before the records.
 */
export class SnapshotCodec implements DeltaCodec<Snapshot> {
  /** Layout of the snapshots. */
  readonly layout: SnapshotLayout;
  /** Which of the codecs this is. */
  readonly name: CodecName;
  /** When set, filled by every write with what the body consists of. */
  breakdown: PacketBreakdown | undefined;
  /** True when there is an enum, whose texts a consumer is sent when it joins. */
  readonly hasTables: boolean;
  readonly #tables: Uint8Array;
  readonly #hasTexts: boolean;
  readonly #coders: readonly FieldCoder[];
  readonly #hasKinds: boolean;
  readonly #mask: Mask = new Mask();
  readonly #header: EntityHeaderReader = new EntityHeaderReader();
  #previousId = -1;

  /** Codec by name for snapshots of a layout. */
  constructor(layout: SnapshotLayout, name: CodecName) {
    this.layout = layout;
    this.name = name;
    this.#coders = layout.kinds.map((kind) =>
      new FieldCoder(kind, name === "varint" ? "varint" : "native")
    );
    this.#hasKinds = layout.kinds.length > 1;
    this.#tables = enumTables(layout);
    this.hasTables = this.#tables.length > 0;
    this.#hasTexts = layout.kinds.some(({ kind }) => kind.fields.some((f) => f.type === "text"));
  }

  /** Copy of a snapshot, into `reuse` when it is given. */
  snapshot(state: Snapshot, reuse: Snapshot | undefined): Snapshot {
    return (reuse ?? new Snapshot(this.layout)).copy(state);
  }

  /** Table of changes for the policy `nack`. */
  changeTable(): SnapshotChanges {
    return new SnapshotChanges(this);
  }

  /** Writes every entity as a spawn, after the tables of texts when they are asked for. */
  writeKeyframe(state: Snapshot, out: ByteWriter, withTables: boolean = false): void {
    this.#refuseForeign(state);
    this.startBody();
    if (withTables) {
      out.append(this.#tables);
      if (this.breakdown !== undefined) this.breakdown.tableBits = this.#tables.length * 8;
    }
    for (let i = 0; i < state.count; i++) this.writeSpawn(state, i, out);
  }

  /** Mirror of {@linkcode SnapshotCodec.writeKeyframe}. @throws {ByteSyntaxError} */
  readKeyframe(input: ByteReader, withTables: boolean = false): Snapshot {
    if (withTables) readEnumTables(input, this.#tables);
    const state = new Snapshot(this.layout);
    const header = this.#header;
    header.reset();
    while (input.remaining > 0) {
      header.read(input);
      if (header.type !== RECORD_SPAWN) input.refuse("a keyframe holds only spawns");
      this.#readSpawn(header.id, state, input);
    }
    return state;
  }

  /** Writes what differs from a snapshot that the far end holds; `raw` writes a keyframe. */
  writeDelta(state: Snapshot, baseline: Snapshot, out: ByteWriter): void {
    if (this.name === "raw") this.writeKeyframe(state, out);
    else this.#writeChanges(state, baseline, true, out);
  }

  /** Writes what differs from the snapshot sent before, as values; `raw` writes a keyframe. */
  writePatch(state: Snapshot, previous: Snapshot, out: ByteWriter): void {
    if (this.name === "raw") this.writeKeyframe(state, out);
    else this.#writeChanges(state, previous, false, out);
  }

  #writeChanges(state: Snapshot, base: Snapshot, isDelta: boolean, out: ByteWriter): void {
    this.#refuseForeign(state);
    this.startBody();
    const mask = this.#mask;
    let b = 0;
    for (let i = 0; i < state.count; i++) {
      const id = state.ids[i]!;
      while (b < base.count && base.ids[b]! < id) {
        this.writeDespawn(base.ids[b]!, base.kinds[b++]!, out);
      }
      if (b === base.count || base.ids[b] !== id) {
        this.writeSpawn(state, i, out);
        continue;
      }
      const kind = state.kinds[i]!;
      if (base.kinds[b] !== kind) {
        this.writeSpawn(state, i, out);
      } else {
        mask.lo = mask.hi = 0;
        const baseRow = base.rows[b]!;
        this.layout.kinds[kind]!.diff(state.words, state.rows[i]!, base.words, baseRow, mask);
        if ((mask.lo | mask.hi) !== 0) {
          if (isDelta) this.writeUpdate(state, i, mask, base.words, baseRow, true, out);
          else this.writeUpdate(state, i, mask, BLANK_ROW, 0, false, out);
        }
      }
      b++;
    }
    while (b < base.count) this.writeDespawn(base.ids[b]!, base.kinds[b++]!, out);
  }

  /** Mirror of {@linkcode SnapshotCodec.writeDelta}. @throws {ByteSyntaxError} */
  readDelta(input: ByteReader, baseline: Snapshot): Snapshot {
    if (this.name === "raw") return this.readKeyframe(input);
    const state = new Snapshot(this.layout);
    const header = this.#header;
    header.reset();
    let b = 0;
    while (input.remaining > 0) {
      header.read(input);
      const id = header.id;
      b = copyBelow(baseline, b, id, state);
      const isHeld = b < baseline.count && baseline.ids[b] === id;
      if (header.type === RECORD_SPAWN) {
        const kind = this.#readSpawn(id, state, input);
        if (isHeld && baseline.kinds[b] === kind) input.refuse(`entity ${id} spawns twice`);
      } else {
        if (!isHeld) input.refuse(`the baseline lacks entity ${id}`);
        if (header.type === RECORD_UPDATE) this.#readUpdate(baseline, b, state, input);
      }
      if (isHeld) b++;
    }
    copyBelow(baseline, b, Infinity, state);
    return state;
  }

  /**
   * Reads a patch onto what is held. An update of an entity that is not held, or is held as
   * another kind, makes a blank one first; a despawn of an unknown entity does nothing: packets
   * in between may have been lost.
   *
   * @throws {ByteSyntaxError} for bytes that no patch consists of
   */
  readPatch(input: ByteReader, held: Snapshot | undefined): Snapshot {
    if (this.name === "raw") return this.readKeyframe(input);
    const state = new Snapshot(this.layout);
    const base = held ?? state;
    const baseCount = held?.count ?? 0;
    const header = this.#header;
    header.reset();
    let b = 0;
    while (input.remaining > 0) {
      header.read(input);
      const id = header.id;
      if (held) b = copyBelow(held, b, id, state);
      const isHeld = b < baseCount && base.ids[b] === id;
      if (header.type === RECORD_SPAWN) this.#readSpawn(id, state, input);
      else if (header.type === RECORD_UPDATE) {
        this.#readPatchUpdate(id, base, isHeld ? b : -1, state, input);
      }
      if (isHeld) b++;
    }
    if (held) copyBelow(held, b, Infinity, state);
    return state;
  }

  /** Starts a packet's body: ids count from the start again, the breakdown is empty. */
  startBody(): void {
    this.#previousId = -1;
    this.breakdown?.clear();
  }

  /** Writes the record of an entity that appears. */
  writeSpawn(state: Snapshot, position: number, out: ByteWriter): void {
    const kind = state.kinds[position]!;
    const fieldCount = this.layout.kinds[kind]!.kind.fields.length;
    const id = state.ids[position]!;
    this.#writeHeader(RECORD_SPAWN, id, kind, this.#hasKinds, out);
    for (let field = 0; field < fieldCount; field++) {
      this.#writeField(kind, field, state, position, BLANK_ROW, 0, false, out);
    }
    if (this.breakdown !== undefined) {
      this.#mask.fill(fieldCount);
      this.breakdown.addRecord(RECORD_SPAWN, id, kind, this.#mask.lo, this.#mask.hi);
    }
  }

  /** Writes the record of an entity that disappears. */
  writeDespawn(id: number, kind: number, out: ByteWriter): void {
    this.#writeHeader(RECORD_DESPAWN, id, kind, false, out);
    this.breakdown?.addRecord(RECORD_DESPAWN, id, kind, 0, 0);
  }

  /**
   * Writes the record of an entity some of whose fields are sent.
   *
   * @param base words of the baseline's row at `baseAt` in a delta; {@linkcode BLANK_ROW} and 0
   *   in a patch, whose record names the kind as well
   */
  writeUpdate(
    state: Snapshot,
    position: number,
    mask: Mask,
    base: Int32Array,
    baseAt: number,
    isDelta: boolean,
    out: ByteWriter,
  ): void {
    const kind = state.kinds[position]!;
    const id = state.ids[position]!;
    this.#writeHeader(RECORD_UPDATE, id, kind, this.#hasKinds && !isDelta, out);
    const start = out.length;
    writeMask(mask, this.layout.kinds[kind]!.kind.fields.length, out);
    if (this.breakdown === undefined) {
      const at = state.rows[position]!;
      this.#coders[kind]!.writeMasked(mask, state.words, at, base, baseAt, isDelta, out);
      return;
    }
    this.breakdown.maskBits += (out.length - start) * 8;
    this.breakdown.addRecord(RECORD_UPDATE, id, kind, mask.lo, mask.hi);
    for (let bits = mask.lo; bits !== 0; bits &= bits - 1) {
      this.#writeField(kind, lowestBit(bits), state, position, base, baseAt, isDelta, out);
    }
    for (let bits = mask.hi; bits !== 0; bits &= bits - 1) {
      this.#writeField(kind, 32 + lowestBit(bits), state, position, base, baseAt, isDelta, out);
    }
  }

  /** Words of another layout's texts would be taken for other texts here. */
  #refuseForeign(state: Snapshot): void {
    if (!this.#hasTexts || state.layout === this.layout) return;
    throw new RangeError(
      "The snapshot has another layout than the codec; share one SnapshotLayout",
    );
  }

  #readSpawn(id: number, state: Snapshot, input: ByteReader): number {
    const kind = this.#readKind(input);
    const at = state.add(id, kind);
    const fieldCount = this.layout.kinds[kind]!.kind.fields.length;
    for (let field = 0; field < fieldCount; field++) {
      this.#coders[kind]!.read(field, state.words, at, BLANK_ROW, 0, false, input);
    }
    return kind;
  }

  #readUpdate(baseline: Snapshot, b: number, state: Snapshot, input: ByteReader): void {
    const kind = baseline.kinds[b]!;
    const at = copyEntity(baseline, b, state);
    this.#readMask(kind, input);
    this.#readFields(kind, state.words, at, baseline.words, baseline.rows[b]!, true, input);
  }

  #readPatchUpdate(
    id: number,
    base: Snapshot,
    b: number,
    state: Snapshot,
    input: ByteReader,
  ): void {
    const kind = this.#readKind(input);
    const isKept = b >= 0 && base.kinds[b] === kind;
    const at = isKept ? copyEntity(base, b, state) : state.add(id, kind);
    this.#readMask(kind, input);
    this.#readFields(kind, state.words, at, BLANK_ROW, 0, false, input);
  }

  #readFields(
    kind: number,
    words: Int32Array,
    at: number,
    base: Int32Array,
    baseAt: number,
    isDelta: boolean,
    input: ByteReader,
  ): void {
    const coder = this.#coders[kind]!;
    const mask = this.#mask;
    for (let bits = mask.lo; bits !== 0; bits &= bits - 1) {
      coder.read(lowestBit(bits), words, at, base, baseAt, isDelta, input);
    }
    for (let bits = mask.hi; bits !== 0; bits &= bits - 1) {
      coder.read(32 + lowestBit(bits), words, at, base, baseAt, isDelta, input);
    }
  }

  #readMask(kind: number, input: ByteReader): void {
    readMask(input, this.layout.kinds[kind]!.kind.fields.length, this.#mask);
    if (this.#mask.isEmpty) input.refuse("an update holds no field");
  }

  #writeHeader(
    type: number,
    id: number,
    kind: number,
    namesKind: boolean,
    out: ByteWriter,
  ): void {
    const start = out.length;
    writeEntityHeader(id, this.#previousId, type, out);
    this.#previousId = id;
    if (namesKind) out.varint(kind);
    if (this.breakdown !== undefined) this.breakdown.entityBits += (out.length - start) * 8;
  }

  #readKind(input: ByteReader): number {
    const kind = this.#hasKinds ? input.varint() : 0;
    if (kind >= this.layout.kinds.length) input.refuse(`kind index is ${kind}, there is none`);
    return kind;
  }

  #writeField(
    kind: number,
    field: number,
    state: Snapshot,
    position: number,
    base: Int32Array,
    baseAt: number,
    isDelta: boolean,
    out: ByteWriter,
  ): void {
    const start = out.length;
    const at = state.rows[position]!;
    this.#coders[kind]!.write(field, state.words, at, base, baseAt, isDelta, out);
    this.breakdown?.addField(kind, field, (out.length - start) * 8);
  }
}

/** Copies the entities of `from` whose ids are below `id`; returns the position of the next. */
function copyBelow(from: Snapshot, position: number, id: number, to: Snapshot): number {
  while (position < from.count && from.ids[position]! < id) copyEntity(from, position++, to);
  return position;
}

function copyEntity(from: Snapshot, position: number, to: Snapshot): number {
  const kind = from.kinds[position]!;
  const at = to.add(from.ids[position]!, kind);
  const row = from.rows[position]!;
  const stride = from.layout.kinds[kind]!.stride;
  for (let w = 0; w < stride; w++) to.words[at + w] = from.words[row + w]!;
  return at;
}
