import { ByteReader, ByteSyntaxError } from "../core/bytes/bytes.ts";
import { Mask } from "../core/bytes/mask.ts";
import { PacketHeader } from "../core/wire/packet_header.ts";
import { RECORD_DESPAWN } from "../core/wire/packet_records.ts";
import { Snapshot, type SnapshotLayout } from "../core/state/snapshot.ts";
import type { WorldReader } from "../core/wire/world_reader.ts";
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

const input = new ByteReader(new Uint8Array());
const header = new PacketHeader();

/**
 * Decodes a packet onto a held state and compares the result with the truth, once for all
 * consumers that hold the same.
 *
 * @param base what a delta is against, or what a patch is applied to; undefined for nothing
 */
export function decodePacket(
  packet: EncodedPacket,
  base: Snapshot | undefined,
  reader: WorldReader,
): Decoding {
  let decoding = packet.decodings.get(base);
  if (decoding === undefined) {
    decoding = decode(packet, base, base, packet.truth, reader);
    packet.decodings.set(base, decoding);
  }
  return decoding;
}

/**
 * Decodes a partial delta onto what one consumer holds, and compares the result with that, brought
 * up to date where the packet has a record.
 */
export function decodePartial(
  packet: EncodedPacket,
  base: Snapshot | undefined,
  held: Snapshot,
  reader: WorldReader,
): Decoding {
  return decode(packet, base, held, updated(held, packet), reader);
}

function decode(
  packet: EncodedPacket,
  base: Snapshot | undefined,
  held: Snapshot | undefined,
  truth: Snapshot,
  reader: WorldReader,
): Decoding {
  const nothing = () => new Snapshot(reader.codec.layout);
  try {
    header.read(input.reset(packet.payload));
    const state = reader.read(header, input, base, held, undefined);
    return compare(state, truth);
  } catch (error) {
    if (!(error instanceof ByteSyntaxError)) throw error;
    return { ...compare(held ?? nothing(), truth), error };
  }
}

/** What a consumer has to hold after a partial delta. */
function updated(held: Snapshot, { records, truth }: EncodedPacket): Snapshot {
  const state = new Snapshot(held.layout).clear(truth.frame, truth.timeMs);
  const { count, ids, types } = records!;
  let h = 0;
  for (let r = 0; r < count; r++) {
    h = state.addBelow(ids[r]!, held, h);
    if (h < held.count && held.ids[h] === ids[r]) h++;
    if (types[r] !== RECORD_DESPAWN) state.addFrom(truth, truth.find(ids[r]!));
  }
  state.addBelow(Infinity, held, h);
  return state;
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
