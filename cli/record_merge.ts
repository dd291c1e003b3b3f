import type { StateEvent, StateFrame } from "../mod.ts";

/** Takes frames and events in the order in which they are recorded. */
export interface MergeSink {
  /** Takes a frame. */
  frame(frame: StateFrame): Promise<void>;
  /** Takes an event. */
  event(event: StateEvent): Promise<void>;
}

/** Hands on frames and events, an event before the first frame that is not before it. */
export async function mergeStreams(
  frames: AsyncGenerator<StateFrame, void, void>,
  events: AsyncGenerator<StateEvent, void, void> | undefined,
  sink: MergeSink,
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

function isDue(event: StateEvent, frame: StateFrame): boolean {
  return event.frame !== undefined ? event.frame <= frame.frame : event.timeMs! <= frame.timeMs;
}
