import type { LiveShot, RewindAnswer } from "@hindcast/hindcast/rewind";
import type { StateEvent } from "@hindcast/hindcast/world";
export interface Ack {
  readonly epoch: number;
  readonly frame: number;
  readonly appliedBits: number;
}
export function encodeAck(a: Ack): Uint8Array<ArrayBuffer> {
  const b = new Uint8Array(12);
  const v = new DataView(b.buffer);
  v.setUint32(0, a.epoch);
  v.setUint32(4, a.frame);
  v.setUint32(8, a.appliedBits);
  return b;
}
export function decodeAck(b: Uint8Array): Ack | undefined {
  if (b.length !== 12) return undefined;
  const v = new DataView(b.buffer, b.byteOffset);
  return { epoch: v.getUint32(0), frame: v.getUint32(4), appliedBits: v.getUint32(8) };
}
export function shotEvent(shot: LiveShot, answer: RewindAnswer): StateEvent {
  return {
    frame: undefined,
    timeMs: undefined,
    name: "shot",
    data: { ev: "shot", ...Object.fromEntries(shot.numbers), victim: answer.victim },
  };
}
export function rewindFacts(_o: unknown): Record<string, string> {
  return {};
}
