import type { Stamp } from "../shared/messages.ts";
import { FRAME_MS, INTERP_MS } from "../shared/rules.ts";
import type { WireFrame } from "../shared/schema.ts";

/** Frames that are kept to be drawn between. */
const KEPT_FRAMES = 45;
/** How much of a slower network is believed with each frame. */
const DRIFT = 0.02;

/** What is drawn: two held frames, and how far it is from one to the other. */
export interface Moment {
  readonly from: WireFrame;
  readonly to: WireFrame;
  readonly fraction: number;
}

/**
 * Which frames are drawn when: {@linkcode INTERP_MS} behind the newest, so that there mostly is one
 * on either side, also when a packet is lost.
 */
export class Playback {
  readonly #frames: WireFrame[] = [];
  /** When frame 0 would have come over the network as it is. */
  #zeroMs: number | undefined;

  begin(): void {
    this.#frames.length = 0;
    this.#zeroMs = undefined;
  }

  get newest(): WireFrame | undefined {
    return this.#frames.at(-1);
  }

  add(frame: WireFrame, nowMs: number): void {
    this.#frames.push(frame);
    if (this.#frames.length > KEPT_FRAMES) this.#frames.shift();
    const zeroMs = nowMs - frame.frame * FRAME_MS;
    const known = this.#zeroMs ?? zeroMs;
    // A frame that comes early is believed at once; one that comes late may be late alone.
    this.#zeroMs = zeroMs < known ? zeroMs : known + (zeroMs - known) * DRIFT;
  }

  /** What to draw now; undefined until two frames have come. */
  at(nowMs: number): Moment | undefined {
    if (this.#zeroMs === undefined || this.#frames.length < 2) return undefined;
    const point = (nowMs - this.#zeroMs - INTERP_MS) / FRAME_MS;
    let next = this.#frames.findIndex(({ frame }) => frame > point);
    if (next < 0) next = this.#frames.length - 1;
    if (next === 0) next = 1;
    const [from, to] = [this.#frames[next - 1]!, this.#frames[next]!];
    const fraction = (point - from.frame) / (to.frame - from.frame);
    return { from, to, fraction: Math.min(Math.max(fraction, 0), 1) };
  }
}

/** What the server has to know of a moment to rewind to it. */
export function stampOf({ from, to, fraction }: Moment): Stamp {
  return { src: from.frame, dst: to.frame, fraction };
}

/** An entity as it is drawn. */
export interface Drawn {
  readonly id: number;
  readonly kind: "pilot" | "rocket";
  readonly x: number;
  readonly y: number;
  /** Step from the one frame to the other, which tells where it heads. */
  readonly dx: number;
  readonly dy: number;
  readonly hp: number;
}

/** Every entity of the earlier frame, on its way to where it is in the later one. */
export function drawnAt({ from, to, fraction }: Moment): Drawn[] {
  const later = new Map(to.entities.map((entity) => [entity.id, entity]));
  return from.entities.map((entity) => {
    const { x, y } = entity.fields;
    // Who is not there in the later frame stands still until then.
    const { x: toX, y: toY } = later.get(entity.id)?.fields ?? entity.fields;
    const [dx, dy] = [toX - x, toY - y];
    const hp = entity.kind === "pilot" ? entity.fields.hp : 0;
    const { id, kind } = entity;
    return { id, kind, x: x + dx * fraction, y: y + dy * fraction, dx, dy, hp };
  });
}
