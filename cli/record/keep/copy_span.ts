import { setImmediate } from "node:timers";
import { Snapshot } from "../../../lib/core/state/snapshot.ts";
import type { StateEvent } from "../../../lib/ingest.ts";
import type {
  PlacedEvent,
  RecordingOptions,
  RecordingSink,
  RecordingSource,
  RecordingSummary,
} from "../../../lib/recording.ts";
import { isLater } from "../is_later.ts";
import { RecordingReader } from "../../../lib/recording/recording_reader.ts";
import { RecordingWriter } from "../../../lib/recording/recording_writer.ts";
import { RecordingPart } from "../../../lib/tools/select/recording_part.ts";

/** A span of time, both ends included, in milliseconds. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
  /** Frame up to which events are of it, also where no frame is. */
  readonly lastFrame: number;
  /** Frame that it is about. */
  readonly frame: number;
  /** True when nothing was before the segments. */
  readonly isFromStart: boolean;
}

/** What was copied. */
export interface CopiedSpan extends RecordingSummary {
  readonly states: number;
  readonly firstFrame: number | undefined;
  readonly lastFrame: number | undefined;
  /** True when the frame that it is about is in it. */
  readonly hasFrame: boolean;
}

/** Time after which others have a turn, in milliseconds. */
const SLICE_MS = 2;

/**
 * Copies a span of segments that follow each other, of which the last may still be written, to one
 * recording. Entities have the same numbers in all of them. Others run in between.
 *
 * @throws {Error} of a file, of the sink
 */
export async function copySpan(
  segments: readonly RecordingSource[],
  { fromMs, toMs, lastFrame: triggerFrame, frame: about, isFromStart }: Span,
  sink: RecordingSink,
  options: RecordingOptions,
): Promise<CopiedSpan> {
  const turns = new Turns();
  const readers: RecordingReader[] = [];
  for (const source of segments) {
    readers.push(await RecordingReader.open(source, { damage: "leave-out" }));
    await turns.next();
  }
  const span = await framesOf(readers, {
    fromMs,
    toMs,
    lastFrame: triggerFrame,
    frame: about,
    isFromStart,
  });
  const writer = await RecordingWriter.open(sink, options);
  let states = 0;
  let hasFrame = false;
  let firstFrame: number | undefined;
  let lastFrame: number | undefined;
  for (const reader of readers) {
    const snapshot = new Snapshot(reader.layout);
    const part = RecordingPart.of(reader);
    const events = await EventsOf.open(part);
    const takeEvents = async (end: number) => {
      for (; events.offset < end; await events.next()) {
        const frame = ((reader.firstFrame ?? 0) + events.offset) >>> 0;
        const isWithin = !isLater(span.first, frame) && !isLater(frame, span.last);
        // The one that it is for, although its frame may not be kept any more.
        if (!isWithin && frame !== about) continue;
        await writer.writeEvent(events.event!, frame);
        await turns.next();
      }
    };
    for await (const { block, start, end } of part.blocks()) {
      for (let i = start; i < end; i++) {
        const frame = block.frames[i]!;
        const timeMs = block.timesMs[i]!;
        await takeEvents(reader.offsetOf(frame));
        if (!(timeMs >= fromMs && timeMs <= toMs)) continue;
        firstFrame ??= frame;
        lastFrame = frame;
        hasFrame ||= frame === about;
        block.read(i, snapshot);
        states += snapshot.count;
        await writer.writeSnapshot(snapshot);
        await turns.next();
      }
    }
    await takeEvents(Infinity);
    await events.close();
  }
  const summary = await writer.close();
  return { ...summary, states, firstFrame, lastFrame, hasFrame };
}

/** Frames between which events are of a span: one that came late, or early, is in any segment. */
async function framesOf(
  readers: readonly RecordingReader[],
  { fromMs, toMs, lastFrame, frame, isFromStart }: Span,
): Promise<{ readonly first: number; readonly last: number }> {
  const all = readers.filter(({ firstFrame }) => firstFrame !== undefined);
  let first = all[0]?.firstFrame ?? 0;
  // An event may come before all frames.
  if (isFromStart && isLater(first, frame)) first = frame;
  const start = first;
  let last = lastFrame;
  for (const reader of all) {
    const from = await reader.frameAt(fromMs);
    if (from !== undefined && !(start === frame && isFromStart)) {
      const answer = await reader.at(from);
      first = answer.found && answer.state.timeMs < fromMs ? (from + 1) >>> 0 : from;
    }
    const to = await reader.frameAt(toMs);
    if (to !== undefined && isLater(to, last)) last = to;
  }
  return { first, last };
}

/** Events of a recording by their places, one at a time. */
class EventsOf {
  readonly #events: AsyncGenerator<PlacedEvent, void, void>;
  #head: PlacedEvent | undefined;

  private constructor(events: AsyncGenerator<PlacedEvent, void, void>) {
    this.#events = events;
  }

  static async open(part: RecordingPart): Promise<EventsOf> {
    const events = new EventsOf(part.events());
    await events.next();
    return events;
  }

  /** The event at hand, and frames from the first to where it stands; none behind the last. */
  get event(): StateEvent | undefined {
    return this.#head?.event;
  }

  get offset(): number {
    return this.#head?.offset ?? Infinity;
  }

  async next(): Promise<void> {
    this.#head = (await this.#events.next()).value ?? undefined;
  }

  async close(): Promise<void> {
    await this.#events.return();
  }
}

/** Lets others have turns. */
class Turns {
  #sinceMs = performance.now();

  /** Waits for a turn of the event loop where this one is long. */
  async next(): Promise<void> {
    if (performance.now() - this.#sinceMs < SLICE_MS) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.#sinceMs = performance.now();
  }
}
