import { type ByteReader, putVarint } from "../bytes/bytes.ts";
import { RECORD_DESPAWN } from "./entity_records.ts";

/** Most bytes of a record's header. */
export const ENTITY_HEADER_BYTES_MAX = 5;

const LARGE = 2 ** 30;

/**
 * Puts the start of an entity record at a place with room for it:
 * `(id - previous id - 1) * 4 + type` as LEB128, at most 5 bytes. Ids ascend in a packet; the
 * previous id of the first record is -1. Returns the place behind it.
 */
export function putEntityHeader(
  buffer: Uint8Array,
  at: number,
  id: number,
  previousId: number,
  type: number,
): number {
  const skip = id - previousId - 1;
  if (skip < 32) {
    buffer[at] = (skip << 2) | type;
    return at + 1;
  }
  if (skip < LARGE) return putVarint(buffer, at, skip * 4 + type);
  let rest = skip * 4 + type;
  while (rest > 0x7f) {
    buffer[at++] = (rest % 128) + 128;
    rest = Math.floor(rest / 128);
  }
  buffer[at++] = rest;
  return at;
}

/** Reads entity record headers one after another. */
export class EntityHeaderReader {
  /** Entity of the record that was read last; -1 before the first. */
  id: number = -1;
  /** Type of the record that was read last. */
  type: number = 0;

  /** Goes back to the start of a packet. */
  reset(): void {
    this.id = -1;
  }

  /** Reads the next header. @throws {ByteSyntaxError} for an id above 2^32 - 1 or no type */
  read(input: ByteReader): void {
    let value = input.u8();
    if (value > 0x7f) value = readLong(value & 0x7f, input);
    const type = value % 4;
    if (type > RECORD_DESPAWN) input.refuse(`record type is ${type}, expected 0 to 2`);
    const id = this.id + 1 + Math.floor(value / 4);
    if (id > 0xffffffff) input.refuse("an entity id exceeds 32 bits");
    this.id = id;
    this.type = type;
  }
}

/** Rest of a header whose first byte is not its last. */
function readLong(first: number, input: ByteReader): number {
  let value = first;
  let scale = 128;
  for (let i = 1;; i++) {
    const byte = input.u8();
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) {
      if (byte === 0) input.refuse("an entity id is longer than needed");
      return value;
    }
    if (i === 4) input.refuse("an entity id exceeds 32 bits");
    scale *= 128;
  }
}
