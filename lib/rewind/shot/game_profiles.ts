import type { GameProfile } from "./game_profile.ts";
import { QUAKEWORLD } from "./quakeworld.ts";

/** Games that hindcast knows, by name. */
export const GAME_PROFILES: ReadonlyMap<string, GameProfile> = new Map([
  ["quakeworld", QUAKEWORLD],
]);
