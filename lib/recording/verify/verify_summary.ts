import { hex, readBytes } from "../container/file_bytes.ts";
import type { RecordingIndex } from "../container/recording_index.ts";
import { Section } from "../container/section.ts";
import type { RecordingSource } from "../container/sink.ts";
import type { McapSummary } from "../container/mcap_summary.ts";

/**
 * Checks that the bytes behind the data are those that the data imply.
 *
 * @param end byte behind the data
 * @throws {RecordingSyntaxError} at the first byte that is another
 */
export async function verifySummary(
  source: RecordingSource,
  summary: McapSummary,
  end: number,
): Promise<void> {
  const section = new Section("summary", end, source.name);
  const expected = summary.bytes(end);
  const actual = await readBytes(source, { offset: end, length: source.size - end }, section);
  const at = expected.findIndex((byte, i) => byte !== actual[i]);
  if (at >= 0 && at < actual.length) {
    const [is, must] = [actual[at]!, expected[at]!].map((byte) => hex(byte).slice(-2));
    section.refuse(`the byte is 0x${is}, and the data imply 0x${must}`, { offset: end + at });
  }
  if (actual.length === expected.length) return;
  section.refuse(`it has ${actual.length} bytes, and the data imply ${expected.length}`);
}

/**
 * Checks that the chunks which another program's summary names are those of the data; it need name
 * none.
 *
 * @param offsets bytes at which chunks stand
 * @throws {RecordingSyntaxError} for one that does not
 */
export function verifyForeignIndex(
  { chunks, summaryStart }: RecordingIndex,
  offsets: ReadonlySet<number>,
  name: string | undefined,
): void {
  if (chunks.length === 0) return;
  const section = new Section("summary", summaryStart, name);
  for (const { offset } of chunks) {
    if (!offsets.has(offset)) section.refuse(`no chunk stands at byte ${offset}`);
  }
  if (chunks.length !== offsets.size) {
    section.refuse(`it has ${chunks.length} chunks, the data ${offsets.size}`);
  }
}
