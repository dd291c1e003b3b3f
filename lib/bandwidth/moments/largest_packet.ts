import type { EntityId, ReadonlyEntityNames } from "../../core/names/entity_names.ts";
import type { Snapshot } from "../../core/state/snapshot.ts";
import { frameDistance } from "../../core/time/frame.ts";
import type { KeyframeReason } from "../../core/wire/shared_packet.ts";
import type { WorldCodec } from "../../core/wire/world_codec.ts";
import type { EncodedPacket } from "../../replication/packet/encoded_packet.ts";
import { dissectPacket } from "../anatomy/dissect_packet.ts";
import { packetContents } from "./packet_contents.ts";
import type { LargestPacket, PacketContents } from "./run_moments.ts";

/** A packet to a consumer, with what it is against while that is known. */
export interface PacketAtHand {
  readonly consumer: number;
  readonly packet: EncodedPacket;
  readonly sendUs: number;
  readonly base: Snapshot | undefined;
  readonly reason: KeyframeReason | undefined;
}

/** A packet taken apart. */
export function largestPacket(
  { base, consumer, packet, reason, sendUs }: PacketAtHand,
  codec: WorldCodec,
  names: ReadonlyEntityNames | undefined,
): LargestPacket {
  const { form, frame, payload, wireBytes } = packet;
  const contents = contentsOf(packet, base, codec, (entity) => names?.idOf(entity) ?? entity);
  return {
    frame,
    timeMs: sendUs / 1000,
    consumer,
    form,
    baselineAgeFrames: form === "keyframe" || base === undefined
      ? null
      : frameDistance(frame, base.frame),
    keyframeReason: reason ?? null,
    bits: payload.length * 8,
    wireBits: wireBytes * 8,
    ...(contents === undefined ? {} : { contents }),
  };
}

/** Undefined where a text in it is not kept any more, or its bytes are no packet. */
function contentsOf(
  { payload }: EncodedPacket,
  base: Snapshot | undefined,
  codec: WorldCodec,
  idOf: (entity: number) => EntityId,
): PacketContents | undefined {
  try {
    return packetContents(dissectPacket(payload, codec, base, idOf));
  } catch (error) {
    if (error instanceof RangeError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
