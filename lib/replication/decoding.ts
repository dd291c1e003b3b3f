import { ByteReader, ByteSyntaxError } from "../core/bytes.ts";
import { Mask } from "../core/mask.ts";
import { readPacketHeader } from "../core/packet_header.ts";
import { Snapshot, type SnapshotLayout } from "../core/snapshot.ts";
import type { SnapshotCodec } from "../core/snapshot_codec.ts";
import type { EncodedPacket } from "./encoded_packet.ts";

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

const reader = new ByteReader(new Uint8Array());

/**
 * Decodes a packet onto a held state and compares the result with the truth, once for all
 * consumers that hold the same.
 *
 * @param held state that a delta or patch is applied to; undefined when nothing is held
 */
export function decodePacket(
  packet: EncodedPacket,
  held: Snapshot | undefined,
  codec: SnapshotCodec,
): Decoding {
  const known = packet.decodings.get(held);
  if (known !== undefined) return known;
  const decoding = decode(packet, held, codec);
  packet.decodings.set(held, decoding);
  return decoding;
}

function decode(
  packet: EncodedPacket,
  held: Snapshot | undefined,
  codec: SnapshotCodec,
): Decoding {
  try {
    return compare(read(packet, held, codec), packet.truth);
  } catch (error) {
    if (!(error instanceof ByteSyntaxError)) throw error;
    return { ...compare(held ?? new Snapshot(codec.layout), packet.truth), error };
  }
}

function read(packet: EncodedPacket, held: Snapshot | undefined, codec: SnapshotCodec): Snapshot {
  const input = reader.reset(packet.payload);
  const { form, hasTables } = readPacketHeader(input);
  if (form === "keyframe") return codec.readKeyframe(input, hasTables);
  return form === "delta" ? codec.readDelta(input, held!) : codec.readPatch(input, held);
}

function compare(state: Snapshot, truth: Snapshot): Decoding {
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
    while (s < state.count && state.ids[s]! < id) addAll(state, s++);
    const isThere = s < state.count && state.ids[s] === id;
    if (!isThere || state.kinds[s] !== truth.kinds[t]) addAll(truth, t);
    else add(id, differing(state, s, truth, t));
    if (isThere) s++;
  }
  while (s < state.count) addAll(state, s++);
  return { state, wrong, wrongFields };
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
  layout.diff(a.words, a.rows[i]!, b.words, b.rows[j]!, mask);
  return mask;
}
