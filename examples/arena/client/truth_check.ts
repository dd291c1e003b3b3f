import type { TruthMessage } from "../shared/messages.ts";
import type { WireFrame } from "../shared/schema.ts";

const KEPT_FRAMES = 60;

/** Compares what is held with the truth of the same frame, where the server tells that. */
export class TruthCheck {
  readonly #held: Map<number, WireFrame> = new Map();
  readonly #truths: Map<number, TruthMessage> = new Map();
  #compared = 0;
  #worst = 0;

  /** Largest distance so far, in units, over entities that are held. */
  get text(): string {
    if (this.#compared === 0) return "not asked for";
    return `at most ${this.#worst.toFixed(3)} units`;
  }

  addHeld(frame: WireFrame): void {
    keep(this.#held, frame);
    this.#compare(frame, this.#truths.get(frame.frame));
  }

  addTruth(truth: TruthMessage): void {
    keep(this.#truths, truth);
    this.#compare(this.#held.get(truth.frame), truth);
  }

  #compare(held: WireFrame | undefined, truth: TruthMessage | undefined): void {
    if (held === undefined || truth === undefined) return;
    const truths = new Map(truth.entities.map(({ fields, id }) => [id, fields]));
    for (const { fields, id } of held.entities) {
      const { x, y } = truths.get(id) ?? { x: NaN, y: NaN };
      this.#worst = Math.max(this.#worst, Math.hypot(fields.x - x, fields.y - y));
    }
    this.#compared++;
  }
}

function keep<F extends { readonly frame: number }>(frames: Map<number, F>, frame: F): void {
  frames.set(frame.frame, frame);
  const [oldest] = frames.keys();
  if (frames.size > KEPT_FRAMES) frames.delete(oldest!);
}
