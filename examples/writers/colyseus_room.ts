// A Colyseus room that is recorded. Part of hindcast, MIT license; see docs/engines/colyseus.md.
import { schema, t } from "@colyseus/schema";
import type { HindcastWriter } from "./plain.ts";

const TICK_MS = 50;

const Player = schema(
  { x: t.number(), yaw: t.number(), hp: t.uint8(), name: t.string() },
  "Player",
);
const Rocket = schema({ x: t.number(), owner: t.string() }, "Rocket");
const State = schema(
  { phase: t.string(), players: t.map(Player), rockets: t.map(Rocket) },
  "State",
);

/** Of a game: `class ArenaRoom extends Room`, with `this.setSimulationInterval(() => this.step())`. */
export class ArenaRoom {
  readonly state = new State();
  readonly #writer: HindcastWriter;
  #tick = 0;

  /** As `onCreate`. */
  constructor(writer: HindcastWriter) {
    this.#writer = writer;
    this.state.phase = "play";
  }

  /** As `onJoin`. */
  join(sessionId: string, name: string): void {
    const player = new Player();
    Object.assign(player, { x: 0, yaw: 90, hp: 100, name });
    this.state.players.set(sessionId, player);
  }

  /** As a handler of `onMessage`. */
  shoot(sessionId: string, yaw: number, pingMs: number): void {
    const rocket = new Rocket();
    Object.assign(rocket, { x: this.state.players.get(sessionId)!.x, owner: sessionId });
    this.state.rockets.set(`r${this.#tick}`, rocket);
    this.#writer.event(this.#tick, "shot", { shooter: sessionId, yaw, ping: pingMs });
  }

  /** One step of the simulation, and what it left. */
  step(): void {
    this.#tick++;
    this.state.players.forEach((player) => player.x += 0.25);
    this.state.rockets.forEach((rocket, id) => {
      rocket.x += 8;
      if (rocket.x > 20) this.state.rockets.delete(id);
    });
    this.#writer.frame(this.#tick, this.#tick * TICK_MS, this.state.toJSON());
  }

  /** As `onDispose`. */
  async dispose(): Promise<void> {
    await this.#writer.close();
  }
}
