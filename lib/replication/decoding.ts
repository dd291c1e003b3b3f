import { ByteReader } from "../core/bytes.ts";
import { Mask } from "../core/mask.ts";
import { readPacketHeader } from "../core/packet_header.ts";
import type { Snapshot } from "../core/snapshot.ts";
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
  /** State that the consumer holds from then on; the truth itself when nothing is wrong. */
  readonly state: Snapshot;
  /** Entities with a wrong field, in ascending order of id. */
  readonly wrong: readonly WrongEntity[];
  /** Sum of the sizes of the masks. */
  readonly wrongFields: number;
}

const reader = new ByteReader(new Uint8Array());

/**
 * Decodes a packet onto a held state and compares the result with the truth, once for all
 * consumers that hold the same.
 *
 * @param held state that a delta or patch is applied to; undefined when nothing is held
 * @throws {ByteSyntaxError} when the packet cannot be decoded, which is a fault of the codec
 */
export function decodePacket(
  packet: EncodedPacket,
  held: Snapshot | undefined,
  codec: SnapshotCodec,
): Decoding {
  const known = packet.decodings.get(held);
  if (known !== undefined) return known;
  const input = reader.reset(packet.payload);
  const { form } = readPacketHeader(input);
  const state = form === "keyframe"
    ? codec.readKeyframe(input)
    : form === "delta"
    ? codec.readDelta(input, held!)
    : codec.readPatch(input, held);
  const decoding = compare(state, packet.truth);
  packet.decodings.set(held, decoding);
  return decoding;
}

function compare(state: Snapshot, truth: Snapshot): Decoding {
  if (state.equals(truth)) return { state: truth, wrong: [], wrongFields: 0 };
  const wrong: WrongEntity[] = [];
  let wrongFields = 0;
  const add = (id: number, mask: Mask) => {
    if (mask.isEmpty) return;
    wrong.push({ id, mask });
    wrongFields += mask.size;
  };
  let s = 0;
  for (let t = 0; t < truth.count; t++) {
    const id = truth.ids[t]!;
    while (s < state.count && state.ids[s]! < id) add(state.ids[s]!, allFields(state, s++));
    const isThere = s < state.count && state.ids[s] === id;
    if (!isThere || state.kinds[s] !== truth.kinds[t]) add(id, allFields(truth, t));
    else add(id, differing(state, s, truth, t));
    if (isThere) s++;
  }
  while (s < state.count) add(state.ids[s]!, allFields(state, s++));
  return { state, wrong, wrongFields };
}

/** An entity without fields counts as one wrong field when it is missing or should not be there. */
function allFields(snapshot: Snapshot, position: number): Mask {
  const kind = snapshot.layout.kinds[snapshot.kinds[position]!]!;
  return Mask.full(Math.max(1, kind.kind.fields.length));
}

function differing(a: Snapshot, i: number, b: Snapshot, j: number): Mask {
  const mask = new Mask();
  const layout = a.layout.kinds[a.kinds[i]!]!;
  layout.diff(a.words, a.rows[i]!, b.words, b.rows[j]!, mask);
  return mask;
}
