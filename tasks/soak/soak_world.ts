import type { StateFrame } from "../../lib/world.ts";

/** Entities of each frame. */
export const ENTITIES = 1000;
/** Frames a second. */
export const RATE_HZ = 60;

/** Position of an entity at a frame: it walks along a line of its own, not evenly, and turns. */
function place(frame: number, id: number): number {
  const step = (frame * (1 + (id % 7)) + id * 31) % 4096;
  const unevenness = Math.imul(frame + 7919 * id, 0x9e3779b1) >>> 29;
  return ((step < 2048 ? step : 4096 - step) * 8 + unevenness) / 64;
}

/** Hit points of an entity at a frame; they rest for 64 frames. */
function hitPoints(frame: number, id: number): number {
  return 100 - (((frame >> 6) + id) % 100);
}

/** A frame of the world. */
export function soakFrame(frame: number): StateFrame {
  const entities = Array.from({ length: ENTITIES }, (_, id) => ({
    id,
    kind: "unit",
    fields: { x: place(frame, id), y: place(frame + 700, id), hp: hitPoints(frame, id) },
  }));
  return { frame, timeMs: timeOf(frame), entities };
}

/** Lines of a frame, as a server sends them. */
export function soakLines(frame: number): string {
  const head = `{"f":${frame},"t":${timeOf(frame)},"id":`;
  let lines = "";
  for (let id = 0; id < ENTITIES; id++) {
    lines += `${head}${id},"kind":"unit","x":${place(frame, id)},"y":${
      place(frame + 700, id)
    },"hp":${hitPoints(frame, id)}}\n`;
  }
  return lines;
}

function timeOf(frame: number): number {
  return Math.round((frame * 1000) / RATE_HZ);
}
