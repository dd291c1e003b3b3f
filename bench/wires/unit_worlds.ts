import type { StateFrame } from "../../lib/world.ts";
import type { Unit } from "../states/unit.ts";
import { unitWorld } from "../states/worlds.ts";

const world = unitWorld();

/** Schema of the world that all wires bring over. */
export const UNIT_SCHEMA = world.schema;

/** Its frames. */
export const UNIT_FRAMES: readonly StateFrame[] = world.frames;

/** The units of each frame, by id. */
export const UNIT_WORLDS: readonly (readonly Unit[])[] = world.frames.map(({ entities }) =>
  entities.map(({ fields }) => ({ ...fields }) as unknown as Unit)
);
