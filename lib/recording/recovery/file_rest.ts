import { FOOTER_BYTES, MCAP_MAGIC, OPCODE, startsWithMagic } from "../container/mcap_records.ts";
import type { DamageFault } from "../contents/recording_damage.ts";
import type { DamageLog } from "./damage_log.ts";
import { headOf, SHAPE_BYTES, shapeOf } from "./record_shape.ts";
import type { SourceWindow } from "./source_window.ts";

/** Section of the fault that a second recording in a file is. */
const RECORDING = "recording";

/** Bytes that are searched at once for the beginning of another recording. */
const SEARCH_BYTES = 1 << 16;

/** True when a recording begins at a byte. */
export async function beginsRecording(window: SourceWindow, at: number): Promise<boolean> {
  const bytes = await window.bytes(at, SHAPE_BYTES);
  if (!startsWithMagic(bytes.subarray(0, MCAP_MAGIC.length))) return false;
  return shapeOf(bytes.subarray(MCAP_MAGIC.length))?.opcode === OPCODE.header;
}

/** Notes that a recording has no end, and another begins there: parts of two are no recording. */
export function noteNext(at: number, log: DamageLog): void {
  log.isCut = true;
  const problem = "the recording has no end, and another that is not read begins here";
  log.add({ section: RECORDING, offset: at, problem }, undefined, "nothing");
}

/**
 * Notes what stands behind the end of a recording: of a file that has its end, if not as the last
 * bytes, nothing was cut.
 *
 * @param start byte behind the data
 */
export async function noteRest(
  window: SourceWindow,
  start: number,
  log: DamageLog,
): Promise<void> {
  const end = await endOf(window, start);
  const next = await findNext(window, start);
  // What leads past its beginning was cut before it.
  if (next !== undefined && !(end !== undefined && end <= next)) {
    log.isCut = true;
    const problem = "another that is not read begins behind it";
    return log.add({ section: RECORDING, offset: next, problem }, undefined, "nothing");
  }
  if (end === undefined || end === window.size) return;
  log.isCut = false;
  const fault: DamageFault = await beginsRecording(window, end)
    ? { section: RECORDING, offset: end, problem: "another that is not read begins behind it" }
    : { section: "end", offset: end, problem: behind(window.size - end) };
  log.add(fault, undefined, "nothing");
}

function behind(bytes: number): string {
  return bytes === 1 ? "1 byte stands behind it" : `${bytes} bytes stand behind it`;
}

/** Byte at which a recording begins; undefined where none does. */
async function findNext(window: SourceWindow, start: number): Promise<number | undefined> {
  for (let at = start; at < window.size; at += SEARCH_BYTES) {
    // A magic may lie over the end of a piece.
    const bytes = (await window.bytes(at, SEARCH_BYTES + MCAP_MAGIC.length)).slice();
    for (let i = bytes.indexOf(MCAP_MAGIC[0]!); i >= 0; i = bytes.indexOf(MCAP_MAGIC[0]!, i + 1)) {
      const mayBe = startsWithMagic(bytes.subarray(i, i + MCAP_MAGIC.length));
      if (mayBe && await beginsRecording(window, at + i)) return at + i;
    }
  }
  return undefined;
}

/** Byte behind the footer that the records of a summary lead to; undefined where they do not. */
async function endOf(window: SourceWindow, start: number): Promise<number | undefined> {
  for (let at = start; at < window.size;) {
    const head = headOf(await window.bytes(at, SHAPE_BYTES));
    if (head === undefined) return undefined;
    if (head.opcode === OPCODE.footer && head.length === FOOTER_BYTES) {
      const behind = await window.bytes(at + FOOTER_BYTES, MCAP_MAGIC.length);
      const end = at + FOOTER_BYTES + MCAP_MAGIC.length;
      return startsWithMagic(behind) ? end : undefined;
    }
    at += head.length;
  }
  return undefined;
}
