import { FORMAT_VERSION, LIBRARY, PROFILE_PREFIX } from "../container/format.ts";
import { utf8 } from "../container/json_text.ts";
import { MCAP_MAGIC, OPCODE, startsWithMagic } from "../container/mcap_records.ts";
import { RecordingSyntaxError } from "../container/recording_error.ts";
import { readHeader, type RecordingHeader } from "../container/recording_header.ts";
import type { RecordingSource } from "../container/sink.ts";
import { beginsRecording } from "./file_rest.ts";
import { SHAPE_BYTES, shapeOf } from "./record_shape.ts";
import { findShape } from "./record_walk.ts";
import { SourceWindow } from "./source_window.ts";

/** Stands for a version that nothing says, or that is not read. */
export const UNKNOWN_FORMAT = 0;

/** Bytes of a header that may be other than ours has. */
const OTHER_BYTES_MAX = 8;

/** Bytes in which a record must begin of a file that lacks its beginning. */
const SEARCHED_BYTES = 1 << 26;

/** Header of a file, or what stands for it. */
export interface FoundHeader extends RecordingHeader {
  /** What is at fault with it; undefined when it is whole. */
  readonly fault: RecordingSyntaxError | undefined;
  /** True when nothing of it is there, so that the records must say that the file is ours. */
  readonly isLost: boolean;
}

/**
 * Header of a file, or what stands for one that is damaged or lost.
 *
 * @throws {RecordingSyntaxError} when the file is none of ours, or later ones than this reads
 */
export async function findHeader(source: RecordingSource): Promise<FoundHeader> {
  try {
    return { ...await readHeader(source), fault: undefined, isLost: false };
  } catch (error) {
    if (!(error instanceof RecordingSyntaxError)) throw error;
    const ours = { format: FORMAT_VERSION, library: LIBRARY, fault: error };
    if (await isAlmostHeader(source)) {
      return { ...ours, end: headerBytes().length, isLost: false };
    }
    const displaced = await displacedHeader(source);
    if (displaced !== undefined) return { ...displaced, fault: error, isLost: true };
    const end = await startOfRecords(source);
    if (end === undefined) throw error;
    return { ...ours, end, isLost: true };
  }
}

/** True for a file that begins almost as ours do. */
async function isAlmostHeader(source: RecordingSource): Promise<boolean> {
  const expected = headerBytes();
  const actual = await source.read(0, Math.min(source.size, expected.length));
  const others = expected.reduce((sum, byte, i) => sum + (byte === actual[i] ? 0 : 1), 0);
  return others <= OTHER_BYTES_MAX;
}

/**
 * Header of a file that lacks the bytes which begin it, or has others before them; undefined where
 * there is none, or it is not ours.
 */
async function displacedHeader(source: RecordingSource): Promise<RecordingHeader | undefined> {
  const { name, size } = source;
  const window = new SourceWindow(source);
  const isBare = shapeOf(await window.bytes(0, SHAPE_BYTES))?.opcode === OPCODE.header;
  const at = isBare ? 0 : await findShape(window, 1, size, SEARCHED_BYTES);
  if (at === undefined || !(isBare || await beginsRecording(window, at))) return undefined;
  const lacking = isBare ? MCAP_MAGIC.length : 0;
  const read = async (_: number, length: number) => {
    const bytes = await source.read(at, Math.max(0, Math.min(length - lacking, size - at)));
    return isBare ? Uint8Array.of(...MCAP_MAGIC, ...bytes) : bytes;
  };
  try {
    const header = await readHeader({ name, size: size - at + lacking, read });
    return { ...header, end: at + header.end - lacking };
  } catch (error) {
    if (error instanceof RecordingSyntaxError) return undefined;
    throw error;
  }
}

/** Byte at which records begin without a header; undefined where there are none, or one is there. */
async function startOfRecords(source: RecordingSource): Promise<number | undefined> {
  const window = new SourceWindow(source);
  const head = await window.bytes(0, MCAP_MAGIC.length + SHAPE_BYTES);
  const start = startsWithMagic(head.subarray(0, MCAP_MAGIC.length)) ? MCAP_MAGIC.length : 0;
  const shape = shapeOf(head.subarray(start));
  if (shape?.opcode === OPCODE.header) return undefined;
  if (shape !== undefined && start + shape.length <= source.size) return start;
  const next = await findShape(window, start + 1, source.size, SEARCHED_BYTES);
  return next === undefined ? undefined : start;
}

/** First bytes of each file that we write. */
function headerBytes(): Uint8Array {
  const [profile, library] = [utf8(`${PROFILE_PREFIX}${FORMAT_VERSION}`), utf8(LIBRARY)];
  const length = 4 + profile.length + 4 + library.length;
  return Uint8Array.of(
    ...MCAP_MAGIC,
    OPCODE.header,
    ...[length, 0, 0, 0, 0, 0, 0, 0],
    ...[profile.length, 0, 0, 0],
    ...profile,
    ...[library.length, 0, 0, 0],
    ...library,
  );
}
