import type { RecordPlace } from "./mcap_records.ts";
import type { Section } from "./section.ts";
import type { RecordingSource } from "./sink.ts";

/**
 * Reads bytes of a source.
 *
 * @throws {RecordingSyntaxError} when the source ends before
 */
export async function readBytes(
  source: RecordingSource,
  place: RecordPlace,
  section: Section,
): Promise<Uint8Array> {
  const { offset, length } = place;
  if (offset + length > source.size) {
    section.refuse(`${length} bytes expected, the file ends at byte ${source.size}`);
  }
  const bytes = await source.read(offset, length);
  if (bytes.length !== length) section.refuse(`${bytes.length} bytes come, ${length} expected`);
  return bytes;
}

/** Eight hexadecimal digits. */
export function hex(crc: number): string {
  return crc.toString(16).padStart(8, "0");
}
