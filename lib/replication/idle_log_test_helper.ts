import type { PacketLog } from "./packet/packet_log.ts";

/** Log that keeps nothing. */
export const IDLE_LOG: PacketLog = {
  joined() {},
  left() {},
  sent() {},
  lost() {},
  arrived() {},
  wrongFor() {},
  stale() {},
  framed() {},
  encoded() {},
};
