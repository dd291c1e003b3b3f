import type { RecordingReader } from "../../../lib/recording.ts";

/**
 * Says of a place, in frames from the first of a recording, whether its frames are lost: nothing
 * that stands there can be judged.
 */
export function lostPlaces(reader: RecordingReader): (offset: number) => boolean {
  const { damage, lastFrame } = reader;
  if (damage === undefined) return () => false;
  const places = damage.lost.map(({ known, after, before }) => {
    if (known !== undefined) return [reader.offsetOf(known.from), reader.offsetOf(known.to)];
    return [
      after === undefined ? -Infinity : reader.offsetOf(after) + 1,
      before === undefined ? Infinity : reader.offsetOf(before) - 1,
    ];
  });
  // Events may have reached the disk before their frames.
  if (damage.isCut && lastFrame !== undefined) {
    places.push([reader.offsetOf(lastFrame) + 1, Infinity]);
  }
  return (offset) => places.some(([first, last]) => offset >= first! && offset <= last!);
}
