import type { RecordingReader } from "../../../recording/recording_reader.ts";
import type { FrameCursor } from "./frame_cursor.ts";

/** The next frame of two walks: of one recording alone, or a pair. */
export type Step = "a" | "b" | "pair";

/** Says of two cursors, one of them done at most, whose frame is next. */
export type FramePairing = (a: FrameCursor, b: FrameCursor) => Step;

/**
 * Frames from the first of one recording to the first of another, so that both count from one
 * origin, also where one of them goes on beyond 2^32.
 */
export function originOf(b: RecordingReader, a: RecordingReader): number {
  const [firstA, firstB] = [a.firstFrame, b.firstFrame];
  if (firstA !== undefined && firstB !== undefined && isWithin(firstA, b)) {
    return -b.offsetOf(firstA);
  }
  return a.offsetOf(firstB ?? 0);
}

function isWithin(frame: number, reader: RecordingReader): boolean {
  const offset = reader.offsetOf(frame);
  return offset >= 0 && offset <= reader.offsetOf(reader.lastFrame!);
}

/** Pairs frames of the same number. @param origin offset of the second recording's first frame */
export function pairByFrame(origin: number): FramePairing {
  return (a, b) => {
    const [one, other] = [a.offset, b.offset + origin];
    return one < other ? "a" : one > other ? "b" : "pair";
  };
}

/**
 * Pairs frames that are the nearest to each other by time, both in order. A frame stays alone when
 * none is near enough, or when the next of its own recording is nearer to the only candidate, and
 * has no nearer one itself.
 *
 * @param windowMs most time between the frames of a pair, in milliseconds
 */
export function pairByTime(windowMs: number): FramePairing {
  return (a, b) => {
    if (a.isDone) return "b";
    if (b.isDone) return "a";
    const apartMs = a.timeMs - b.timeMs;
    if (Math.abs(apartMs) <= windowMs) {
      if (apartMs < 0 && isNearer(a, b, -apartMs)) return "a";
      if (apartMs > 0 && isNearer(b, a, apartMs)) return "b";
      return "pair";
    }
    return apartMs < 0 ? "a" : "b";
  };
}

/** True when the frame after an earlier one is the better pair of a later one. */
function isNearer(earlier: FrameCursor, later: FrameCursor, apartMs: number): boolean {
  const next = earlier.next?.timeMs;
  if (next === undefined) return false;
  const nextApartMs = Math.abs(next - later.timeMs);
  if (!(nextApartMs < apartMs)) return false;
  const afterLater = later.next?.timeMs;
  return afterLater === undefined || Math.abs(next - afterLater) >= nextApartMs;
}
