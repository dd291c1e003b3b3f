import type { RecordingPart, RowWriter } from "../../lib/recording.ts";
import type { PieceQueue } from "./piece_queue.ts";

/**
 * Writes a part of a recording as rows, no faster than its output takes them.
 *
 * @param onFrame called after each frame
 */
export async function writePart(
  part: RecordingPart,
  rows: RowWriter,
  queue: PieceQueue,
  onFrame: () => void,
): Promise<void> {
  for await (const item of part.timeline()) {
    if ("frame" in item) {
      rows.addFrame(item);
      onFrame();
    } else rows.addEvent(item);
    if (queue.pending !== undefined) await queue.drain();
  }
  rows.finish();
  await queue.drain();
}
