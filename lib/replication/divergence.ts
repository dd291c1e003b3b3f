import { type Frame, frameDistance } from "../core/frame.ts";
import { Mask } from "../core/mask.ts";
import type { Decoding } from "./decoding.ts";

/** Since when which fields of one entity are wrong. */
interface WrongSince {
  readonly mask: Mask;
  readonly frames: Uint32Array;
  /** Frame of the decoding that last named the entity. */
  seenFrame: Frame;
}

/** Told of every field that was wrong and is right again. */
export type OnHealed = (frames: number) => void;

/** How long the fields that a consumer sees wrong have been wrong. */
export class Divergence {
  readonly #entities: Map<number, WrongSince> = new Map();
  readonly #onHealed: OnHealed;

  /** Nothing is wrong yet. */
  constructor(onHealed: OnHealed) {
    this.#onHealed = onHealed;
  }

  /** True when nothing is wrong. */
  get isEmpty(): boolean {
    return this.#entities.size === 0;
  }

  /** Takes in what was wrong after a packet of a frame was applied. */
  note(frame: Frame, decoding: Decoding): void {
    for (const { id, mask } of decoding.wrong) {
      const since = this.#entities.get(id) ?? this.#add(id);
      since.seenFrame = frame;
      for (let field = 0; field < 64; field++) {
        const isWrong = mask.has(field);
        const wasWrong = since.mask.has(field);
        if (isWrong === wasWrong) continue;
        if (isWrong) {
          since.mask.set(field);
          since.frames[field] = frame;
        } else {
          since.mask.unset(field);
          this.#onHealed(frameDistance(frame, since.frames[field]!));
        }
      }
    }
    for (const [id, since] of this.#entities) {
      if (since.seenFrame === frame && !since.mask.isEmpty) continue;
      this.#entities.delete(id);
      for (const field of since.mask) this.#onHealed(frameDistance(frame, since.frames[field]!));
    }
  }

  /** Calls back with the frames for which each field has been wrong, and forgets them. */
  close(frame: Frame, onOpen: OnHealed): void {
    for (const since of this.#entities.values()) {
      for (const field of since.mask) onOpen(frameDistance(frame, since.frames[field]!));
    }
    this.#entities.clear();
  }

  #add(id: number): WrongSince {
    const since = { mask: new Mask(), frames: new Uint32Array(64), seenFrame: 0 };
    this.#entities.set(id, since);
    return since;
  }
}
