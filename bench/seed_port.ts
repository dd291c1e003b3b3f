import type { Unit } from "./unit.ts";

/**
 * The seed's tracker, carried over from Go word for word: a map by 64-bit entity id, a 64-bit mask,
 * states copied by value. In JavaScript these are `Map<bigint, Unit>`, `bigint` and `{...state}`.
 */
export class SeedTracker {
  readonly #age: number;
  readonly #past: Map<bigint, Unit>[] = [];
  readonly #out: DataView<ArrayBuffer> = new DataView(new ArrayBuffer(1 << 16));
  #at = 0;

  /** Tracker whose baseline is the world `age` frames back. */
  constructor(age: number) {
    this.#age = age;
  }

  /** Packet of a frame: id, mask and changed fields of each entity, 8, 8 and 4 bytes. */
  append(world: Map<bigint, Unit>): Uint8Array {
    const baseline = this.#past[this.#past.length - this.#age];
    const copies = new Map<bigint, Unit>();
    this.#at = 0;
    for (const [id, state] of world) {
      const mask = diff(state, baseline?.get(id));
      copies.set(id, { ...state });
      if (mask === 0n) continue;
      this.#out.setBigUint64(this.#at, id, true);
      this.#out.setBigUint64(this.#at + 8, mask, true);
      this.#at += 16;
      this.#encode(state, mask);
    }
    this.#past.push(copies);
    if (this.#past.length > this.#age) this.#past.shift();
    return new Uint8Array(this.#out.buffer, 0, this.#at);
  }

  #encode(state: Unit, mask: bigint): void {
    if ((mask & 1n) !== 0n) this.#word(state.x);
    if ((mask & 2n) !== 0n) this.#word(state.y);
    if ((mask & 4n) !== 0n) this.#word(state.z);
    if ((mask & 8n) !== 0n) this.#word(state.yaw);
    if ((mask & 16n) !== 0n) this.#word(state.pitch);
    if ((mask & 32n) !== 0n) this.#word(state.roll);
    if ((mask & 64n) !== 0n) this.#word(state.hp);
    if ((mask & 128n) !== 0n) this.#word(state.ammo);
    if ((mask & 256n) !== 0n) this.#word(state.team);
    if ((mask & 512n) !== 0n) this.#word(state.anim);
    if ((mask & 1024n) !== 0n) this.#word(state.item);
    if ((mask & 2048n) !== 0n) this.#word(state.flags);
  }

  #word(value: number): void {
    this.#out.setInt32(this.#at, value, true);
    this.#at += 4;
  }
}

function diff(state: Unit, baseline: Unit | undefined): bigint {
  if (baseline === undefined) return 0xfffn;
  let mask = 0n;
  if (state.x !== baseline.x) mask |= 1n;
  if (state.y !== baseline.y) mask |= 2n;
  if (state.z !== baseline.z) mask |= 4n;
  if (state.yaw !== baseline.yaw) mask |= 8n;
  if (state.pitch !== baseline.pitch) mask |= 16n;
  if (state.roll !== baseline.roll) mask |= 32n;
  if (state.hp !== baseline.hp) mask |= 64n;
  if (state.ammo !== baseline.ammo) mask |= 128n;
  if (state.team !== baseline.team) mask |= 256n;
  if (state.anim !== baseline.anim) mask |= 512n;
  if (state.item !== baseline.item) mask |= 1024n;
  if (state.flags !== baseline.flags) mask |= 2048n;
  return mask;
}
