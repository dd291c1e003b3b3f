import type { ByteReader, ByteWriter } from "./bytes.ts";
import { RECORD_DESPAWN } from "./packet_breakdown.ts";

const LARGE = 2 ** 30;

/**
 * Writes the start of an entity record: `(id - previous id - 1) * 4 + type` as LEB128, at most 5
 * bytes.
 */
export function writeEntityHeader(
  id: number,
  previousId: number,
  type: number,
  out: ByteWriter,
): void {
  const skip = id - previousId - 1;
  if (skip < LARGE) {
    out.varint(skip * 4 + type);
    return;
  }
  let rest = skip * 4 + type;
  while (rest > 0x7f) {
    out.u8((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  out.u8(rest);
}

/** Reads entity record headers one after another. */
export class EntityHeaderReader {
  /** Entity of the record that was read last. */
  id: number = -1;
  /** Type of the record that was read last. */
  type: number = 0;

  /** Goes back to the start of a packet. */
  reset(): void {
    this.id = -1;
  }

  /** Reads the next header. */
  read(input: ByteReader): void {
    let value = 0;
    let scale = 1;
    for (let i = 0;; i++) {
      const byte = input.u8();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) {
        if (byte === 0 && i > 0) input.refuse("an entity id is longer than needed");
        break;
      }
      if (i === 4) input.refuse("an entity id exceeds 32 bits");
      scale *= 128;
    }
    const type = value % 4;
    if (type > RECORD_DESPAWN) input.refuse(`record type is ${type}, expected 0 to 2`);
    const id = this.id + 1 + Math.floor(value / 4);
    if (id > 0xffffffff) input.refuse("an entity id exceeds 32 bits");
    this.id = id;
    this.type = type;
  }
}
