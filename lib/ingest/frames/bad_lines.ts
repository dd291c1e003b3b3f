import type { EntityId } from "../../core/names/entity_names.ts";
import { describeLoss, type FrameLoss } from "./frame_loss.ts";
import type { InputSyntaxError } from "../input/input_error.ts";

const NAMED_MAX = 5;
/** Distinct entities and frames that are counted exactly. */
const COUNTED_MAX = 65_536;

/**
 * Count of the lines that were skipped, with the first of them by number, and of what frames lack
 * for it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { BadLines, readStates } from "@hindcast/hindcast/ingest";
 *
 * const bad = new BadLines();
 * const input = new Blob([
 *   '{"f":0,"id":1,"x":5}\n{"f":0,"id":2,"x":5}\n{"f":1,"id":1,"x":6}\n{"f":1,"id":2,"x":"?"}\n',
 * ]).stream();
 * const options = { rateHz: 60, skipBad: true, onBadLine: bad.add, onLoss: bad.lose };
 * const frames = await Array.fromAsync(readStates(input, options));
 * assert.equal(frames.length, 2);
 * assert.equal(bad.summary(), "1 bad line skipped (line 4)");
 * assert.equal(bad.losses(), "entity 2 is missing in frame 1");
 * ```
 */
export class BadLines {
  /** Lines that were skipped. */
  count: number = 0;
  /** Errors of the first five. */
  readonly first: InputSyntaxError[] = [];

  /** Counts one; bound to its tally, so that it serves as an `onBadLine`. */
  readonly add = (error: InputSyntaxError): void => {
    this.count++;
    if (this.first.length < NAMED_MAX) this.first.push(error);
  };

  readonly #losses: string[] = [];
  readonly #entities = new Set<EntityId>();
  readonly #frames = new Set<number>();
  #entityLosses = 0;
  #frameLosses = 0;

  /** Counts what a frame lacks; bound to its tally, so that it serves as an `onLoss`. */
  readonly lose = (loss: FrameLoss): void => {
    if (this.#losses.length < NAMED_MAX) this.#losses.push(describeLoss(loss));
    if (loss.id === undefined) this.#frameLosses++;
    else {
      this.#entityLosses++;
      if (this.#entities.size < COUNTED_MAX) this.#entities.add(loss.id);
      if (this.#frames.size < COUNTED_MAX) this.#frames.add(loss.frame);
    }
  };

  /**
   * What frames lack, for people: the first five, then how many entities and frames it is about.
   *
   * @returns empty when nothing is known to be lost
   */
  losses(): string {
    const named = this.#losses.join(", ");
    if (this.#entityLosses + this.#frameLosses <= NAMED_MAX) return named;
    const entities = this.#entityLosses === 0 ? [] : [
      `${counted(this.#entities.size, "entity", "entities")} in ${
        counted(this.#frames.size, "frame", "frames")
      }`,
    ];
    const frames = this.#frameLosses === 0
      ? []
      : [counted(this.#frameLosses, "whole frame", "whole frames")];
    return `${named} … ${[...entities, ...frames].join(" and ")}`;
  }

  /** One line for people: how many, and the numbers of the first five. */
  summary(): string {
    if (this.count === 0) return "no bad lines";
    const numbers = this.first.map((error) => error.place.line).join(", ");
    const more = this.count > this.first.length ? " ..." : "";
    return this.count === 1
      ? `1 bad line skipped (line ${numbers})`
      : `${this.count} bad lines skipped (lines ${numbers}${more})`;
  }
}

function counted(count: number, one: string, many: string): string {
  return `${count >= COUNTED_MAX ? `at least ${count}` : count} ${count === 1 ? one : many}`;
}
