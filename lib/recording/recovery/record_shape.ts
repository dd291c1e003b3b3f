import { ByteReader, ByteSyntaxError } from "../../core/bytes/bytes.ts";
import { OPCODE, readU64, RECORD_HEAD_BYTES } from "../container/mcap_records.ts";

/** Bytes of a record by which its shape is judged: all but what is long in it. */
export const SHAPE_BYTES: number = 4096;

/** Most bytes of a name in a record. */
const NAME_BYTES_MAX = 1024;

/** A record whose lengths fit each other. */
export interface RecordShape {
  readonly opcode: number;
  /** Bytes of the record, its head included. */
  readonly length: number;
}

/**
 * Shape of the record that bytes begin with; undefined where its lengths do not fit each other: the
 * one that its head says, and those of what it holds. So a record whose length is damaged is told
 * from one that is not, and a stray byte from a record.
 *
 * @param bytes up to {@linkcode SHAPE_BYTES} of the file
 */
export function shapeOf(bytes: Uint8Array): RecordShape | undefined {
  const opcode = bytes[0];
  // Of a length above 2^40 there is no file: most bytes of a file end here.
  if (opcode === undefined || bytes[8] !== 0 || bytes[7] !== 0 || bytes[6] !== 0) return undefined;
  const measure = MEASURES[opcode];
  if (measure === undefined) return undefined;
  const input = new ByteReader(bytes);
  try {
    input.take(1);
    const length = readU64(input);
    return measure(input, length) === length
      ? { opcode, length: RECORD_HEAD_BYTES + length }
      : undefined;
  } catch (error) {
    if (error instanceof ByteSyntaxError) return undefined;
    throw error;
  }
}

/** Opcode and length that bytes begin with, whatever they are; undefined where no record can be. */
export function headOf(bytes: Uint8Array): RecordShape | undefined {
  if (bytes.length < RECORD_HEAD_BYTES) return undefined;
  const opcode = bytes[0]!;
  if (opcode === 0 || bytes[8] !== 0 || bytes[7] !== 0 || bytes[6] !== 0) return undefined;
  const input = new ByteReader(bytes);
  input.take(1);
  return { opcode, length: RECORD_HEAD_BYTES + readU64(input) };
}

/** Length that a record's content must have by what stands in it. @throws {ByteSyntaxError} */
type Measure = (input: ByteReader, length: number) => number;

const MEASURES: Readonly<Record<number, Measure>> = {
  [OPCODE.header]: (input) => name(input) + name(input),
  [OPCODE.footer]: () => 20,
  [OPCODE.schema]: (input) => 2 + skip(input, 2) + name(input) + name(input) + list(input),
  [OPCODE.channel]: (input) => 4 + skip(input, 4) + name(input) + name(input) + list(input),
  [OPCODE.chunk]: (input) => 28 + skip(input, 28) + name(input) + 8 + readU64(input),
  [OPCODE.messageIndex]: (input, length) =>
    length % 16 === 6 ? 2 + skip(input, 2) + list(input) : -1,
  [OPCODE.attachment]: (input) =>
    16 + skip(input, 16) + name(input) + name(input) + 8 + readU64(input) + 4,
  [OPCODE.metadata]: (input) => name(input) + list(input),
  [OPCODE.dataEnd]: () => 4,
};

function skip(input: ByteReader, bytes: number): 0 {
  input.take(bytes);
  return 0;
}

/** Bytes of a name and its length, which is skipped. */
function name(input: ByteReader): number {
  const length = input.u32();
  if (length > NAME_BYTES_MAX) return -Infinity;
  input.take(length);
  return 4 + length;
}

/** Bytes of what may be long, and its length. */
function list(input: ByteReader): number {
  return 4 + input.u32();
}
