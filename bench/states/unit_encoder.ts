import { type ByteReader, type ByteWriter, type Decoded, type Encoder, Mask } from "../../mod.ts";
import { copyUnit, type Unit, UNIT_FIELDS } from "./unit.ts";

/** Encoder of one unit as an object, written out by hand. */
export class UnitEncoder implements Encoder<Unit> {
  readonly fieldCount: number = 12;

  snapshot(state: Unit, reuse: Unit | undefined): Unit {
    return reuse === undefined ? { ...state } : copyUnit(state, reuse);
  }

  diff(state: Unit, baseline: Unit | undefined, mask: Mask): Mask {
    if (baseline === undefined) return mask.fill(12);
    let lo = 0;
    if (state.x !== baseline.x) lo |= 1;
    if (state.y !== baseline.y) lo |= 2;
    if (state.z !== baseline.z) lo |= 4;
    if (state.yaw !== baseline.yaw) lo |= 8;
    if (state.pitch !== baseline.pitch) lo |= 16;
    if (state.roll !== baseline.roll) lo |= 32;
    if (state.hp !== baseline.hp) lo |= 64;
    if (state.ammo !== baseline.ammo) lo |= 128;
    if (state.team !== baseline.team) lo |= 256;
    if (state.anim !== baseline.anim) lo |= 512;
    if (state.item !== baseline.item) lo |= 1024;
    if (state.flags !== baseline.flags) lo |= 2048;
    mask.lo = lo;
    return mask;
  }

  encode(state: Unit, baseline: Unit | undefined, mask: Mask, out: ByteWriter): void {
    const base = baseline ?? BLANK;
    const lo = mask.lo;
    out.u16(lo);
    if (lo & 1) out.zigzag(state.x - base.x);
    if (lo & 2) out.zigzag(state.y - base.y);
    if (lo & 4) out.zigzag(state.z - base.z);
    if (lo & 8) out.zigzag(state.yaw - base.yaw);
    if (lo & 16) out.zigzag(state.pitch - base.pitch);
    if (lo & 32) out.zigzag(state.roll - base.roll);
    if (lo & 64) out.zigzag(state.hp - base.hp);
    if (lo & 128) out.zigzag(state.ammo - base.ammo);
    if (lo & 256) out.zigzag(state.team - base.team);
    if (lo & 512) out.zigzag(state.anim - base.anim);
    if (lo & 1024) out.zigzag(state.item - base.item);
    if (lo & 2048) out.zigzag(state.flags - base.flags);
  }

  decode(input: ByteReader, baseline: Unit | undefined): Decoded<Unit> {
    const mask = new Mask();
    mask.lo = input.u16();
    const state = { ...(baseline ?? BLANK) };
    for (const field of mask) {
      const name = UNIT_FIELDS[field] ?? input.refuse("the mask names a field that a unit lacks");
      state[name] += input.zigzag();
    }
    return { state, mask };
  }

  merge(held: Unit = BLANK, patch: Unit, mask: Mask): Unit {
    const state = { ...held };
    for (const field of mask) state[UNIT_FIELDS[field]!] = patch[UNIT_FIELDS[field]!];
    return state;
  }
}

const BLANK: Readonly<Unit> = {
  x: 0,
  y: 0,
  z: 0,
  yaw: 0,
  pitch: 0,
  roll: 0,
  hp: 0,
  ammo: 0,
  team: 0,
  anim: 0,
  item: 0,
  flags: 0,
};
