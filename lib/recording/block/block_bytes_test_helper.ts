import assert from "node:assert/strict";
import { ByteReader, ByteSyntaxError, ByteWriter } from "../../core/bytes/bytes.ts";
import { Snapshot } from "../../core/state/snapshot.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { StateFrame } from "../../core/state/state.ts";
import { DecodedBlock } from "./decoded_block.ts";
import { BlockBuilder } from "./block_builder.ts";
import { readBlock, writeBlock } from "./block_codec.ts";

/** Bytes of a block of frames. */
export function blockBytes(frames: readonly StateFrame[], layout: SnapshotLayout): Uint8Array {
  const builder = new BlockBuilder(layout);
  for (const frame of frames) {
    builder.stage(frame);
    builder.commit(frame);
  }
  const out = new ByteWriter();
  writeBlock(out, builder.take(), layout);
  return out.bytes().slice();
}

/** Frames of a block's bytes. */
export function blockFrames(bytes: Uint8Array, layout: SnapshotLayout): StateFrame[] {
  const block = new DecodedBlock(readBlock(new ByteReader(bytes), layout), layout);
  return Array.from(block.frames, (_, i) => block.read(i, new Snapshot(layout)).toFrame());
}

/** Copy of bytes with some replaced. */
export function patchedBytes(source: Uint8Array, at: number, ...bytes: number[]): Uint8Array {
  const copy = source.slice();
  copy.set(bytes, at);
  return copy;
}

/** Asserts that every cut of bytes is refused. */
export function assertCutsRefused(bytes: Uint8Array, read: (bytes: Uint8Array) => unknown): void {
  for (let length = 0; length < bytes.length; length++) {
    assert.throws(() => read(bytes.subarray(0, length)), ByteSyntaxError, `at ${length}`);
  }
}

/** Asserts that any change of one byte is answered with an error of its kind, or a block. */
export function assertChangesAnswered(
  bytes: Uint8Array,
  read: (bytes: Uint8Array) => unknown,
): void {
  for (let at = 0; at < bytes.length; at++) {
    for (let byte = 0; byte < 256; byte++) {
      try {
        read(patchedBytes(bytes, at, byte));
      } catch (error) {
        assert.ok(error instanceof ByteSyntaxError || error instanceof RangeError, String(error));
      }
    }
  }
}
