import { optionKey, remedy } from "../../core/remedy.ts";
import { INPUT_LIMITS } from "../input/limits.ts";
import { RowFault } from "../input/row_fault.ts";

/** Refuses a frame that lies too far behind the one before. @param key of frames */
export function refuseJump(key: string, frame: number, before: number): never {
  throw new RowFault(
    `the frame jumps from ${before} to ${frame}, and frames are less than 2^31 apart`,
    remedy`mend the frame, or record what follows by itself`,
    { path: key, part: "value" },
    { code: "bad-frame", field: key },
  );
}

/**
 * Refuses a frame that the frames between two with rows do not lead to, or too many do.
 *
 * @param key of frames
 * @param first frame from which they count by `every`
 */
export function refuseStep(
  key: string,
  first: number,
  frame: number,
  before: number,
  every: number,
): void {
  const target = { path: key, part: "value" } as const;
  if ((frame - first) % every !== 0) {
    throw new RowFault(
      `the frame is ${frame}, but frames count by ${every} from ${first}`,
      remedy`give ${optionKey("every")} a step that leads to all frames, or leave it out`,
      target,
      { code: "bad-frame", field: key },
    );
  }
  const quiet = (frame - before) / every - 1;
  if (quiet > INPUT_LIMITS.quietFrames) {
    throw new RowFault(
      `the frame goes from ${before} to ${frame}, with ${quiet} frames between them, at most ${INPUT_LIMITS.quietFrames} may be quiet`,
      remedy`give ${optionKey("every")} the step by which frames count, or name another key with ${
        optionKey("frameKey")
      }`,
      target,
      { code: "bad-frame", field: key },
    );
  }
}
