import type { ByteReader, ByteWriter } from "../bytes/bytes.ts";
import type { Decoded, Encoder } from "./encoder.ts";
import { Mask } from "../bytes/mask.ts";

/** State of the tests' own encoder: an object that is changed in place. */
export interface Ship {
  /** Sent in eighths. */
  x: number;
  /** Sent as binary64. */
  angle: number;
  hp: number;
}

const BLANK: Readonly<Ship> = { x: 0, angle: 0, hp: 0 };

/** Nearest eighth; adding 0 turns -0 into 0. */
export const eighth = (value: number): number => Math.round(value * 8) / 8 + 0;

/** An encoder as a user would write it, with a coordinate that its snapshot rounds. */
export class ShipEncoder implements Encoder<Ship> {
  readonly fieldCount = 3;
  snapshots = 0;

  snapshot(state: Ship, reuse: Ship = (this.snapshots++, { ...BLANK })): Ship {
    reuse.x = eighth(state.x);
    reuse.angle = state.angle;
    reuse.hp = state.hp;
    return reuse;
  }

  diff(state: Ship, baseline: Ship | undefined, mask: Mask): Mask {
    if (baseline === undefined) return mask.fill(3);
    if (state.x !== baseline.x) mask.set(0);
    if (!Object.is(state.angle, baseline.angle)) mask.set(1);
    if (state.hp !== baseline.hp) mask.set(2);
    return mask;
  }

  encode(state: Ship, baseline: Ship | undefined, mask: Mask, out: ByteWriter): void {
    out.u8(mask.lo);
    if (mask.has(0)) out.zigzag((state.x - (baseline ?? BLANK).x) * 8);
    if (mask.has(1)) out.f64(state.angle);
    if (mask.has(2)) out.u8(state.hp);
  }

  decode(input: ByteReader, baseline: Ship | undefined): Decoded<Ship> {
    const state = { ...(baseline ?? BLANK) };
    const mask = new Mask();
    mask.lo = input.u8();
    if (mask.lo > 7) input.refuse("the mask names a field that a ship lacks");
    if (mask.has(0)) state.x += input.zigzag() / 8;
    if (mask.has(1)) state.angle = input.f64();
    if (mask.has(2)) state.hp = input.u8();
    return { state, mask };
  }

  merge(held: Ship = BLANK, patch: Ship, mask: Mask): Ship {
    return {
      x: mask.has(0) ? patch.x : held.x,
      angle: mask.has(1) ? patch.angle : held.angle,
      hp: mask.has(2) ? patch.hp : held.hp,
    };
  }
}
