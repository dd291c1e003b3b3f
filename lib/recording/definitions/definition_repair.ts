import { ByteReader, ByteSyntaxError } from "../../core/bytes/bytes.ts";
import {
  BLOCK_ENCODING,
  EVENT_CHANNEL,
  EVENT_TOPIC,
  NAME_CHANNEL,
  NAME_TOPIC,
  PREVIEW_CHANNEL,
  PREVIEW_TOPIC,
  SCHEMA_ENCODING,
  STATE_CHANNEL,
  STATE_TOPIC,
} from "../container/format.ts";
import {
  OPCODE,
  readChannel,
  readRecord,
  readSchemaRecord,
  RECORD_HEAD_BYTES,
} from "../container/mcap_records.ts";
import { recordHash } from "../revision/schema_record.ts";

/** A byte that is another than was written. */
export interface Patch {
  /** Where it lies. */
  readonly at: number;
  /** What was written. */
  readonly byte: number;
}

/** Bytes of schemas and channels among which a wrong bit is looked for. */
export const REPAIRED_BYTES_MAX: number = 1 << 16;

/** Bytes that are hashed, in all attempts of a file together: about half a second. */
const HASHED_BYTES_MAX = 1 << 28;

/** Channels that are always the same, by their topics. */
const CHANNELS: ReadonlyMap<string, number> = new Map([
  [EVENT_TOPIC, EVENT_CHANNEL],
  [PREVIEW_TOPIC, PREVIEW_CHANNEL],
  [NAME_TOPIC, NAME_CHANNEL],
]);

/**
 * Finds the wrong bit in schemas and channels as our recorder writes them: that of states names the
 * hash of its schema, so that of all bits there could be one fits.
 */
export class DefinitionRepair {
  #budget = HASHED_BYTES_MAX;

  /**
   * The byte in which a bit is wrong.
   *
   * @param bytes pairs of a schema and its channel, up to {@linkcode REPAIRED_BYTES_MAX}
   * @returns undefined where nothing is wrong, or more than a bit
   */
  find(bytes: Uint8Array): Patch | undefined {
    if (bytes.length > REPAIRED_BYTES_MAX) return undefined;
    const ends = endsOfPairs(bytes);
    // Whatever is wrong in a length shows before anything is hashed.
    if (ends === undefined) return this.#search(bytes, 0);
    const wrong = ends.map((end, i) => ({ start: ends[i - 1] ?? 0, end }))
      .filter(({ end, start }) => !this.#isSound(bytes.subarray(start, end)));
    if (wrong.length !== 1) return undefined;
    const { end, start } = wrong[0]!;
    return this.#search(bytes.subarray(start, end), start);
  }

  #search(bytes: Uint8Array, start: number): Patch | undefined {
    const tried = bytes.slice();
    for (let at = 0; at < tried.length; at++) {
      for (let mask = 1; mask < 256; mask <<= 1) {
        tried[at]! ^= mask;
        if (this.#isSound(tried)) return { at: start + at, byte: tried[at]! };
        tried[at]! ^= mask;
        this.#budget -= ATTEMPT_BYTES;
        if (this.#budget <= 0) return undefined;
      }
    }
    return undefined;
  }

  /** True for pairs of a schema and its channel, one after the other, as they are written. */
  #isSound(bytes: Uint8Array): boolean {
    if (endsOfPairs(bytes) === undefined) return false;
    const input = new ByteReader(bytes);
    try {
      while (input.remaining > 0) if (!this.#takePair(input)) return false;
      return true;
    } catch (error) {
      if (error instanceof ByteSyntaxError) return false;
      throw error;
    }
  }

  #takePair(input: ByteReader): boolean {
    readRecord(input);
    const schema = readSchemaRecord(input);
    readRecord(input);
    const { id, messageEncoding, metadata, schemaId, topic } = readChannel(input);
    if (id !== schemaId || id !== schema.id) return false;
    if (topic !== STATE_TOPIC) {
      return CHANNELS.get(topic) === id && messageEncoding === "json" &&
        schema.encoding === "jsonschema";
    }
    const isOfStates = id >= STATE_CHANNEL && messageEncoding === BLOCK_ENCODING &&
      schema.encoding === SCHEMA_ENCODING;
    if (!isOfStates) return false;
    this.#budget -= schema.data.length;
    return metadata.get("schemaHash") === recordHash(schema.data);
  }
}

/** What an attempt costs before a hash, in bytes that could be hashed instead. */
const ATTEMPT_BYTES = 64;

/** Bytes behind each schema and its channel; undefined where such pairs do not fill the bytes. */
function endsOfPairs(bytes: Uint8Array): number[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const ends: number[] = [];
  let at = 0;
  let expected: number = OPCODE.schema;
  while (at + RECORD_HEAD_BYTES <= bytes.length && bytes[at] === expected) {
    if (view.getUint32(at + 5, true) !== 0) return undefined;
    at += RECORD_HEAD_BYTES + view.getUint32(at + 1, true);
    if (expected === OPCODE.channel) ends.push(at);
    expected = expected === OPCODE.schema ? OPCODE.channel : OPCODE.schema;
  }
  return at === bytes.length && expected === OPCODE.schema ? ends : undefined;
}
