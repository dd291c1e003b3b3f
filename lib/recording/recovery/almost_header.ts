import { FORMAT_VERSION, PROFILE_PREFIX } from "../container/format.ts";
import { utf8 } from "../container/json_text.ts";
import { MCAP_MAGIC, OPCODE } from "../container/mcap_records.ts";
import type { RecordingHeader } from "../container/recording_header.ts";
import type { RecordingSource } from "../container/sink.ts";

/** Stands for a version that nothing says, or that is not read. */
export const UNKNOWN_FORMAT = 0;

/** Name by which our files say who wrote them; another program that writes one anew says its own. */
export const LIBRARY = "hindcast";

/** Bytes of a header that may be other than ours has. */
const OTHER_BYTES_MAX = 8;

/**
 * Header of a file that begins almost as ours do, for one that is damaged there; undefined for what
 * is another file. Which version of the format it has is not known.
 */
export async function almostHeader(source: RecordingSource): Promise<RecordingHeader | undefined> {
  const expected = headerBytes();
  const actual = await source.read(0, Math.min(source.size, expected.length));
  const others = expected.reduce((sum, byte, i) => sum + (byte === actual[i] ? 0 : 1), 0);
  if (others > OTHER_BYTES_MAX) return undefined;
  return { end: expected.length, format: FORMAT_VERSION, library: LIBRARY };
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
