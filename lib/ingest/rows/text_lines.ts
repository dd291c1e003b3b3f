import { remedy } from "../../core/remedy.ts";
import { FOREIGN_BYTES, foreignFormat } from "./foreign_bytes.ts";
import { gunzip, isGzip } from "./gunzip.ts";
import type { ByteSource } from "../input/byte_source.ts";
import { InputSyntaxError } from "../input/input_error.ts";
import { INPUT_LIMITS } from "../input/limits.ts";
import { isLiveMark } from "../input/live_mark.ts";
import { LineBatch } from "./line_batch.ts";

const NEWLINE = 10;
/** Blank lines from which on they are only counted: more than the longest text of a cell holds. */
const BLANK_LINES_MIN = 8192;
const PIECE_BYTES = 64 * 1024;

/**
 * Cuts a text, gzipped or not, into lines: bytes up to the last newline are decoded at once and
 * then split. Gzip is known by its first bytes. Other compressed
 * data is named by its first bytes. A mark of a live source is a batch without lines.
 *
 * @param source name of the input for messages
 * @param onHeld called with the bytes of a line that waits for its end, whenever that changes
 * @throws {InputSyntaxError} for damaged gzip data and for a line above the limit
 * @throws {TypeError} when a chunk is not bytes
 */
export async function* readLines(
  input: ByteSource,
  source: string,
  onHeld: (bytes: number) => void = () => {},
): AsyncGenerator<LineBatch, void, void> {
  let nextLine = 1;
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let buffer = new Uint8Array(PIECE_BYTES);

  const cut = (last: Uint8Array): LineBatch => {
    const length = heldBytes + last.length;
    // A line of megabytes leaves no such buffer behind.
    if (buffer.length <= length || buffer.length > 4 * Math.max(length, PIECE_BYTES)) {
      buffer = new Uint8Array(Math.max(length + 1, PIECE_BYTES));
    }
    let at = 0;
    for (const part of [...held, last]) {
      buffer.set(part, at);
      at += part.length;
    }
    buffer[length] = NEWLINE;
    held = [];
    heldBytes = 0;
    onHeld(0);
    const blankLines = countBlankLines(buffer, length);
    if (blankLines >= BLANK_LINES_MIN) {
      return new LineBatch(buffer, 0, nextLine + blankLines, blankLines);
    }
    return new LineBatch(buffer, length + 1, nextLine, 0);
  };

  for await (const piece of pieces(inflated(input, source))) {
    if (isLiveMark(piece)) {
      yield new LineBatch(piece, 0, nextLine, 0);
      continue;
    }
    const last = piece.lastIndexOf(NEWLINE);
    if (last >= 0) {
      const batch = cut(piece.subarray(0, last));
      yield batch;
      nextLine = batch.nextLine;
    }
    const rest = piece.subarray(last + 1);
    if (rest.length === 0) continue;
    held.push(rest.slice());
    heldBytes += rest.length;
    onHeld(heldBytes);
    if (heldBytes > INPUT_LIMITS.lineBytes) {
      throw new InputSyntaxError(
        { source, line: nextLine },
        `the line is longer than ${INPUT_LIMITS.lineBytes} bytes`,
        remedy`send one row or one frame a line`,
        { code: "too-long" },
      );
    }
  }
  if (heldBytes > 0) yield cut(new Uint8Array(0));
}

/** Lines of bytes that hold nothing but white space; 0 when they hold anything else. */
function countBlankLines(bytes: Uint8Array, length: number): number {
  let count = 1;
  for (let at = 0; at < length; at++) {
    const byte = bytes[at]!;
    if (byte === NEWLINE) count++;
    else if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) return 0;
  }
  return count;
}

/** The bytes, inflated when they are gzip data. */
async function* inflated(input: ByteSource, source: string): AsyncGenerator<Uint8Array> {
  const chunks = checked(input as AsyncIterable<Uint8Array>);
  // One chunk may hold a single byte.
  const start: Uint8Array[] = [];
  let startBytes = 0;
  while (startBytes < FOREIGN_BYTES) {
    const { done, value } = await chunks.next();
    if (done) break;
    // A mark says nothing of bytes that were not read yet.
    if (isLiveMark(value)) continue;
    start.push(value.length < FOREIGN_BYTES ? value.slice() : value);
    startBytes += value.length;
  }
  const all = (async function* () {
    yield* start;
    yield* chunks;
  })();
  try {
    const foreign = foreignFormat(joined(start, startBytes));
    if (foreign !== undefined) {
      throw new InputSyntaxError({ source }, foreign.problem, foreign.remedy, { code: "not-utf8" });
    }
    yield* isGzip(joined(start, startBytes)) ? gunzip(all, source) : all;
  } finally {
    // Whoever leaves during the first chunk has not come to them yet.
    await chunks.return(undefined);
  }
}

async function* checked(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of input) {
    if (!(chunk instanceof Uint8Array)) {
      throw new TypeError(`Input chunk is ${typeof chunk}, expected Uint8Array`);
    }
    yield chunk;
  }
}

/** The same bytes in chunks small enough to become one string each. */
async function* pieces(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of input) {
    if (isLiveMark(chunk)) yield chunk;
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
      yield chunk.subarray(at, at + PIECE_BYTES);
    }
  }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
