import { float64HighBits, float64LowBits } from "../../core/bytes/bits.ts";
import { Fingerprint } from "../../core/bytes/fingerprint.ts";
import type { FieldValue } from "../../core/state/schema.ts";
import type { EntityState } from "../../core/state/state.ts";
import type { RecordingPart } from "../select/recording_part.ts";

/** Checksum of all states at a frame. */
export interface FrameChecksum {
  /** Frame. */
  readonly frame: number;
  /** Sixteen hexadecimal digits. */
  readonly checksum: string;
}

/*
 * What a frame's checksum is made of, in words: for each entity, ids ascending, its id and the two
 * words of the state. A state's words are the fingerprint of its kind and its fields by name, in
 * the order of UTF-16 code units; of a text its length and code units; of a number 1 and the low
 * and high word of its binary64 form, with one NaN; of a truth value 2 and 0 or 1; of a text value
 * 3 and the text.
 */

/**
 * One checksum for each frame of a part of a recording. It covers entities, kinds, fields and
 * values, whatever types they were stored in, and neither frame nor time: two machines that
 * simulate the same have the same ones.
 *
 * @throws {RecordingSyntaxError} while iterating, when a block is damaged
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { MemorySink, MemorySource } from "@hindcast/hindcast/recording";
 * import { frameChecksums, RecordingPart } from "@hindcast/hindcast/recording";
 * import { RecordingReader, RecordingWriter } from "@hindcast/hindcast/recording";
 *
 * async function checksums(x: number) {
 *   const sink = new MemorySink();
 *   const writer = await RecordingWriter.open(sink);
 *   const entities = [{ id: 3, kind: "ship", fields: { x } }];
 *   await writer.write({ frame: 0, timeMs: 0, entities });
 *   await writer.close();
 *   const reader = await RecordingReader.open(new MemorySource(sink.bytes()));
 *   return await Array.fromAsync(frameChecksums(RecordingPart.of(reader)));
 * }
 * assert.deepEqual(await checksums(1), await checksums(1));
 * assert.notDeepEqual(await checksums(1), await checksums(1.5));
 * ```
 */
export async function* frameChecksums(
  part: RecordingPart,
): AsyncGenerator<FrameChecksum, void, void> {
  // A state that did not change is the same object.
  const known = new WeakMap<EntityState, Fingerprint>();
  for await (const { frame } of part.frames()) {
    const hash = new Fingerprint();
    for (const state of frame.entities) {
      let own = known.get(state);
      if (own === undefined) known.set(state, own = stateHash(state));
      hash.word(state.id);
      hash.add(own);
    }
    yield { frame: frame.frame, checksum: hash.toString() };
  }
}

function stateHash({ kind, fields }: EntityState): Fingerprint {
  const hash = new Fingerprint();
  addText(hash, kind);
  for (const name of Object.keys(fields).sort()) {
    addText(hash, name);
    addValue(hash, fields[name]!);
  }
  return hash;
}

function addValue(hash: Fingerprint, value: FieldValue): void {
  if (typeof value === "number") {
    // Runtimes differ in the bits of a NaN.
    const isNaN = Number.isNaN(value);
    hash.word(1);
    hash.word(isNaN ? 0 : float64LowBits(value));
    hash.word(isNaN ? 0x7ff80000 : float64HighBits(value));
  } else if (typeof value === "boolean") {
    hash.word(2);
    hash.word(value ? 1 : 0);
  } else {
    hash.word(3);
    addText(hash, value);
  }
}

function addText(hash: Fingerprint, text: string): void {
  hash.word(text.length);
  for (let i = 0; i < text.length; i++) hash.word(text.charCodeAt(i));
}
