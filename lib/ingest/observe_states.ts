import type { SchemaInference } from "../schema/infer.ts";
import type { RowInference } from "../schema/infer_rows.ts";
import type { FrameFormer } from "./frames/frame_former.ts";
import type { ByteSource } from "./input/byte_source.ts";
import type { FrameHead } from "../core/state/state.ts";
import type { EntityValues, ValueTable } from "./kinds/entity_values.ts";
import { InputSyntaxError } from "./input/input_error.ts";
import type { KeptStates } from "./kept_states.ts";
import { openFrames } from "./read_states.ts";
import type { ReadStatesOptions } from "./states_options.ts";

/**
 * Shows an inference every frame of a state stream, as `SchemaInference.observe` of what
 * `readStates` gives does, in less time.
 *
 * @param input bytes; a stream is cancelled when its reading fails
 * @param inference sees no other frames meanwhile
 * @param options as for `readStates`, but for lines that are skipped, whose losses are not told
 * @param kept keeps what is read, if that is wanted again
 * @throws {RangeError} for options that make no sense, or a schema that cannot be used
 * @throws {InputSyntaxError} for input that is refused, once what came before was seen
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { observeStates, SchemaInference } from "@hindcast/hindcast/ingest";
 *
 * const input = new Blob(['{"f":0,"t":0,"id":3,"x":1.5}\n{"f":1,"t":16,"id":3,"x":2}\n']).stream();
 * const inference = new SchemaInference();
 * await observeStates(input, inference);
 * assert.deepEqual(inference.schema().kinds[0].fields, [{ name: "x", type: "fixed", step: 0.5 }]);
 * ```
 */
export async function observeStates(
  input: ByteSource,
  inference: SchemaInference,
  options: ReadStatesOptions = {},
  kept?: KeptStates,
): Promise<void> {
  const former = new ObservedFrames(inference, kept);
  const frames = openFrames(input, kept?.listening(options) ?? options, former);
  try {
    do {
      for (let frame = frames.next(); frame !== undefined; frame = frames.next()) {
        kept?.give(frame, frame.isQuiet);
      }
    } while (await frames.more());
    kept?.end();
  } catch (error) {
    if (error instanceof InputSyntaxError) kept?.end(error);
    throw error;
  } finally {
    await frames.close();
  }
}

/** A frame that an inference has seen: only who was there is left of it. */
interface ObservedFrame extends FrameHead {
  readonly entities: readonly EntityValues[];
  readonly isQuiet: boolean;
}

class ObservedFrames implements FrameFormer<ObservedFrame> {
  readonly #inference: SchemaInference;
  readonly #kept: KeptStates | undefined;
  readonly #rows = new Map<ValueTable, RowInference>();
  #last: ValueTable | undefined;
  #lastRows: RowInference | undefined;

  constructor(inference: SchemaInference, kept: KeptStates | undefined) {
    this.#inference = inference;
    this.#kept = kept;
  }

  form(head: FrameHead, entities: readonly EntityValues[], ordinal: number): ObservedFrame {
    this.#inference.startFrame();
    const { frames } = this.#inference;
    for (let i = 0; i < entities.length; i++) {
      const entity = entities[i]!;
      const rows = this.#rowsOf(entity.table);
      const isKnown = entity.bornAt !== ordinal;
      rows.count(entity.id, isKnown);
      if (entity.changedAt !== ordinal) continue;
      rows.add(entity, entity.at, isKnown ? entity.beforeAt : -1, frames);
    }
    this.#kept?.form(head, entities, ordinal);
    return { frame: head.frame, timeMs: head.timeMs, entities, isQuiet: false };
  }

  repeat({ entities }: ObservedFrame, { frame, timeMs }: FrameHead): ObservedFrame {
    this.#inference.startFrame();
    for (const { table, id } of entities) this.#rowsOf(table).count(id, true);
    return { frame, timeMs, entities, isQuiet: true };
  }

  #rowsOf(table: ValueTable): RowInference {
    if (table === this.#last) return this.#lastRows!;
    let rows = this.#rows.get(table);
    if (rows === undefined) {
      rows = this.#inference.rowsOf(table.name, table.fields);
      this.#rows.set(table, rows);
    }
    this.#last = table;
    return this.#lastRows = rows;
  }
}
