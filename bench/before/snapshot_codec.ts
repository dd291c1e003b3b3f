import type { ByteReader, ByteWriter } from "./bytes.ts";
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

/** Wire codecs of whole snapshots. */
export const CODEC_NAMES = ["raw", "mask", "varint"] as const;

/** Name of a wire codec. */
export type CodecName = (typeof CODEC_NAMES)[number];

/** Snapshots on the wire: records of entities that changed, appeared or disappeared. */
export class SnapshotCodec {
  /** Layout of the snapshots. */
  readonly layout: SnapshotLayout;
  /** Which of the codecs this is. */
  readonly name: CodecName;
  /** When set, filled by every write with what the body consists of. */
  breakdown: PacketBreakdown | undefined;
  /** True when there is an enum, whose texts a consumer is sent when it joins. */
  readonly hasTables: boolean;
  readonly #tables: Uint8Array;
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
  }

  /** Copy of a snapshot, into `reuse` when it is given. */
  snapshot(state: Snapshot, reuse: Snapshot | undefined): Snapshot {
    return (reuse ?? new Snapshot(this.layout)).copy(state);
  }

  /** Writes every entity as a spawn, after the tables of texts when they are asked for. */
  writeKeyframe(state: Snapshot, out: ByteWriter, withTables: boolean = false): void {
    this.startBody();
    if (withTables) {
      out.append(this.#tables);
      if (this.breakdown !== undefined) this.breakdown.tableBits = this.#tables.length * 8;
    }
    for (let i = 0; i < state.count; i++) this.writeSpawn(state, i, out);
  }

  /** Mirror of `SnapshotCodec.writeKeyframe`. */
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

  /** Writes what differs from a snapshot that the far end holds. */
  writeDelta(state: Snapshot, baseline: Snapshot, out: ByteWriter): void {
    if (this.name === "raw") this.writeKeyframe(state, out);
    else this.#writeChanges(state, baseline, out);
  }

  #writeChanges(state: Snapshot, base: Snapshot, out: ByteWriter): void {
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
          this.writeUpdate(state, i, mask, base.words, baseRow, true, out);
        }
      }
      b++;
    }
    while (b < base.count) this.writeDespawn(base.ids[b]!, base.kinds[b++]!, out);
  }

  /** Mirror of `SnapshotCodec.writeDelta`. */
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

  /** Writes the record of an entity some of whose fields are sent. */
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

/** Copies the entities of `from` whose ids are below `id`. */
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
