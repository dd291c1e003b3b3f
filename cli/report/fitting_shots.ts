import type { RecordingReader } from "../../lib/recording.ts";
import type { PageShotLink } from "../../lib/report.ts";

/** Time by which a shot may be off its frame, in milliseconds: some carry the shooter's own. */
export const OFF_MS_MAX = 1000;

/** Shots of a page as they fit a recording. */
export interface FittingShots {
  /** Shots whose frames and times the recording spans, in their order. */
  readonly shots: readonly PageShotLink[];
  /** Shots before its first frame or after its last, by frame or by time. */
  readonly outside: number;
  /** Shots among `shots` whose time is not that of their frame. */
  readonly off: number;
}

/** Looks for the shots of a page in a recording. @param shots in order of time */
export async function fittingShots(
  shots: readonly PageShotLink[],
  reader: RecordingReader,
): Promise<FittingShots> {
  const { blocks, lastFrame } = reader;
  const [first, last] = [blocks[0], blocks.at(-1)];
  if (first === undefined || last === undefined || lastFrame === undefined) {
    return { shots: [], outside: shots.length, off: 0 };
  }
  const frames = reader.offsetOf(lastFrame);
  const inside = shots.filter(({ frame, timeMs }) => {
    const offset = reader.offsetOf(frame);
    return offset >= 0 && offset <= frames && timeMs >= first.firstTimeMs - OFF_MS_MAX &&
      timeMs <= last.lastTimeMs + OFF_MS_MAX;
  });
  const from = await offsetsAt(inside, -OFF_MS_MAX, reader);
  const to = await offsetsAt(inside, OFF_MS_MAX, reader);
  const off = inside.filter(({ frame }, i) => {
    const offset = reader.offsetOf(frame);
    return offset < from[i]! || offset > to[i]!;
  });
  return { shots: inside, outside: shots.length - inside.length, off: off.length };
}

/** Frames so long after each shot, from the first on; by time, so that each block is read once. */
async function offsetsAt(
  shots: readonly PageShotLink[],
  afterMs: number,
  reader: RecordingReader,
): Promise<number[]> {
  const offsets: number[] = [];
  for (const { timeMs } of shots) {
    const frame = await reader.frameAt(timeMs + afterMs);
    offsets.push(frame === undefined ? 0 : reader.offsetOf(frame));
  }
  return offsets;
}
