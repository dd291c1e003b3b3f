import type { Snapshot } from "../../core/state/snapshot.ts";
import type { EncodedPacket } from "../../replication/packet/encoded_packet.ts";

/** What has to be known of a packet to tell what players see. */
export interface SeenPacket extends Pick<EncodedPacket, "frame" | "wireBytes"> {
  /** The state in it. */
  readonly truth: Pick<Snapshot, "timeMs">;
}
