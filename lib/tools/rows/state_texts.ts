import type { EntityState } from "../../core/state/state.ts";

/** A state as text, and what of it the text does not hold as it is. */
export interface StateText {
  /** What a row has after frame and time, with the line's end. */
  readonly text: string;
  /** Numbers that are not finite. */
  readonly nonFinite: number;
  /** Texts that UTF-8 cannot hold. */
  readonly broken: number;
}

/**
 * Texts of the states of frame after frame; that of a state which did not change since the frame
 * before is taken from there.
 */
export class StateTexts {
  readonly #textOf: (state: EntityState) => StateText;
  #states: readonly EntityState[] = [];
  #texts: readonly StateText[] = [];

  /** No frame yet. */
  constructor(textOf: (state: EntityState) => StateText) {
    this.#textOf = textOf;
  }

  /** Texts of the states of the next frame, which ascend by id. */
  of(states: readonly EntityState[]): readonly StateText[] {
    const before = this.#states;
    const textsBefore = this.#texts;
    const texts: StateText[] = [];
    let b = 0;
    for (const state of states) {
      while (b < before.length && before[b]!.id < state.id) b++;
      texts.push(before[b] === state ? textsBefore[b]! : this.#textOf(state));
    }
    this.#states = states;
    this.#texts = texts;
    return texts;
  }
}
