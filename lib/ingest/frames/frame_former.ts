import type { FrameHead, StateFrame } from "../../core/state/state.ts";
import type { EntityValues } from "../kinds/entity_values.ts";

/** Makes of each frame what its reader wants, at once: the values change with the next frame. */
export interface FrameFormer<T extends FrameHead> {
  /**
   * Forms a frame.
   *
   * @param entities those of the frame, in ascending order of id
   * @param ordinal of the frame, by which entities say when they came and changed
   */
  form(head: FrameHead, entities: readonly EntityValues[], ordinal: number): T;
  /** The same states at a frame after the one that was formed last but those that follow it. */
  repeat(before: T, head: FrameHead): T;
}

/** Frames of objects; a state that did not change since the frame before is the same object. */
export const FRAMES_OF_OBJECTS: FrameFormer<StateFrame> = {
  form({ frame, timeMs }, entities) {
    return { frame, timeMs, entities: entities.map((entity) => entity.object()) };
  },
  repeat({ entities }, { frame, timeMs }) {
    return { frame, timeMs, entities };
  },
};
