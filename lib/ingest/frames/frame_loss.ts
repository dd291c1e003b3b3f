import type { EntityId } from "../../core/names/entity_names.ts";

/** What a frame lacks because a line of input was skipped. */
export interface FrameLoss {
  /** Frame that it is about. */
  readonly frame: number;
  /** Id of the entity; undefined when it is about all of the frame. */
  readonly id: EntityId | undefined;
  /**
   * Sparse input only: earlier frame of which the state is kept; undefined when the entity, or the
   * frame, is missing.
   */
  readonly keptFrame: number | undefined;
}

/** A loss in words. */
export function describeLoss({ frame, id, keptFrame }: FrameLoss): string {
  if (id === undefined) {
    return keptFrame === undefined
      ? `frame ${frame} is missing`
      : `frame ${frame} keeps the states of frame ${keptFrame}`;
  }
  return keptFrame === undefined
    ? `entity ${id} is missing in frame ${frame}`
    : `entity ${id} keeps its state of frame ${keptFrame} in frame ${frame}`;
}
