import type { EntityState, StateEvent, StateFrame } from "../../lib/world.ts";

/** Entities of each frame. */
export const ENTITIES = 64;
const RATE_HZ = 60;

/** A frame of a world whose values are a function of frame and entity, so that each can be told. */
export function knownFrame(frame: number): StateFrame {
  const entities: EntityState[] = [];
  for (let id = 0; id < ENTITIES; id++) {
    entities.push({
      id,
      kind: "player",
      fields: { x: frame * 8 + id, y: ((frame * 7 + id * 13) % 1000) / 8, alive: id % 5 !== 0 },
    });
  }
  return { frame, timeMs: timeOf(frame), entities };
}

/** The event of a frame. */
export function knownEvent(frame: number): StateEvent {
  const data = { ev: "shot", f: frame, t: timeOf(frame), by: frame % ENTITIES };
  return { name: "shot", frame, timeMs: timeOf(frame), data };
}

/** Lines of a frame and its event, as a server sends them. */
export function knownLines(frame: number): string {
  const { timeMs, entities } = knownFrame(frame);
  const rows = entities.map(({ id, kind, fields }) =>
    JSON.stringify({ f: frame, t: timeMs, id, kind, ...fields })
  );
  return [...rows, JSON.stringify(knownEvent(frame).data), ""].join("\n");
}

function timeOf(frame: number): number {
  return Math.round((frame * 1000) / RATE_HZ);
}
