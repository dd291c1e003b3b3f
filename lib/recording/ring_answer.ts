import type { Snapshot } from "../core/state/snapshot.ts";
import type { Frame } from "../core/time/frame.ts";
import { Ring, type RingAnswer } from "../core/time/ring.ts";

/** Frames of a recording, one by one or in order. */
interface RecordedFrames {
  readonly firstFrame: Frame | undefined;
  at(frame: Frame): Promise<RingAnswer<Snapshot>>;
  snapshots(range: { readonly from: Frame; readonly to: Frame }): AsyncIterable<Snapshot>;
}

/**
 * States at a frame as a ring has them that was given every frame of a recording up to one.
 *
 * @param ring `size`: snapshots that the ring holds; `newest`: the frame that it was given last
 * @throws {RangeError} when the recording lacks `newest`, or the size is none
 * @throws {RecordingSyntaxError} when a block is damaged
 */
export async function ringAnswer(
  recording: RecordedFrames,
  frame: Frame,
  { size, newest }: { readonly size: number; readonly newest: Frame },
): Promise<RingAnswer<Snapshot>> {
  const last = await recording.at(newest);
  if (!last.found) throw new RangeError(`Cannot push frame ${newest}: it is not recorded`);
  const ring = new Ring<Snapshot>(size);
  // The ring knows by it what it has forgotten and what never was.
  const first = await recording.at(recording.firstFrame!);
  if (first.found) ring.push(first.frame, first.state);
  const from = Math.max(recording.firstFrame!, newest - size + 1);
  for await (const snapshot of recording.snapshots({ from, to: newest })) {
    ring.push(snapshot.frame, snapshot);
  }
  return ring.at(frame);
}
