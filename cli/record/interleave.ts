import type { FrameHead, FrameSource, StateEvent } from "../../lib/ingest.ts";

/** Takes frames and events in the order in which they are recorded. */
export interface InterleavedSink<F extends FrameHead> {
  /** Takes a frame. @returns what to wait for before the next */
  frame(frame: F): Promise<void> | undefined;
  /** Takes an event. */
  event(event: StateEvent): Promise<void>;
}

/**
 * Hands on frames and the events of a file, an event before the first frame that is not before it.
 * One that stands after later ones in its file comes late, which the recording accepts.
 */
export async function interleaveStreams<F extends FrameHead>(
  frames: FrameSource<F>,
  events: AsyncGenerator<StateEvent, void, void> | undefined,
  sink: InterleavedSink<F>,
): Promise<void> {
  let event = await events?.next();
  try {
    do {
      for (let frame = frames.next(); frame !== undefined; frame = frames.next()) {
        while (event !== undefined && !event.done && isDue(event.value, frame)) {
          await sink.event(event.value);
          event = await events!.next();
        }
        const taken = sink.frame(frame);
        if (taken !== undefined) await taken;
      }
    } while (await frames.more());
  } finally {
    await frames.close();
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
