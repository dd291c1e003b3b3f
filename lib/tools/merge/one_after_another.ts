import { optionKey, remedy } from "../../core/remedy.ts";
import { MergeError } from "./merge_error.ts";
import type { MergeInput } from "./merge_input.ts";

/**
 * Recordings moved so that each starts at the frame after the last of the one before, a frame's
 * time later: by the rate of the one before, else by its own.
 *
 * @throws {MergeError} for a recording without frames, or when neither of two has a rate
 */
export function oneAfterAnother(inputs: readonly MergeInput[]): MergeInput[] {
  const moved: MergeInput[] = [];
  for (const input of inputs) {
    if (input.reader.firstFrame === undefined) {
      throw new MergeError(
        `${input.name} has no frames, so that nothing says where it starts or ends`,
        INSTEAD,
      );
    }
    const before = moved.at(-1);
    moved.push(before === undefined ? input : movedBehind(before, input));
  }
  return moved;
}

const INSTEAD = remedy`give ${optionKey("frameOffset")} and ${
  optionKey("timeOffsetMs")
} instead of ${optionKey("after")}`;

function movedBehind(before: MergeInput, input: MergeInput): MergeInput {
  const rateHz = before.reader.rateHz ?? input.reader.rateHz;
  if (rateHz === undefined) {
    throw new MergeError(
      `neither ${before.name} nor ${input.name} says how long a frame takes`,
      INSTEAD,
    );
  }
  const { frameOffset = 0, timeOffsetMs = 0, reader: { lastFrame, blocks } } = before;
  const startFrame = (lastFrame! + frameOffset + 1) >>> 0;
  const startMs = blocks.at(-1)!.lastTimeMs + timeOffsetMs + 1000 / rateHz;
  const { firstFrame, blocks: [first] } = input.reader;
  return {
    ...input,
    frameOffset: startFrame - firstFrame!,
    timeOffsetMs: startMs - first!.firstTimeMs,
  };
}
