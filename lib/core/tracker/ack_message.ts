import { ByteReader, ByteSyntaxError, putVarint } from "../bytes/bytes.ts";
import { assertInteger } from "../bytes/assert_integer.ts";
import { wireBytes } from "../bytes/wire_bytes.ts";
import { type Frame, FRAME_MAX } from "../time/frame.ts";

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
 * @param ack three unsigned 32-bit integers; `appliedBits` may be signed
 * @throws {RangeError} when epoch or frame is none
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
  assertInteger("Epoch", epoch, 0, FRAME_MAX);
  assertInteger("Frame", frame, 0, FRAME_MAX);
  const bytes = new Uint8Array(ACK_BYTES_MAX);
  const end = putVarint(bytes, putVarint(bytes, putVarint(bytes, 0, epoch), frame), ~appliedBits);
  return bytes.slice(0, end);
}

/**
 * Ack of the bytes that came over the wire.
 *
 * @param data what the socket gave; a text is no ack
 * @returns undefined when {@linkcode encodeAck} never writes such bytes
 * @throws {TypeError} for what is neither bytes nor text
 */
export function decodeAck(data: Uint8Array | ArrayBuffer | string): Ack | undefined {
  if (typeof data === "string") return undefined;
  const bytes = wireBytes(data);
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
