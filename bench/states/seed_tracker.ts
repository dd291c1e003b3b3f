import { copyUnit, type Unit, UNIT_FIELDS } from "./unit.ts";

/** Bytes of a packet that holds all fields: frame, mask, twelve words. */
const PACKET_BYTES_MAX = 4 + 2 + 12 * 4;

/** What the tracker remembers of a consumer. */
interface Entry {
  readonly baseline: Unit;
  isKnown: boolean;
  frame: number;
  acked: number;
  readonly bytes: Uint8Array;
  readonly views: Uint8Array[];
}

/**
 * What bench/go/tracker.go does, written for speed in JavaScript: numbers for ids and masks, and
 * nothing allocated. It keeps one state of each consumer, the one sent last, and takes it as arrived.
 */
export class SeedTracker {
  readonly #consumers: Map<number, Entry> = new Map();

  /** Packet that brings a consumer to a state: frame, mask, changed fields. */
  append(consumer: number, frame: number, state: Unit): Uint8Array {
    const entry = this.#consumers.get(consumer) ?? this.#join(consumer, state);
    const { bytes } = entry;
    const mask = entry.isKnown ? differing(state, entry.baseline) : 0xfff;
    putWord(bytes, 0, frame);
    bytes[4] = mask;
    bytes[5] = mask >>> 8;
    const length = putFields(bytes, 6, state, mask);
    copyUnit(state, entry.baseline);
    entry.isKnown = true;
    entry.frame = frame;
    return entry.views[length] ??= bytes.subarray(0, length);
  }

  /** Notes that a consumer applied a frame; a late ack changes nothing. */
  ack(consumer: number, frame: number): boolean {
    const entry = this.#consumers.get(consumer);
    if (entry === undefined || ((frame - entry.acked) | 0) <= 0) return false;
    if (((entry.frame - frame) | 0) < 0) return false;
    entry.acked = frame;
    return true;
  }

  #join(consumer: number, state: Unit): Entry {
    const bytes = new Uint8Array(PACKET_BYTES_MAX);
    const views = new Array<Uint8Array>(PACKET_BYTES_MAX + 1);
    const entry = { baseline: { ...state }, isKnown: false, frame: 0, acked: 0, bytes, views };
    this.#consumers.set(consumer, entry);
    return entry;
  }
}

/** State of a consumer that held one, or none, and applied a packet. */
export function applyPacket(packet: Uint8Array, held: Unit): Unit {
  const state = { ...held };
  const view = new DataView(packet.buffer, packet.byteOffset, packet.length);
  const mask = view.getUint16(4, true);
  let at = 6;
  UNIT_FIELDS.forEach((name, field) => {
    if ((mask & (1 << field)) === 0) return;
    state[name] = view.getInt32(at, true);
    at += 4;
  });
  return state;
}

function differing(state: Unit, baseline: Unit): number {
  let mask = 0;
  if (state.x !== baseline.x) mask |= 1;
  if (state.y !== baseline.y) mask |= 2;
  if (state.z !== baseline.z) mask |= 4;
  if (state.yaw !== baseline.yaw) mask |= 8;
  if (state.pitch !== baseline.pitch) mask |= 16;
  if (state.roll !== baseline.roll) mask |= 32;
  if (state.hp !== baseline.hp) mask |= 64;
  if (state.ammo !== baseline.ammo) mask |= 128;
  if (state.team !== baseline.team) mask |= 256;
  if (state.anim !== baseline.anim) mask |= 512;
  if (state.item !== baseline.item) mask |= 1024;
  if (state.flags !== baseline.flags) mask |= 2048;
  return mask;
}

function putFields(bytes: Uint8Array, from: number, state: Unit, mask: number): number {
  let at = from;
  if ((mask & 1) !== 0) at = putWord(bytes, at, state.x);
  if ((mask & 2) !== 0) at = putWord(bytes, at, state.y);
  if ((mask & 4) !== 0) at = putWord(bytes, at, state.z);
  if ((mask & 8) !== 0) at = putWord(bytes, at, state.yaw);
  if ((mask & 16) !== 0) at = putWord(bytes, at, state.pitch);
  if ((mask & 32) !== 0) at = putWord(bytes, at, state.roll);
  if ((mask & 64) !== 0) at = putWord(bytes, at, state.hp);
  if ((mask & 128) !== 0) at = putWord(bytes, at, state.ammo);
  if ((mask & 256) !== 0) at = putWord(bytes, at, state.team);
  if ((mask & 512) !== 0) at = putWord(bytes, at, state.anim);
  if ((mask & 1024) !== 0) at = putWord(bytes, at, state.item);
  if ((mask & 2048) !== 0) at = putWord(bytes, at, state.flags);
  return at;
}

function putWord(bytes: Uint8Array, at: number, word: number): number {
  bytes[at] = word;
  bytes[at + 1] = word >>> 8;
  bytes[at + 2] = word >>> 16;
  bytes[at + 3] = word >>> 24;
  return at + 4;
}
