/** The game's state as hindcast takes it: plain objects, which `truth.pack` makes a snapshot of. */
import { FRAME_MS } from "../shared/rules.ts";
import type { TruthFrame } from "../shared/schema.ts";
import type { Game } from "./game.ts";

/** Everything that lives at the game's newest frame. The dead are not in it. */
export function gameFrame(game: Game): TruthFrame {
  const entities: TruthFrame["entities"][number][] = [];
  for (const pilot of game.pilots.values()) {
    if (!game.isAlive(pilot)) continue;
    const { id, x, y, vx, vy, hp, score } = pilot;
    entities.push({ id, kind: "pilot", fields: { x, y, vx, vy, hp, score } });
  }
  for (const { id, x, y, vx, vy, owner } of game.rockets.values()) {
    entities.push({ id, kind: "rocket", fields: { x, y, vx, vy, owner } });
  }
  return { frame: game.frame, timeMs: game.frame * FRAME_MS, entities };
}
