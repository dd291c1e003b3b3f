import { grown } from "../../core/state/words.ts";
import type { RunSeconds } from "../seconds/run_seconds.ts";
import { Histogram } from "../spread/histogram.ts";
import type { RecordingClock } from "./recording_clock.ts";
import type { SeenPacket } from "./seen_packet.ts";

const SLOTS_MIN = 64;
/** Frames whose slot is found at once; one that is older is searched for. */
const RECENT = 1024;
const NO_FRAME = -1;
/** Stands for the frame of what a consumer without a state holds. */
const JOIN = -2;

/**
 * What connected consumers hold at each frame: how many the state of which frame, or none since they
 * joined. Each state has a slot while somebody holds it, so that who holds the same is counted at
 * once. All times are in microseconds.
 *
 * What is sent over a link without delay arrives at the frame at which it was sent and is told
 * after it. So the newest frame stays open until the next.
 */
export class HeldStates {
  /**
   * Age of the held state at each frame of each consumer; since the join without one. Those of the
   * second at hand come to it at its end.
   */
  readonly agesUs: Histogram = new Histogram();
  /** The same without the holes of the recording. */
  readonly drawableAgesUs: Histogram = new Histogram();
  /** Times at frames at which there was no pair of states around the drawn moment. */
  underruns: number = 0;
  /** Those of them at which the drawn moment lay before the first state since the join. */
  fillings: number = 0;
  /** Those of them at which there was no state since the join. */
  stateless: number = 0;
  /** Time of the newest frame. */
  frameUs: number = -Infinity;
  readonly #clock: RecordingClock;
  readonly #interpUs: number;
  readonly #seconds: RunSeconds;
  #second = 0;
  /** Ages in the second at hand. */
  #secondAgesUs: Histogram = new Histogram();
  /** Time of the holes before the newest frame. */
  #frameHolesUs = 0;
  /** By slot, frame of the state. */
  #frames: Float64Array<ArrayBuffer> = new Float64Array(SLOTS_MIN).fill(NO_FRAME);
  /** By slot, time of the state or the join. */
  #timesUs: Float64Array<ArrayBuffer> = new Float64Array(SLOTS_MIN);
  /** By slot, time of the holes before it. */
  #holesUs: Float64Array<ArrayBuffer> = new Float64Array(SLOTS_MIN);
  /** By slot, how many hold it at the newest frame. */
  #counts: Int32Array<ArrayBuffer> = new Int32Array(SLOTS_MIN);
  #openFillings = 0;
  #used = 0;
  readonly #free: number[] = [];
  /** By frame, modulo, the slot that it had last. */
  readonly #recent: Int32Array = new Int32Array(RECENT);
  /** By time without holes of the first state since a join, how many wait for it to be drawn. */
  readonly #filling: Map<number, number> = new Map();
  #joinSlot = 0;

  /** Nobody holds anything. */
  constructor(clock: RecordingClock, interpUs: number, seconds: RunSeconds) {
    this.#seconds = seconds;
    this.#clock = clock;
    this.#interpUs = interpUs;
  }

  /** Slot of a state, which it gets when it has none. */
  slotOf({ frame, truth }: SeenPacket): number {
    const place = frame & (RECENT - 1);
    const slot = this.#recent[place]!;
    if (this.#frames[slot] === frame) return slot;
    const found = this.#frames.subarray(0, this.#used).indexOf(frame);
    return this.#recent[place] = found < 0
      ? this.#take(frame, Math.round(truth.timeMs * 1000))
      : found;
  }

  /** Slot of consumers who wait since the time of a frame. */
  join(nowUs: number): number {
    const slot = this.#joinSlot;
    if (this.#frames[slot] !== JOIN || this.#timesUs[slot] !== nowUs) {
      this.#joinSlot = this.#take(JOIN, nowUs);
    }
    return this.#joinSlot;
  }

  /** Lets a consumer go on from one slot to another at the newest frame, after it was told. */
  moveLate(from: number, to: number): void {
    this.#counts[from]!--;
    this.#counts[to]!++;
  }

  /**
   * Notes that a slot is the first state of a consumer since it joined.
   *
   * @param isLate true when that was at the newest frame, after it was told
   * @returns what `leave` needs of it
   */
  beginFilling(slot: number, isLate: boolean): number {
    const firstUs = this.#timesUs[slot]! - this.#holesUs[slot]!;
    this.#filling.set(firstUs, (this.#filling.get(firstUs) ?? 0) + 1);
    if (isLate && !this.#isFilled(firstUs)) this.#openFillings++;
    return firstUs;
  }

  /** Lets a consumer go that had a first state. */
  leave(firstUs: number): void {
    const count = this.#filling.get(firstUs);
    if (count !== undefined) this.#filling.set(firstUs, count - 1);
  }

  /** Time of the holes before the state of a slot. */
  holesBefore(slot: number): number {
    return this.#holesUs[slot]!;
  }

  /**
   * Takes in that a frame is over.
   *
   * @param held by consumer, the slot of what it holds; below 0 for one that is not connected
   */
  frame(nowUs: number, held: Int32Array): void {
    this.close();
    this.frameUs = nowUs;
    this.#frameHolesUs = this.#clock.holesUs;
    const counts = this.#counts;
    for (let consumer = 0; consumer < held.length; consumer++) {
      const slot = held[consumer]!;
      if (slot >= 0) counts[slot]!++;
    }
    for (let slot = 0; slot < this.#used; slot++) {
      if (counts[slot]! > 0 || this.#frames[slot] === NO_FRAME) continue;
      this.#frames[slot] = NO_FRAME;
      this.#free.push(slot);
    }
    for (const [firstUs, count] of this.#filling) {
      if (this.#isFilled(firstUs)) this.#filling.delete(firstUs);
      else this.#openFillings += count;
    }
  }

  /** Counts the newest frame, to which nothing more will be told. */
  close(): void {
    const second = this.#seconds.of(this.frameUs);
    if (second !== this.#second) this.endSecond();
    this.#second = second;
    const agesUs = this.#secondAgesUs;
    for (let slot = 0; slot < this.#used; slot++) {
      const count = this.#counts[slot]!;
      if (count === 0) continue;
      const ageUs = this.frameUs - this.#timesUs[slot]!;
      const drawableUs = ageUs - (this.#frameHolesUs - this.#holesUs[slot]!);
      agesUs.add(ageUs, count);
      this.drawableAgesUs.add(drawableUs, count);
      const isStateless = this.#frames[slot] === JOIN;
      if (isStateless) this.stateless += count;
      if (isStateless || drawableUs > this.#interpUs) this.underruns += count;
      this.#counts[slot] = 0;
    }
    this.underruns += this.#openFillings;
    this.fillings += this.#openFillings;
    this.#openFillings = 0;
  }

  /** Notes the ages of the second at hand; nothing more is told of it. */
  endSecond(): void {
    const agesUs = this.#secondAgesUs;
    if (agesUs.count === 0) return;
    const notes = this.#seconds.note(this.#second);
    notes.ageP50Us = agesUs.quantiles([0.5])[0]!;
    notes.ageMaxUs = agesUs.max;
    for (const [ageUs, count] of agesUs.sorted()) this.agesUs.add(ageUs, count);
    this.#secondAgesUs = new Histogram();
  }

  /** True when the moment drawn at the newest frame is not before a first state. */
  #isFilled(firstUs: number): boolean {
    return this.frameUs - this.#frameHolesUs - firstUs >= this.#interpUs;
  }

  #take(frame: number, timeUs: number): number {
    const slot = this.#free.pop() ?? this.#used++;
    if (slot === this.#counts.length) this.#grow();
    this.#frames[slot] = frame;
    this.#timesUs[slot] = timeUs;
    this.#holesUs[slot] = this.#clock.holesBefore(timeUs);
    return slot;
  }

  #grow(): void {
    const size = 2 * this.#counts.length;
    this.#frames = grown(this.#frames, new Float64Array(size).fill(NO_FRAME));
    this.#timesUs = grown(this.#timesUs, new Float64Array(size));
    this.#holesUs = grown(this.#holesUs, new Float64Array(size));
    this.#counts = grown(this.#counts, new Int32Array(size));
  }
}
