/** What an ack says of a packet that was sent before the one that it is of. */
export type PacketFate = "applied" | "lost" | "unknown";

/** What became of a packet that many frames before the acked one, by the bits of the ack. */
export function fateOf(framesBefore: number, appliedBits: number): PacketFate {
  if (framesBefore > 32) return "unknown";
  return ((appliedBits >>> (framesBefore - 1)) & 1) === 1 ? "applied" : "lost";
}
