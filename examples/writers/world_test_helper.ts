import assert from "node:assert/strict";
import { FileSource, RecordingReader } from "../../lib/recording.ts";

/** First frame of the world that every writer is tried with. */
export const FIRST_FRAME = 100;

const AWKWARD = 'q" b\\ n\n r\r t\t bell\x07 esc\x1b del\x7f 😀 é \u2028 </script>';
const AWKWARD_ID = 'a"b\\c 😀';
/** Beyond 2^53: a number that went through a double is another one. */
const WIDE_ID = "9007199254740993";

/** A frame with its entities under their names. */
export interface NamedFrame {
  readonly frame: number;
  readonly timeMs: number;
  readonly entities: readonly {
    readonly id: string;
    readonly kind: string;
    readonly fields: Readonly<Record<string, number | bigint | boolean | string>>;
  }[];
}

/** The frame that a writer's program sends, computed here by itself. */
export function worldFrame(f: number): NamedFrame {
  const entities: NamedFrame["entities"][number][] = [];
  const isOdd = f % 2 === 1;
  if (f % 7 !== 2) {
    ["1", AWKWARD_ID, WIDE_ID].forEach((id, j) =>
      entities.push({
        id,
        kind: "player",
        fields: {
          x: (f * 7 + j * 3) / 8,
          tenth: f / 10,
          third: (f + j) / 3,
          single: Math.fround((f + j) / 7),
          zero: isOdd ? -0 : 0,
          big: isOdd ? -1e21 : 1e21,
          wide: 2n ** 53n,
          edge: isOdd ? Number.MIN_VALUE : Number.MAX_VALUE,
          small: f / 1e7,
          ...(isOdd ? {} : { odd: f }),
          alive: f % 3 === 0,
          name: AWKWARD,
          ticks: Number.MIN_SAFE_INTEGER + f,
        },
      })
    );
    if (f % 4 !== 0) {
      const owner = WIDE_ID;
      entities.push({ id: `r${Math.floor(f / 8)}`, kind: "rocket", fields: { owner } });
    }
  }
  entities.sort((a, b) => a.id < b.id ? -1 : 1);
  return { frame: f, timeMs: f * 20, entities };
}

/** The event that a writer's program sends before a frame; undefined when there is none. */
export function worldEvent(f: number): Readonly<Record<string, unknown>> | undefined {
  if (f % 3 !== 0) return undefined;
  return {
    ev: "shot",
    f,
    shooter: AWKWARD_ID,
    ping: f / 4,
    stamp: f - 2.5,
    text: AWKWARD,
    nothing: null,
    hit: f % 2 === 0,
  };
}

/** All that a recording holds, entities in the order of their names. */
export async function readRecording(path: string): Promise<{
  readonly frames: readonly NamedFrame[];
  readonly events: readonly Readonly<Record<string, unknown>>[];
}> {
  const source = new FileSource(path);
  try {
    const reader = await RecordingReader.open(source);
    const frames: NamedFrame[] = [];
    for await (const snapshot of reader.snapshots()) {
      const { frame, timeMs, entities } = snapshot.toFrame();
      const named = entities.map(({ id, kind, fields }) => ({
        id: String(reader.names.idOf(id)),
        kind,
        fields: { ...fields },
      }));
      frames.push({ frame, timeMs, entities: named.sort((a, b) => a.id < b.id ? -1 : 1) });
    }
    const events: Readonly<Record<string, unknown>>[] = [];
    for await (const { data } of reader.events("frame")) events.push(data);
    return { frames, events };
  } finally {
    source.close();
  }
}

/**
 * Holds a recording against the world, row by row.
 * @param from first frame that it has to have
 * @param isJoined the recorder came while the game ran: it may have come behind the event of the
 *   first frame and before its states
 */
export async function assertWorld(
  path: string,
  from: number,
  count: number,
  { isJoined = false } = {},
): Promise<void> {
  const { frames, events } = await readRecording(path);
  const numbers = Array.from({ length: count }, (_, i) => from + i);
  const expected = numbers.map(worldFrame);
  assert.deepEqual(frames.map(({ frame }) => frame), numbers);
  frames.forEach((frame, i) => assert.deepEqual(frame, expected[i]));
  // The event of a frame comes before it, and the frame may not have come any more.
  const of = events.filter(({ f }) => Number(f) >= from && Number(f) < from + count);
  const isLate = isJoined && !of.some(({ f }) => f === from);
  const expectedEvents = numbers.slice(isLate ? 1 : 0).map(worldEvent)
    .filter((event) => event !== undefined);
  assert.deepEqual(of, expectedEvents);
}
