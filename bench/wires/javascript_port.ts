import { copyUnit, type Unit, UNIT_FIELDS } from "../states/unit.ts";
import { PERIOD } from "../states/worlds.ts";
import { UNIT_WORLDS } from "./unit_worlds.ts";
import type { Wire, WireEnds } from "./wire.ts";

/** The seed word for word in JavaScript, against the world of some frames ago. */
export function javascriptPortWire(lateFrames: number): Wire {
  return {
    name: "JavaScript port of the seed",
    buys: "changed values at native width against the world of six frames ago",
    open: () => openEnds(lateFrames),
  };
}

function openEnds(lateFrames: number): WireEnds {
  const port = new JavascriptPort(lateFrames);
  const worlds = UNIT_WORLDS.map((world) =>
    new Map(world.map((unit, id): [bigint, Unit] => [BigInt(id), unit]))
  );
  const past: Unit[][] = [];
  return {
    send: (frame) => port.append(worlds[frame % PERIOD]!),
    receive(packet) {
      const base = past[past.length - lateFrames];
      past.push(readWorld(packet, base));
      if (past.length > lateFrames) past.shift();
      return past.length;
    },
    held: () => past.at(-1)!,
  };
}

/** World of a packet; a unit that it does not name is as it was. */
function readWorld(packet: Uint8Array, base: readonly Unit[] | undefined): Unit[] {
  const view = new DataView(packet.buffer, packet.byteOffset, packet.length);
  const world = (base ?? UNIT_WORLDS[0]!).map((unit) => copyUnit(unit, { ...unit }));
  for (let at = 0; at < packet.length;) {
    const unit = world[Number(view.getBigUint64(at, true))]!;
    const mask = Number(view.getBigUint64(at + 8, true));
    at += 16;
    UNIT_FIELDS.forEach((name, field) => {
      if ((mask & 1 << field) === 0) return;
      unit[name] = view.getInt32(at, true);
      at += 4;
    });
  }
  return world;
}

/**
 * The seed's tracker, carried over word for word: a map by 64-bit entity id, a 64-bit mask,
 * states copied by value. In JavaScript these are `Map<bigint, Unit>`, `bigint` and `{...state}`.
 */
class JavascriptPort {
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
