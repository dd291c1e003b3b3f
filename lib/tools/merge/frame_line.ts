import { optionKey, remedy } from "../../core/remedy.ts";
import { FRAME_MAX } from "../../core/time/frame.ts";
import { FrameAxis } from "../../recording/frame_axis.ts";
import { MergeError } from "./merge_error.ts";
import type { MergeInput } from "./merge_input.ts";

/** Frames from the first to the last, as places on a line. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * The line that the frames of several recordings stand on, once they are moved: a place is a frame's
 * number, and the line goes on where numbers begin anew at 2^32. The first recording with frames
 * stands at its numbers; every other one where it is nearest to that.
 */
export class FrameLine {
  /** Names of recordings that stand a whole turn of numbers away from their own. */
  readonly turned: readonly string[];
  /** Place of each recording's first frame; undefined for one without frames. */
  readonly #starts: ReadonlyMap<MergeInput, number>;
  readonly #start: number;
  readonly #axis: FrameAxis;

  /** @throws {MergeError} for a recording moved to where no frame is, or when all span too many */
  constructor(inputs: readonly MergeInput[]) {
    const starts = new Map<MergeInput, number>();
    const turned: string[] = [];
    let first: Span | undefined;
    let all: Span = { start: 0, end: 0 };
    for (const input of inputs) {
      const own = ownSpan(input);
      if (own === undefined) continue;
      const turn = first === undefined ? 0 : nearestTurn(own, first);
      const span = { start: own.start + turn, end: own.end + turn };
      if (turn !== 0) turned.push(input.name);
      all = first === undefined ? span : union(all, span);
      first ??= span;
      starts.set(input, span.start);
    }
    if (all.end - all.start > FRAME_MAX) {
      throw new MergeError(
        `from the first frame to the last are ${all.end - all.start + 1}, at most 2^32 fit`,
        remedy`move the recordings together by ${optionKey("frameOffset")}`,
      );
    }
    this.turned = turned;
    this.#starts = starts;
    this.#start = all.start;
    const hasFrames = first !== undefined;
    this.#axis = hasFrames
      ? new FrameAxis(all.start >>> 0, all.end >>> 0)
      : new FrameAxis(undefined, undefined);
  }

  /** Place of a recording's first frame; undefined for one without frames. */
  startOf(input: MergeInput): number | undefined {
    return this.#starts.get(input);
  }

  /** Place of a frame that belongs to none of the recordings. */
  placeOf(frame: number): number {
    return this.#start + this.#axis.offsetOf(frame);
  }

  /** True when a place lies between the first frame and the last. */
  holds(place: number): boolean {
    const offset = place - this.#start;
    return this.#axis.first !== undefined && offset >= 0 && offset <= this.#axis.span;
  }
}

/** Frames of a recording by their own numbers, which go on above 2^32; undefined without any. */
function ownSpan({ name, reader, frameOffset = 0 }: MergeInput): Span | undefined {
  const { firstFrame, lastFrame } = reader;
  if (!Number.isInteger(frameOffset)) {
    throw new RangeError(`frameOffset of ${name} is ${frameOffset}, expected an integer`);
  }
  if (firstFrame === undefined || lastFrame === undefined) return undefined;
  const start = firstFrame + frameOffset;
  if (start < 0 || start > FRAME_MAX) {
    throw new MergeError(
      `the first frame of ${name}, ${firstFrame}, moved by ${frameOffset} is ${start}, ` +
        `which is no frame`,
      remedy`give a ${optionKey("frameOffset")} from ${-firstFrame} to ${FRAME_MAX - firstFrame}`,
    );
  }
  return { start, end: start + reader.offsetOf(lastFrame) };
}

const TURN = 2 ** 32;

function nearestTurn({ start, end }: Span, other: Span): number {
  const distance = (turn: number) =>
    Math.max(0, start + turn - other.end, other.start - (end + turn));
  return [-TURN, TURN].reduce((best, turn) => distance(turn) < distance(best) ? turn : best, 0);
}

function union(a: Span, b: Span): Span {
  return { start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}
