import { ByteWriter } from "./bytes.ts";
import { BLANK_ROW, FieldCoder } from "./field_coder.ts";
import { lowestBit, Mask } from "./mask.ts";
import { writeMask } from "./mask_coding.ts";
import { type PacketBreakdown, RECORD_SPAWN, RECORD_UPDATE } from "./packet_breakdown.ts";
import type { RowVersion } from "./row_version.ts";
import type { SnapshotLayout } from "./snapshot.ts";
import type { CodecName } from "./snapshot_codec.ts";

/** What follows the header of one entity's record: kind, mask and fields. */
export interface Fragment {
  /** Type of the record. */
  readonly type: number;
  /** Fields that it holds. */
  readonly mask: Mask;
  /** Bytes after the record's header. */
  readonly bytes: Uint8Array;
  /** Bits of the kind index. */
  readonly kindBits: number;
  /** Bits of the mask. */
  readonly maskBits: number;
  /** Bits of each field in `mask`, in ascending order of field. */
  readonly fieldBits: readonly number[];
}

/** Makes fragments of the records that a `SnapshotCodec` of the same name reads. */
export class FragmentCodec {
  /** Number of fragments made so far. */
  encodes: number = 0;
  readonly #layout: SnapshotLayout;
  readonly #coders: readonly FieldCoder[];
  readonly #out: ByteWriter = new ByteWriter();
  readonly #mask: Mask = new Mask();

  /** Codec by name for rows of a layout. */
  constructor(layout: SnapshotLayout, name: CodecName) {
    this.#layout = layout;
    this.#coders = layout.kinds.map((kind) =>
      new FieldCoder(kind, name === "varint" ? "varint" : "native")
    );
  }

  /** The whole row, for an entity that appears. */
  spawn(version: RowVersion): Fragment {
    if (version.spawn !== undefined) return version.spawn;
    const mask = Mask.full(this.#layout.kinds[version.kind]!.kind.fields.length);
    return version.spawn = this.#write(RECORD_SPAWN, version, mask, undefined);
  }

  /** What differs from a held version. */
  delta(version: RowVersion, held: RowVersion): Fragment | undefined {
    if (version === held) return undefined;
    const known = version.deltas.get(held);
    if (known !== undefined) return known;
    const mask = this.differing(version, held);
    if (mask.isEmpty) return undefined;
    const fragment = this.#write(RECORD_UPDATE, version, new Mask().copy(mask), held.words);
    version.deltas.set(held, fragment);
    return fragment;
  }

  /** Fields in which two versions of one kind differ. */
  differing(version: RowVersion, held: RowVersion): Mask {
    const mask = this.#mask.clear();
    if (version !== held) {
      this.#layout.kinds[version.kind]!.diff(version.words, 0, held.words, 0, mask);
    }
    return mask;
  }

  #write(type: number, version: RowVersion, mask: Mask, held: Int32Array | undefined): Fragment {
    this.encodes++;
    const out = this.#out.clear();
    const coder = this.#coders[version.kind]!;
    const namesKind = this.#layout.kinds.length > 1 && held === undefined;
    if (namesKind) out.varint(version.kind);
    const kindBits = out.length * 8;
    if (type === RECORD_UPDATE) {
      writeMask(mask, this.#layout.kinds[version.kind]!.kind.fields.length, out);
    }
    const maskBits = out.length * 8 - kindBits;
    const fieldBits: number[] = [];
    for (const field of mask) {
      const start = out.length;
      const isDelta = held !== undefined;
      coder.write(field, version.words, 0, held ?? BLANK_ROW, 0, isDelta, out);
      fieldBits.push((out.length - start) * 8);
    }
    return { type, mask, bytes: out.bytes().slice(), kindBits, maskBits, fieldBits };
  }
}

/** Adds a fragment to a packet's breakdown. */
export function addFragment(
  breakdown: PacketBreakdown,
  id: number,
  kind: number,
  fragment: Fragment,
): void {
  const { type, mask, kindBits, maskBits, fieldBits } = fragment;
  breakdown.entityBits += kindBits;
  breakdown.maskBits += maskBits;
  let place = 0;
  for (let bits = mask.lo; bits !== 0; bits &= bits - 1) {
    breakdown.addField(kind, lowestBit(bits), fieldBits[place++]!);
  }
  for (let bits = mask.hi; bits !== 0; bits &= bits - 1) {
    breakdown.addField(kind, 32 + lowestBit(bits), fieldBits[place++]!);
  }
  breakdown.addRecord(type, id, kind, mask.lo, mask.hi);
}
