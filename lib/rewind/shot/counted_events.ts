import type { StateEvent } from "../../core/state/state.ts";
import { type FrameCounter, frameOfCounter } from "../past/frame_counter.ts";
import { framePointAtMs } from "../past/frame_time.ts";
import type { PoseSource } from "../shape/pose.ts";

/**
 * Events of a game with recorded frames in the places of what its counter said: of a counter that
 * wraps the value nearest to the frame at the event's time, of an event without one to the event
 * before, of the first to the first frame.
 *
 * @param events in their order, none of them from the recording
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { countedEvents, parseHitModel, PoseHistory } from "@hindcast/hindcast/rewind";
 *
 * const history = new PoseHistory(parseHitModel(["player=sphere:16"]));
 * for (const frame of [250, 260]) history.addFrame({ frame, timeMs: frame * 20, entities: [] });
 * const events = [{ frame: 4, timeMs: undefined, name: "shot", data: {} }];
 * const [shot] = countedEvents(events, { bits: 8, offset: 0 }, history);
 * assert.equal(shot.frame, 260);
 * ```
 */
export function countedEvents(
  events: readonly StateEvent[],
  counter: FrameCounter,
  source: PoseSource,
): StateEvent[] {
  if (source.length === 0) return [...events];
  let last = source.frameAt(0);
  return events.map((event) => {
    if (event.frame === undefined) return event;
    const { timeMs } = event;
    const near = timeMs === undefined ? last : Math.floor(framePointAtMs(source, timeMs));
    last = frameOfCounter(event.frame, near, counter);
    return { ...event, frame: last };
  });
}
