import type { FrameHead, StateEvent } from "../../lib/ingest.ts";

/** Takes frames and events in the order in which they are recorded. */
export interface InterleavedSink<F extends FrameHead> {
  /** Takes a frame. */
  frame(frame: F): Promise<void>;
  /** Takes an event. */
  event(event: StateEvent): Promise<void>;
}

/**
 * Hands on frames and the events of a file, an event before the first frame that is not before it.
 * One that stands after later ones in its file comes late, which the recording accepts.
 */
export async function interleaveStreams<F extends FrameHead>(
  frames: AsyncGenerator<F, void, void>,
  events: AsyncGenerator<StateEvent, void, void> | undefined,
  sink: InterleavedSink<F>,
): Promise<void> {
  let event = await events?.next();
  for await (const frame of frames) {
    while (event !== undefined && !event.done && isDue(event.value, frame)) {
      await sink.event(event.value);
      event = await events!.next();
    }
    await sink.frame(frame);
  }
  while (event !== undefined && !event.done) {
    await sink.event(event.value);
    event = await events!.next();
  }
}

/** True for an event that is not after a frame. */
export function isDue(event: StateEvent, frame: FrameHead): boolean {
  return event.frame !== undefined ? event.frame <= frame.frame : event.timeMs! <= frame.timeMs;
}
