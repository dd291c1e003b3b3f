import { optionKey, remedy } from "../../core/remedy.ts";
import { FRAME_MAX, isFrame } from "../../core/time/frame.ts";
import { describe, type Spelling } from "../input/excerpt.ts";
import { RowFault } from "../input/row_fault.ts";

/** How an input counts its frames. */
export interface FrameCounting {
  /** Bits after which the counter starts at 0 again; undefined for one that does not. */
  readonly bits?: 8 | 16 | undefined;
  /** Added to what the counter says; 0 when undefined. */
  readonly offset?: number | undefined;
}

/** Counts before a turn from which on one that is missing is likely to be the 0 behind it. */
const NEAR_TURN = 16;

/** An integer as JSON spells it, that a double may hold. */
const INTEGER = /^-?(?:0|[1-9]\d{0,15})$/;

/** Makes frames of what a counter says. */
export class FrameCounter {
  /** True when the counter starts at 0 again, so that it takes another frame to tell one. */
  readonly isWrapping: boolean;
  readonly #key: string;
  readonly #bits: number | undefined;
  /** What the counter counts up to; 0 for one that does not wrap. */
  readonly #size: number;
  readonly #offset: number;

  /** Counter under a key of the input. */
  constructor(key: string, { bits, offset = 0 }: FrameCounting = {}) {
    this.#key = key;
    this.#bits = bits;
    this.#size = bits === undefined ? 0 : 2 ** bits;
    this.#offset = offset;
    this.isWrapping = bits !== undefined;
  }

  /**
   * What the counter says.
   *
   * @param value as it came, a number or the text of one
   * @param record that has it
   * @throws {RowFault} when no counter says that
   */
  read(value: unknown, record?: Spelling): number {
    const count = typeof value === "string" && INTEGER.test(value) ? Number(value) : value;
    const isCount = typeof count === "number" && Number.isSafeInteger(count);
    if (isCount && (!this.isWrapping || (count >= 0 && count < this.#size))) return count + 0;
    if (this.#bits === undefined) return this.#refuse(value, record);
    throw new RowFault(
      `the frame ${JSON.stringify(this.#key)} is ${
        describe(this.#shown(value, record))
      }, expected an integer from 0 to ${this.#size - 1}, since the counter has ${this.#bits} bits`,
      remedy`give ${
        optionKey("frameBits")
      } what the counter has, or leave it out, or name another key with ${optionKey("frameKey")}`,
      { path: this.#key, part: "value" },
      { code: "bad-frame", field: this.#key },
    );
  }

  /** Refuses a line without a count. @param before frame of the line before; undefined without one */
  refuseMissing(before: number | undefined): never {
    const key = this.#key;
    const isZero = this.isWrapping && before !== undefined &&
      this.countOf(before) >= this.#size - NEAR_TURN;
    const named = remedy`name its key with ${optionKey("frameKey")}`;
    throw new RowFault(
      `the frame ${JSON.stringify(key)} is missing`,
      isZero
        ? remedy`if it is a 0 that was left out, as protobuf does, print default values; else ${named}`
        : named,
      undefined,
      { code: "no-frame", field: key },
    );
  }

  /** Frame of a count that stands alone. @throws {RowFault} unless it is one */
  frameOf(count: number, value: unknown = count, record?: Spelling): number {
    const frame = count + this.#offset;
    return isFrame(frame) ? frame : this.#refuse(value, record);
  }

  /**
   * Frame of a count, that is the nearest to another one: below it where the counter went back.
   *
   * @param first place of the first frame of the input
   * @param record that has the count
   * @throws {RowFault} when it is beyond all frames
   */
  frameNear(
    count: number,
    near: number,
    first?: { readonly frame: number },
    record?: Spelling,
  ): number {
    if (!this.isWrapping) {
      const frame = count + this.#offset;
      return isFrame(frame) ? frame : this.#refuse(count, record, first?.frame);
    }
    const frame = this.countNear(count + this.#offset, near);
    return frame <= FRAME_MAX ? frame : this.#refuse(count, record);
  }

  /** What a wrapping counter says in a frame. */
  countOf(frame: number): number {
    const size = this.#size;
    return (((frame - this.#offset) % size) + size) % size;
  }

  /** Frame of a count that is the nearest to another one; undefined when there is none. */
  nearest(count: number, near: number): number | undefined {
    const frame = this.countNear(count + this.#offset, near);
    return isFrame(frame) ? frame : undefined;
  }

  /** The number nearest to another one that the counter shows as it shows a count. */
  countNear(count: number, near: number): number {
    const size = this.#size;
    if (size === 0) return count;
    const ahead = (((count - near) % size) + size) % size;
    return near + (ahead > size / 2 ? ahead - size : ahead);
  }

  #shown(value: unknown, record: Spelling | undefined): unknown {
    return record === undefined ? value : record.spelt(this.#key, value);
  }

  #refuse(value: unknown, record: Spelling | undefined, first?: number): never {
    const offset = this.#offset;
    const count = Number(value);
    const isBelow = typeof value !== "object" && count + offset < 0 && Number.isSafeInteger(count);
    // The first one stays a frame as well, or this one is far from all others.
    const least = first === undefined ? count : Math.min(first - offset, count);
    const isAbove = typeof value !== "object" && count + offset > FRAME_MAX &&
      Number.isSafeInteger(count) && count - least <= FRAME_MAX;
    throw new RowFault(
      `the frame ${JSON.stringify(this.#key)} is ${describe(this.#shown(value, record))}${
        offset === 0 ? "" : ` and ${offset} is added to it`
      }, expected an integer from 0 to ${FRAME_MAX}`,
      isAbove
        ? remedy`give ${optionKey("frameOffset")} ${-least} to make ${
          least === count ? "it" : "the first one"
        } frame 0, or name another key with ${optionKey("frameKey")}`
        : isBelow
        ? remedy`give ${optionKey("frameOffset")} ${-count} or more, or name another key with ${
          optionKey("frameKey")
        }`
        : remedy`number the frames, or name another key with ${optionKey("frameKey")}`,
      { path: this.#key, part: "value" },
      { code: "bad-frame", field: this.#key },
    );
  }
}
