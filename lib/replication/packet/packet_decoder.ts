import { ByteReader, ByteSyntaxError } from "../../core/bytes/bytes.ts";
import { Snapshot } from "../../core/state/snapshot.ts";
import type { PacketBreakdown } from "../../core/wire/packet_breakdown.ts";
import { PacketHeader } from "../../core/wire/packet_header.ts";
import { RECORD_DESPAWN } from "../../core/wire/entity_records.ts";
import type { WorldReader } from "../../core/wire/world_reader.ts";
import { compareWithTruth, type Decoding } from "./decoding.ts";
import type { Patch } from "./divergence.ts";
import type { EncodedPacket } from "./encoded_packet.ts";

/** Decodings so far of a packet, by the state that it was applied to. */
interface Decodings {
  readonly packet: EncodedPacket;
  readonly byBase: Map<Snapshot | undefined, Decoding>;
}

/** Decodes the packets of a run and compares with the truth, once for all who hold the same. */
export class PacketDecoder {
  readonly #reader: WorldReader;
  readonly #input: ByteReader = new ByteReader(new Uint8Array());
  readonly #header: PacketHeader = new PacketHeader();
  /** Memory of a state that was right, and so is not kept: the truth stands for it. */
  #spare: Snapshot | undefined;
  /** Decodings of packets, by number. */
  readonly #decodings: Decodings[] = [];

  /** Decoder that has decoded nothing. */
  constructor(reader: WorldReader) {
    this.#reader = reader;
  }

  /** True when a packet holds the whole state, and is decoded onto nothing. */
  isWhole({ form }: EncodedPacket): boolean {
    return form === "keyframe" || this.#reader.codec.name === "raw";
  }

  /**
   * Decodes a packet onto a held state and compares the result with the truth.
   *
   * @param held what a delta is against, or what a patch is applied to; undefined for nothing
   */
  decode(packet: EncodedPacket, held: Snapshot | undefined): Decoding {
    const base = this.isWhole(packet) ? undefined : held;
    const decodings = this.#decodingsOf(packet);
    let decoding = decodings.get(base);
    if (decoding === undefined) {
      decoding = this.#decode(packet, base, base, packet.truth);
      decodings.set(base, decoding);
    }
    return decoding;
  }

  /**
   * Decodes a partial delta onto what one consumer holds, and compares the result with that, brought
   * up to date where the packet has a record.
   */
  decodePartial(packet: EncodedPacket, base: Snapshot | undefined, held: Snapshot): Decoding {
    return this.#decode(packet, base, held, updated(held, packet));
  }

  /** What a patch holds; undefined of a packet that replaces the whole state. */
  patchOf(packet: EncodedPacket): Patch | undefined {
    const { records } = packet;
    if (records === undefined || this.isWhole(packet)) return undefined;
    return { records, values: this.decode(packet, undefined).state };
  }

  /** Decodes a packet as {@linkcode PacketDecoder.decode}, and fills in what its body consists of. */
  breakDown(
    packet: EncodedPacket,
    base: Snapshot | undefined,
    breakdown: PacketBreakdown,
  ): Decoding {
    this.#reader.breakdown = breakdown;
    const decoding = packet.form === "partial" && base !== undefined
      ? this.decodePartial(packet, base, base)
      : this.decode(packet, base);
    this.#reader.breakdown = undefined;
    return decoding;
  }

  #decodingsOf(packet: EncodedPacket): Map<Snapshot | undefined, Decoding> {
    const known = this.#decodings[packet.number];
    if (known?.packet === packet) return known.byBase;
    const decodings = { packet, byBase: new Map<Snapshot | undefined, Decoding>() };
    this.#decodings[packet.number] = decodings;
    return decodings.byBase;
  }

  #decode(
    packet: EncodedPacket,
    base: Snapshot | undefined,
    held: Snapshot | undefined,
    truth: Snapshot,
  ): Decoding {
    this.#spare ??= new Snapshot(this.#reader.codec.layout);
    try {
      this.#header.read(this.#input.reset(packet.payload));
      const state = this.#reader.read(this.#header, this.#input, base, held, this.#spare);
      const decoding = compareWithTruth(state, truth);
      this.#spare = decoding.state === state ? undefined : state;
      return decoding;
    } catch (error) {
      if (!(error instanceof ByteSyntaxError)) throw error;
      const nothing = () => new Snapshot(this.#reader.codec.layout);
      return { ...compareWithTruth(held ?? nothing(), truth), error };
    }
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
