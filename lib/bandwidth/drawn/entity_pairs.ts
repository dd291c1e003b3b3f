import { grown } from "../../core/state/words.ts";

/** Entities of a kind that two states have, each by its place and its first value in both. */
export class EntityPairs {
  /** Number of pairs. */
  count: number = 0;
  /** Places in the drawn state. */
  drawn: Uint32Array<ArrayBuffer> = new Uint32Array(16);
  /** Places in the true state. */
  truth: Uint32Array<ArrayBuffer> = new Uint32Array(16);
  /** First values in the drawn state. */
  drawnStarts: Uint32Array<ArrayBuffer> = new Uint32Array(16);
  /** First values in the true state. */
  truthStarts: Uint32Array<ArrayBuffer> = new Uint32Array(16);
  /** Room for one number a pair. */
  errors: Float64Array<ArrayBuffer> = new Float64Array(16);

  /** Appends a pair. */
  add(drawn: number, truth: number, drawnStart: number, truthStart: number): void {
    const place = this.count++;
    if (place === this.drawn.length) this.#grow(2 * place);
    this.drawn[place] = drawn;
    this.truth[place] = truth;
    this.drawnStarts[place] = drawnStart;
    this.truthStarts[place] = truthStart;
  }

  #grow(size: number): void {
    this.drawn = grown(this.drawn, new Uint32Array(size));
    this.truth = grown(this.truth, new Uint32Array(size));
    this.drawnStarts = grown(this.drawnStarts, new Uint32Array(size));
    this.truthStarts = grown(this.truthStarts, new Uint32Array(size));
    this.errors = new Float64Array(size);
  }
}
