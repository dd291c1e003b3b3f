/** Opcodes of MCAP at which a write begins that the end of the file says again. */
const SCHEMA = 0x03;
const CHUNK = 0x06;
/** What a chunk, and any other record, adds to the indexes at the end, at most. */
const CHUNK_INDEX_BYTES = 260;
const INDEX_BYTES = 160;
/** What is said at the end of a kind or a field, besides the schema, which stands there again. */
const FIELD_BYTES = 400;
const END_BYTES = 2048;

/** What a file has, and what its end takes. */
export class WrittenBytes {
  /** Bytes that were written so far. */
  count = 0;
  #end = END_BYTES;

  /** Counts a write, which begins with a record. */
  add(bytes: Uint8Array): void {
    this.count += bytes.length;
    if (bytes[0] === SCHEMA) this.#end += bytes.length + FIELD_BYTES * namesIn(bytes);
    else this.#end += bytes[0] === CHUNK ? CHUNK_INDEX_BYTES : INDEX_BYTES;
  }

  /** Bytes of the file if it ended here, at most. */
  get whole(): number {
    return this.count + this.#end;
  }
}

/** Names in the JSON of a schema. */
function namesIn(bytes: Uint8Array): number {
  return new TextDecoder().decode(bytes).split('"name":').length - 1;
}
