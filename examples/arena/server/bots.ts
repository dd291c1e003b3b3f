/**
 * Pilots that nobody steers. They fly from one place to another, launch rockets, and some of them
 * shoot as a player does: at what a client that lags behind would have drawn.
 */
import type { Ring } from "@hindcast/hindcast";
import type { Snapshot } from "@hindcast/hindcast/world";
import type { Game, Steering } from "../game/game.ts";
import { Random } from "../shared/random.ts";
import { FRAME_MS, HEIGHT, INTERP_MS, RATE_HZ, WIDTH } from "../shared/rules.ts";
import { truth } from "../shared/schema.ts";
import type { ShotOrder } from "./shots.ts";

const NEAR = 40;
const AIM_RANGE = 350;
const AIM_ERROR = 30;
/** Every so many bots one shoots, every so many frames. */
const GUNNER_EVERY = 4;
const SHOT_EVERY_FRAMES = 3 * RATE_HZ;

interface Bot {
  readonly id: number;
  /** Round trip that it pretends to have, in milliseconds. */
  readonly pingMs: number;
  readonly isGunner: boolean;
  goal: { readonly x: number; readonly y: number };
  nextShotFrame: number;
}

export class Bots {
  readonly #game: Game;
  readonly #random: Random;
  readonly #bots: Bot[] = [];

  constructor(game: Game, count: number, seed: number) {
    this.#game = game;
    this.#random = new Random(~seed);
    for (let i = 0; i < count; i++) {
      this.#bots.push({
        id: game.addPilot().id,
        pingMs: Math.round(this.#random.between(10, 120)),
        isGunner: i % GUNNER_EVERY === 0,
        goal: this.#somewhere(),
        nextShotFrame: Math.floor(this.#random.between(RATE_HZ, SHOT_EVERY_FRAMES)),
      });
    }
  }

  /** What the bots want. */
  steering(): Map<number, Steering> {
    const steering = new Map<number, Steering>();
    for (const bot of this.#bots) {
      const { x, y } = this.#game.pilots.get(bot.id)!;
      if (Math.abs(bot.goal.x - x) < NEAR && Math.abs(bot.goal.y - y) < NEAR) {
        bot.goal = this.#somewhere();
      }
      steering.set(bot.id, { x: bot.goal.x - x, y: bot.goal.y - y, fire: true });
    }
    return steering;
  }

  /** Shots of the frame at hand. @param ring the frames that they can have seen */
  shots(ring: Ring<Snapshot>): ShotOrder[] {
    const { frame } = this.#game;
    const orders: ShotOrder[] = [];
    for (const bot of this.#bots) {
      if (!bot.isGunner || frame < bot.nextShotFrame) continue;
      bot.nextShotFrame = frame + SHOT_EVERY_FRAMES;
      // A client draws what left the server a round trip and its own interpolation delay ago.
      const seen = frame - (bot.pingMs + INTERP_MS) / FRAME_MS;
      const src = Math.floor(seen);
      const aim = this.#aimAt(ring.get(src), bot.id);
      if (aim === undefined) continue;
      const stamp = { src, dst: src + 1, fraction: seen - src };
      orders.push({ shooter: bot.id, aim, stamp, pingMs: bot.pingMs });
    }
    return orders;
  }

  /** About where the nearest other pilot was. */
  #aimAt(past: Snapshot | undefined, id: number): readonly [x: number, y: number] | undefined {
    if (past === undefined) return undefined;
    const { x, y } = this.#game.pilots.get(id)!;
    let nearest: { readonly x: number; readonly y: number } | undefined;
    let nearestSquare = AIM_RANGE ** 2;
    for (const entity of truth.unpack(past).entities) {
      if (entity.kind !== "pilot" || entity.id === id) continue;
      const square = (entity.fields.x - x) ** 2 + (entity.fields.y - y) ** 2;
      if (square >= nearestSquare) continue;
      nearest = entity.fields;
      nearestSquare = square;
    }
    const miss = () => this.#random.between(-AIM_ERROR, AIM_ERROR);
    return nearest && [nearest.x + miss(), nearest.y + miss()];
  }

  #somewhere(): { readonly x: number; readonly y: number } {
    return { x: this.#random.between(0, WIDTH), y: this.#random.between(0, HEIGHT) };
  }
}
