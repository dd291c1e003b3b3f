import { Histogram } from "../spread/histogram.ts";
import type { KindPlan } from "./drawn_plan.ts";

/**
 * Adds up errors. Most are 0: what was compared is counted by kind, and a comparison without an error
 * above 0 takes nothing else.
 */
export class ErrorTallies {
  /** Entities that one or both of a drawn state and the truth have. */
  entities: number = 0;
  /** Those of them that one has, or both in different kinds. */
  missing: number = 0;
  /** Values of entities that both have, which one or both have. */
  values: number = 0;
  /** Those of them that one has, or of which one is no number. */
  missingValues: number = 0;
  /** By kind, entities that were compared. */
  readonly compared: Float64Array;
  /** By kind, errors of which nothing was compared yet. */
  readonly pending: readonly number[][];
  /** By error, how many of those had nothing to compare. */
  readonly skipped: Float64Array;
  readonly #maxima: Float64Array;
  readonly #worstIds: Uint32Array;
  readonly #worstFrames: Uint32Array;
  readonly #histograms: (Histogram | undefined)[];
  readonly #isExact: boolean;
  /** By error, sum and largest of those since they were taken last. */
  readonly #sums: Float64Array;
  readonly #largest: Float64Array;
  /** Kinds that have a position, with the error of it. */
  readonly #positions: readonly (readonly [kind: number, error: number])[];
  /** Positions that were compared when they were taken last. */
  #taken = 0;

  /**
   * Nothing was compared yet.
   *
   * @param isExact true where nothing but the difference is reckoned, so that all digits are sure
   */
  constructor(plans: readonly KindPlan[], isExact: boolean = false) {
    this.#isExact = isExact;
    const count = plans.reduce((sum, { errors }) => sum + errors, 0);
    this.pending = plans.map(({ errors, position, positionError }) =>
      Array.from({ length: errors }, (_, i) => positionError + i)
        .slice(position.length > 0 ? 0 : 1)
    );
    this.compared = new Float64Array(plans.length);
    this.skipped = new Float64Array(count);
    this.#maxima = new Float64Array(count);
    this.#sums = new Float64Array(count);
    this.#largest = new Float64Array(count);
    this.#positions = plans.flatMap(({ position, positionError }, kind) =>
      position.length > 0 ? [[kind, positionError] as const] : []
    );
    this.#worstIds = new Uint32Array(count);
    this.#worstFrames = new Uint32Array(count);
    this.#histograms = new Array<Histogram | undefined>(count).fill(undefined);
  }

  /** Counts an error above 0, `times` times. */
  add(error: number, value: number, times: number, entity: number, frame: number): void {
    (this.#histograms[error] ??= new Histogram()).add(value, times);
    this.#sums[error]! += value * times;
    this.#noteWorst(error, value, entity, frame);
  }

  /** Counts errors above 0, `times` times each; `largest` is the first of the largest of them. */
  addAll(
    error: number,
    values: Float64Array,
    count: number,
    times: number,
    largest: number,
    entity: number,
    frame: number,
  ): void {
    if (count === 0) return;
    const histogram = this.#histograms[error] ??= new Histogram();
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const value = values[i]!;
      histogram.add(value, times);
      sum += value;
    }
    this.#sums[error]! += sum * times;
    this.#noteWorst(error, largest, entity, frame);
  }

  /** Notes where an error was compared first. */
  begin(error: number, entity: number, frame: number): void {
    if (this.#maxima[error]! > 0) return;
    this.#worstIds[error] = entity;
    this.#worstFrames[error] = frame;
  }

  /** Errors of the positions of all kinds since the last call. */
  takePositions(): { readonly count: number; readonly sum: number; readonly max: number } {
    let compared = 0;
    let sum = 0;
    let max = 0;
    for (const [kind, error] of this.#positions) {
      compared += this.compared[kind]! - this.skipped[error]!;
      sum += this.#sums[error]!;
      max = Math.max(max, this.#largest[error]!);
      this.#sums[error] = this.#largest[error] = 0;
    }
    const count = compared - this.#taken;
    this.#taken = compared;
    return { count, sum, max };
  }

  /**
   * Spread of an error of a kind, and where it was largest first. Call it once.
   *
   * @returns undefined where nothing was compared
   */
  spread(kind: number, error: number): ErrorSpread | undefined {
    const count = this.compared[kind]! - this.skipped[error]!;
    if (count <= 0) return undefined;
    const worst = { entity: this.#worstIds[error]!, frame: this.#worstFrames[error]! };
    const histogram = this.#histograms[error];
    if (histogram === undefined) return { count, mean: 0, p50: 0, p95: 0, p99: 0, max: 0, worst };
    const zeros = count - histogram.count;
    if (zeros > 0) histogram.add(0, zeros);
    const shown = this.#isExact ? (value: number) => value : rounded;
    const [p50, p95, p99] = histogram.quantiles([0.5, 0.95, 0.99]).map(shown);
    const max = shown(histogram.max);
    const mean = Math.min(rounded(histogram.mean), max);
    return { count, mean, p50: p50!, p95: p95!, p99: p99!, max, worst };
  }

  #noteWorst(error: number, value: number, entity: number, frame: number): void {
    if (value > this.#largest[error]!) this.#largest[error] = value;
    if (value <= this.#maxima[error]!) return;
    this.#maxima[error] = value;
    this.#worstIds[error] = entity;
    this.#worstFrames[error] = frame;
  }
}

/** Spread of an error. */
export interface ErrorSpread {
  readonly count: number;
  readonly mean: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
  readonly worst: { readonly entity: number; readonly frame: number };
}

/** As many digits as sums of doubles are sure of. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}
