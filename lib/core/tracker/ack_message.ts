import { ByteReader, ByteSyntaxError, putVarint } from "../bytes/bytes.ts";
import type { Frame } from "../time/frame.ts";

/** A consumer's word that it applied a frame, as it goes back to the tracker. */
export interface Ack {
  /** Epoch that the tracker had when it sent the frame; an ack of an earlier one is dead. */
  readonly epoch: number;
  /** Newest frame that was applied. */
  readonly frame: Frame;
  /** Bit n set when frame `frame - 1 - n` was applied as well; `appliedBits` of a receiver. */
  readonly appliedBits: number;
}

/**
 * Bytes of an ack, some 5 where nothing was lost: epoch, frame, and the complement of the bits, as
 * varints.
 *
 * @param ack three unsigned 32-bit integers
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { decodeAck, encodeAck } from "@hindcast/hindcast";
 *
 * const bytes = encodeAck({ epoch: 1, frame: 300, appliedBits: 0xffffffff });
 * assert.deepEqual([...bytes], [1, 0xac, 0x02, 0]);
 * assert.deepEqual(decodeAck(bytes), { epoch: 1, frame: 300, appliedBits: 0xffffffff });
 * assert.equal(decodeAck(new Uint8Array([1, 0xac])), undefined);
 * ```
 */
export function encodeAck({ epoch, frame, appliedBits }: Ack): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(ACK_BYTES_MAX);
  const end = putVarint(bytes, putVarint(bytes, putVarint(bytes, 0, epoch), frame), ~appliedBits);
  return bytes.slice(0, end);
}

/**
 * Ack of the bytes that came over the wire.
 *
 * @returns undefined when {@linkcode encodeAck} never writes such bytes
 */
export function decodeAck(bytes: Uint8Array): Ack | undefined {
  if (bytes.length > ACK_BYTES_MAX) return undefined;
  const input = new ByteReader(bytes);
  try {
    const epoch = input.varint();
    const frame = input.varint();
    const appliedBits = ~input.varint() >>> 0;
    input.end();
    return { epoch, frame, appliedBits };
  } catch (error) {
    if (error instanceof ByteSyntaxError) return undefined;
    throw error;
  }
}

/** Three varints of 32 bits. */
const ACK_BYTES_MAX = 15;
