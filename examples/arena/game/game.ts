/**
 * The simulation: pilots that fly about a rectangle, and rockets. It knows nothing of sockets,
 * clocks or hindcast; the same seed and the same steering give the same game.
 */
import { Random } from "../shared/random.ts";
import { FRAME_MS, HEIGHT, PILOT_RADIUS, RATE_HZ, WIDTH } from "../shared/rules.ts";

const SPEED = 130;
const ROCKET_SPEED = 280;
const ROCKET_FRAMES = 2 * RATE_HZ;
const ROCKET_DAMAGE = 40;
const RELOAD_FRAMES = 4 * RATE_HZ;
const RESPAWN_FRAMES = 2 * RATE_HZ;
/** What the schema's u16 holds. */
const SCORE_MAX = 65_535;
const STEP_S = FRAME_MS / 1000;

/** What a pilot wants: a direction (a vector, at most 1 long counts), and a rocket. */
export interface Steering {
  readonly x: number;
  readonly y: number;
  readonly fire: boolean;
}

export interface Pilot {
  readonly id: number;
  x: number;
  y: number;
  vx: number;
  vy: number;
  hp: number;
  score: number;
  /** Frame at which it comes (back) to life; it is dead until then. */
  bornFrame: number;
  /** Frame from which on it may launch a rocket again. */
  loadedFrame: number;
}

export interface Rocket {
  readonly id: number;
  readonly owner: number;
  readonly vx: number;
  readonly vy: number;
  readonly endFrame: number;
  x: number;
  y: number;
}

export class Game {
  /** Newest frame that was simulated. */
  frame = 0;
  readonly pilots: Map<number, Pilot> = new Map();
  readonly rockets: Map<number, Rocket> = new Map();
  readonly #random: Random;
  #nextId = 1;

  constructor(seed: number) {
    this.#random = new Random(seed);
  }

  /** A new pilot, who is there from the next frame on. */
  addPilot(): Pilot {
    const id = this.#nextId++;
    const pilot = { id, x: 0, y: 0, vx: 0, vy: 0, hp: 0, score: 0, bornFrame: 0, loadedFrame: 0 };
    this.pilots.set(id, pilot);
    this.#spawn(pilot, this.frame + 1);
    return pilot;
  }

  removePilot(id: number): void {
    this.pilots.delete(id);
  }

  isAlive(pilot: Pilot): boolean {
    return pilot.bornFrame <= this.frame;
  }

  /** Goes on by one frame. Who is not steered lets go. */
  step(steering: ReadonlyMap<number, Steering>): void {
    this.frame++;
    for (const pilot of this.pilots.values()) {
      if (this.isAlive(pilot)) this.#fly(pilot, steering.get(pilot.id));
    }
    for (const rocket of this.rockets.values()) this.#advance(rocket);
  }

  /** Takes health from a pilot. @returns true when that kills him */
  damage(victim: Pilot, hp: number, by: number): boolean {
    if (!this.isAlive(victim)) return false;
    victim.hp = Math.max(0, victim.hp - hp);
    if (victim.hp > 0) return false;
    const killer = this.pilots.get(by);
    if (killer !== undefined && killer !== victim) {
      killer.score = Math.min(killer.score + 1, SCORE_MAX);
    }
    this.#spawn(victim, this.frame + RESPAWN_FRAMES);
    return true;
  }

  #spawn(pilot: Pilot, bornFrame: number): void {
    pilot.x = this.#random.between(PILOT_RADIUS, WIDTH - PILOT_RADIUS);
    pilot.y = this.#random.between(PILOT_RADIUS, HEIGHT - PILOT_RADIUS);
    pilot.vx = pilot.vy = 0;
    pilot.hp = 100;
    pilot.bornFrame = bornFrame;
    pilot.loadedFrame = bornFrame + Math.floor(this.#random.between(0, RELOAD_FRAMES));
  }

  #fly(pilot: Pilot, { x, y, fire }: Steering = { x: 0, y: 0, fire: false }): void {
    // Nobody flies faster by a longer vector. The square root is the same on every runtime.
    const length = Math.max(1, Math.sqrt(x * x + y * y));
    pilot.vx += (SPEED * x / length - pilot.vx) * 0.15;
    pilot.vy += (SPEED * y / length - pilot.vy) * 0.15;
    pilot.x = clamp(pilot.x + pilot.vx * STEP_S, PILOT_RADIUS, WIDTH - PILOT_RADIUS);
    pilot.y = clamp(pilot.y + pilot.vy * STEP_S, PILOT_RADIUS, HEIGHT - PILOT_RADIUS);
    if (fire && this.frame >= pilot.loadedFrame) this.#launch(pilot);
  }

  #launch(pilot: Pilot): void {
    const speed = Math.sqrt(pilot.vx ** 2 + pilot.vy ** 2);
    if (speed < 1) return;
    pilot.loadedFrame = this.frame + RELOAD_FRAMES;
    const id = this.#nextId++;
    this.rockets.set(id, {
      id,
      owner: pilot.id,
      x: pilot.x,
      y: pilot.y,
      vx: pilot.vx / speed * ROCKET_SPEED,
      vy: pilot.vy / speed * ROCKET_SPEED,
      endFrame: this.frame + ROCKET_FRAMES,
    });
  }

  #advance(rocket: Rocket): void {
    rocket.x += rocket.vx * STEP_S;
    rocket.y += rocket.vy * STEP_S;
    const isInside = rocket.x >= 0 && rocket.x <= WIDTH && rocket.y >= 0 && rocket.y <= HEIGHT;
    if (!isInside || this.frame >= rocket.endFrame) {
      this.rockets.delete(rocket.id);
      return;
    }
    for (const pilot of this.pilots.values()) {
      if (pilot.id === rocket.owner || !this.isAlive(pilot)) continue;
      if ((pilot.x - rocket.x) ** 2 + (pilot.y - rocket.y) ** 2 > PILOT_RADIUS ** 2) continue;
      this.damage(pilot, ROCKET_DAMAGE, rocket.owner);
      this.rockets.delete(rocket.id);
      return;
    }
  }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
