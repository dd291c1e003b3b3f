import type { FrameHead } from "../../../lib/ingest.ts";
import { isLater } from "../is_later.ts";
import type { PendingDump } from "./dump_schedule.ts";

/** What is kept. */
export interface Kept {
  readonly first: FrameHead | undefined;
  readonly last: FrameHead | undefined;
  /** Why what was before it is gone; undefined when nothing was. */
  readonly removedFor: "time" | "size" | undefined;
}

/** Why the frame of a trigger is in no dump, in words. @param isEnded true when none follows */
export function whyMissing(
  frame: number,
  { first, last, removedFor }: Kept,
  isEnded: boolean,
): string {
  if (first === undefined || last === undefined) return "no frame is kept yet";
  if (isLater(frame, last.frame)) {
    return isEnded
      ? `its own frame never came, the last one is ${last.frame}`
      : `its own frame is not complete yet, the newest kept is ${last.frame}`;
  }
  if (isLater(first.frame, frame)) {
    return removedFor === undefined
      ? `its own frame is before the first one, ${first.frame}`
      : `its own frame is not kept any more, the oldest kept is ${first.frame}`;
  }
  return "its own frame is not among them";
}

/** How much less is kept before a dump than was asked for, in words; empty when it is all. */
export function whyShort(
  { fromMs, earliestMs }: PendingDump,
  beforeMs: number,
  { first, removedFor }: Kept,
): string {
  const wantedMs = Math.max(fromMs, earliestMs - beforeMs);
  if (removedFor !== "size" || first === undefined || first.timeMs <= wantedMs) return "";
  const seconds = (ms: number) => Number((Math.max(ms, 0) / 1000).toFixed(1));
  return `; ${seconds(beforeMs)} s before it were asked for, --keep-size kept ${
    seconds(earliestMs - first.timeMs)
  }`;
}
