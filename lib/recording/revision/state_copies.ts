import { shownValue } from "../../core/shown_value.ts";
import { assertState } from "../block/handed_state.ts";
import { isFrame } from "../../core/time/frame.ts";
import { FieldValueError } from "../../core/state/field_value_error.ts";
import type { EntityState, FieldValues, StateFrame } from "../../core/state/state.ts";

/** What an entity takes in each frame, in bytes. */
const PLACE_BYTES = 16;

/** What a state takes besides its values, a value, and a text besides its characters, in bytes. */
const STATE_BYTES = 512;
const VALUE_BYTES = 32;
const TEXT_BYTES = 256;

/**
 * Copies of frames, one after another, that nothing changes afterwards. The copies of a state that
 * holds what it held at the frame before are one object.
 */
export class StateCopies {
  /** Memory of the newest frame's copy, in bytes, without what the frame before has as well. */
  addedBytes = 0;
  readonly #sharesStates: boolean;
  #before = new Map<number, EntityState>();

  /**
   * No frame yet.
   *
   * @param options `sharesStates`: true when no state changes after it was handed over: then states
   *   are kept as they are
   */
  constructor({ sharesStates }: { readonly sharesStates: boolean }) {
    this.#sharesStates = sharesStates;
  }

  /**
   * Copy of the next frame.
   *
   * @throws {RangeError} when an entity occurs twice or its id is no u32
   * @throws {TypeError} when a state has no kind, or fields that are none
   * @throws {FieldValueError} when a value is no number, bigint, text or truth value
   */
  copy(frame: StateFrame): StateFrame {
    // Not one that is cleared: see DenseWorld, for the memory.
    const current = new Map<number, EntityState>();
    const entities: EntityState[] = [];
    this.addedBytes = 0;
    for (const state of frame.entities) {
      assertState(state, frame.frame);
      const { id } = state;
      if (!isFrame(id) || current.has(id)) {
        const fault = isFrame(id) ? "occurs twice in it" : "is no integer from 0 to 4294967295";
        throw new RangeError(
          `Cannot record frame ${frame.frame}: entity ${shownValue(id)} ${fault}`,
        );
      }
      const before = this.#before.get(id);
      const copy = this.#sharesStates ? state : copyState(state, before, frame.frame);
      this.addedBytes += copy === before ? PLACE_BYTES : PLACE_BYTES + stateBytes(copy);
      current.set(id, copy);
      entities.push(copy);
    }
    this.#before = current;
    return { frame: frame.frame, timeMs: frame.timeMs, entities };
  }
}

/** Memory of a state, in bytes: as an object, or as a row at the start of a block. */
function stateBytes({ fields }: EntityState): number {
  let bytes = STATE_BYTES;
  for (const name in fields) {
    const value = fields[name];
    bytes += typeof value === "string" ? TEXT_BYTES + 6 * value.length : VALUE_BYTES;
  }
  return bytes;
}

function copyState(
  state: EntityState,
  before: EntityState | undefined,
  frame: number,
): EntityState {
  const { id, kind, fields } = state;
  if (typeof kind !== "string") {
    throw new TypeError(
      `Cannot record entity ${id} of frame ${frame}: its kind is ${
        shownValue(kind)
      }, expected a text`,
    );
  }
  if (before !== undefined && before.kind === kind && holdsSame(before.fields, fields)) {
    return before;
  }
  return { id, kind, fields: copyFields(state, frame) };
}

/** True when the fields hold just the values of a copy; a value that is undefined is absent. */
function holdsSame(copy: FieldValues, fields: FieldValues): boolean {
  let missing = 0;
  for (const _ in copy) missing++;
  for (const name in fields) {
    if (!Object.hasOwn(fields, name)) continue;
    const value = fields[name];
    if (value === undefined) continue;
    if (!Object.is(copy[name], value) || !Object.hasOwn(copy, name)) return false;
    missing--;
  }
  return missing === 0;
}

const VALUE_TYPES: readonly string[] = ["number", "string", "boolean", "bigint"];

function copyFields({ id, kind, fields }: EntityState, frame: number): FieldValues {
  const copy: Record<string, unknown> = { ...fields };
  for (const name in copy) {
    const value = copy[name];
    if (VALUE_TYPES.includes(typeof value)) continue;
    if (value !== undefined) {
      const problem = `the value is ${
        shownValue(value)
      }; send numbers, bigints, texts, booleans, and leave out what is absent`;
      throw new FieldValueError(kind, name, problem, id, frame);
    }
    delete copy[name];
  }
  return copy as FieldValues;
}
