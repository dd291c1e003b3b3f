import type { Unit } from "../states/unit.ts";
import { unitWorld, type World } from "../states/worlds.ts";

/** The world that all wires bring over. */
export const UNIT_WORLD: World = unitWorld();

/** The units of each frame, by id. */
export const UNIT_WORLDS: readonly (readonly Unit[])[] = UNIT_WORLD.frames.map(({ entities }) =>
  entities.map(({ fields }) => ({ ...fields }) as unknown as Unit)
);
