import { type ByteReader, type ByteWriter, putVarint, putWord } from "../bytes/bytes.ts";
import { type Frame, frameDistance } from "../time/frame.ts";

/**
 * What a packet's body is: the whole state, changes against a baseline that the far end is known to
 * hold, or changed fields as values that stand alone. In a `partial` delta, entities without a
 * record stay as the far end holds them by now; in a `delta`, as they were in the baseline.
 */
export type PacketForm = "keyframe" | "delta" | "patch" | "partial";

const DELTA = 1, PATCH = 2, TABLES = 3, HASH = 4, HASH_TABLES = 5, PARTIAL = 6;
/** Most bytes of a header. */
const HEADER_BYTES_MAX = 10;
const CODES: readonly PacketForm[] = [
  "keyframe",
  "delta",
  "patch",
  "keyframe",
  "keyframe",
  "keyframe",
  "partial",
];

/**
 * Start of every packet of a tracker.
 *
 * @internal
 */
export class PacketHeader {
  /** Form of the body. */
  form: PacketForm = "keyframe";
  /** Frame of the state in the body. */
  frame: Frame = 0;
  /** Frame that a delta is against; equal to `frame` in the other forms. */
  baselineFrame: Frame = 0;
  /** True for a keyframe that begins with the tables of texts, for a consumer that lacks them. */
  hasTables: boolean = false;
  /** Hash of the schema, in a keyframe that carries it. */
  schemaHash: number | undefined;
  /** Hash that was read last, kept because V8 allocates each number above 2^31 that is stored. */
  #lastHash: number | undefined;

  /** Mirror of {@linkcode writeHeader}. @throws {ByteSyntaxError} */
  read(input: ByteReader): this {
    const code = input.u8();
    this.form = CODES[code] ?? input.refuse("packet form is unknown, expected 0 to 6");
    this.frame = this.baselineFrame = input.u32();
    this.hasTables = code === TABLES || code === HASH_TABLES;
    this.schemaHash = code === HASH || code === HASH_TABLES ? this.#readHash(input) : undefined;
    if (code !== DELTA && code !== PARTIAL) return this;
    this.baselineFrame = (this.frame - input.varint()) >>> 0;
    if (frameDistance(this.frame, this.baselineFrame) <= 0) {
      input.refuse("the baseline is not older");
    }
    return this;
  }

  #readHash(input: ByteReader): number {
    const word = input.i32();
    if (this.#lastHash === undefined || (this.#lastHash | 0) !== word) this.#lastHash = word >>> 0;
    return this.#lastHash;
  }
}

/**
 * Writes a header: form (0 keyframe, 1 delta, 2 patch, 3 keyframe with tables, 4 keyframe with
 * hash, 5 keyframe with hash and tables, 6 partial delta), frame as 4 bytes little-endian; then in
 * a delta of either kind `frame - baselineFrame` as LEB128, at least 1, and in a keyframe with
 * hash the hash as 4 bytes.
 */
export function writeHeader(header: PacketHeader, out: ByteWriter): void {
  const { form, frame, hasTables, schemaHash } = header;
  const buffer = out.reserve(HEADER_BYTES_MAX);
  const at = out.length;
  if (form !== "keyframe") {
    buffer[at] = form === "delta" ? DELTA : form === "patch" ? PATCH : PARTIAL;
    const end = putWord(buffer, at + 1, frame);
    out.length = form === "patch" ? end : putVarint(buffer, end, frame - header.baselineFrame);
  } else {
    const isPlain = schemaHash === undefined;
    buffer[at] = hasTables ? (isPlain ? TABLES : HASH_TABLES) : isPlain ? 0 : HASH;
    const end = putWord(buffer, at + 1, frame);
    out.length = isPlain ? end : putWord(buffer, end, schemaHash);
  }
}
