import type { ReadonlyEntityNames } from "../core/names/entity_names.ts";
import type { FrameHead, StateEvent } from "../core/state/state.ts";
import type { StreamEvents } from "./events/stream_events.ts";
import type { FrameSource } from "./frame_source.ts";
import type { EntityIds } from "./frames/entity_ids.ts";
import type { FrameClock } from "./frames/frame_clock.ts";
import type { QuietFrames } from "./frames/quiet_frames.ts";
import type { ByteSource } from "./input/byte_source.ts";
import { InputSyntaxError } from "./input/input_error.ts";
import { ALL_SO_FAR, isLiveMark } from "./input/live_mark.ts";
import { RowFault } from "./input/row_fault.ts";
import { noStates } from "./no_states.ts";
import type { LineReader } from "./line_reader.ts";
import { LineBatch } from "./rows/line_batch.ts";
import { readLines } from "./rows/text_lines.ts";
import type { ReadStatesOptions } from "./states_options.ts";
import { Told } from "./told.ts";

/** Tells what frames lack because of lines that were skipped. */
export interface LineLosses<T> {
  /** Remembers a line that was skipped: what it names, and the frame that is being read. */
  skip(frame: unknown, id: unknown, current: number | undefined): void;
  /** Tells what is lost up to a frame that comes out now. */
  complete(frame: T): void;
  /**
   * Tells what is lost behind the last frame, of a session or of all.
   *
   * @param names says which entities have an id in the next session
   */
  end(names?: ReadonlyEntityNames): void;
}

/** What a reading of states works with. */
export interface ReadingParts<T extends FrameHead> {
  /** Name of the input for messages. */
  readonly source: string;
  /** Tells entities by the ids of a session. */
  readonly ids: EntityIds;
  /** Says when frames are, and of which session. */
  readonly clock: FrameClock;
  /** Reads the lines. */
  readonly reader: LineReader<T>;
  /** Takes the events among them. */
  readonly events: StreamEvents;
  /** Puts frames between them; undefined where there are none. */
  readonly quiet: QuietFrames<T> | undefined;
  /** Told of lines that are skipped and of frames that come out. */
  readonly losses: LineLosses<T> | undefined;
  /** Tells the notes, once, when the frames end, fail, or are wanted no more. */
  readonly tellNotes: () => void;
}

type Items<T> = Generator<T | Told, void, void>;

/**
 * Frames of an input that its lines hold, with the quiet frames between them; events are handed on
 * before the first frame that is not before them, and at the end.
 */
export class StatesReading<T extends FrameHead> implements FrameSource<T> {
  readonly #parts: ReadingParts<T>;
  readonly #options: ReadStatesOptions;
  readonly #batches: AsyncGenerator<LineBatch, void, void>;
  #items: Items<T> = nothing();
  #due: Told | undefined;
  /** The last frame that was complete, and its session. */
  #last: FrameHead | undefined;
  #session = 0;
  #failure: { readonly error: unknown } | undefined;
  #skipped = 0;
  /** True once a frame is complete or events are handed on before it, and once all was read. */
  #isBegun = false;
  #isOver = false;
  #isStarted = false;
  #isAmidLine = false;

  /** Reading that has not begun. */
  constructor(input: ByteSource, options: ReadStatesOptions, parts: ReadingParts<T>) {
    this.#parts = parts;
    this.#options = options;
    this.#batches = readLines(input, parts.source, (bytes) => this.#isAmidLine = bytes > 0);
  }

  /** The next frame that the lines at hand complete. */
  next(): T | undefined {
    try {
      const { value } = this.#items.next();
      if (!(value instanceof Told)) return value as T | undefined;
      this.#due = value;
    } catch (error) {
      this.#failure = { error };
    }
    return undefined;
  }

  /** Hands on events that are due, or reads the next lines. @throws {InputSyntaxError} */
  async more(): Promise<boolean> {
    this.#isStarted = true;
    const due = this.#due;
    if (due !== undefined) {
      this.#due = undefined;
      await this.#tell(due.events);
      if (due.session !== undefined) {
        await this.#options.onSession?.(due.session, due.names);
      }
      return true;
    }
    if (this.#failure !== undefined) return await this.#fail(this.#failure.error);
    if (this.#isOver) return false;
    try {
      const { value: batch } = await this.#batches.next();
      this.#isOver = batch === undefined;
      this.#items = batch === undefined ? this.#rest() : this.#framesOf(batch);
    } catch (error) {
      const { reader } = this.#parts;
      if (error instanceof InputSyntaxError) {
        return await this.#fail(this.#isOver ? error : reader.ending(error));
      }
      if (reader.isAmidFrame && reader.hasAllBefore && !this.#isAmidLine) {
        this.#items = this.#lastBefore(error);
        return true;
      }
      if (reader.isAmidFrame) this.#options.onCut?.(reader.frame!);
      return await this.#fail(error);
    }
    return true;
  }

  /** Ends the reading. */
  async close(): Promise<void> {
    await this.#batches.return();
    if (this.#isStarted) this.#parts.tellNotes();
  }

  async #fail(error: unknown): Promise<never> {
    const { events } = this.#parts;
    // They were read, and are not at fault. Without a frame only live ones have been recorded.
    if (!this.#isBegun) this.#options.onLostEvents?.(events.count);
    else if (!this.#isOver) await this.#tell(events.rest(true));
    throw error;
  }

  async #tell(due: readonly StateEvent[]): Promise<void> {
    for (const event of due) await this.#options.onEvent?.(event);
  }

  *#framesOf(batch: LineBatch): Items<T> {
    const { reader, events } = this.#parts;
    if (isLiveMark(batch.bytes)) yield* this.#soFar(batch.bytes);
    reader.skipBlankLines(batch);
    for (; !batch.isOver; batch.next()) {
      let frames: readonly T[];
      let refusal: InputSyntaxError | undefined;
      try {
        frames = reader.read(batch);
      } catch (fault) {
        const mended = this.#readMended(batch, fault);
        const isTold = this.#options.mend !== undefined;
        if (mended === undefined && this.#skips(fault, isTold)) continue;
        if (mended === undefined) refusal = reader.lastRefusal(fault as RowFault);
        const before = mended === undefined ? reader.frameBeforeFault() : undefined;
        frames = mended ?? (before === undefined ? [] : [before]);
      }
      if (events.isFull) yield new Told(events.rest());
      for (let i = 0; i < frames.length; i++) yield* this.#complete(frames[i]!);
      const next = this.#next();
      if (next !== undefined) yield* this.#startSession(next);
      if (refusal !== undefined) throw refusal;
    }
  }

  /** What a mark of a live source asks for: the frame at hand, and the events that wait. */
  *#soFar(mark: Uint8Array): Items<T> {
    const { reader, events } = this.#parts;
    this.#isBegun = true;
    const frame = mark === ALL_SO_FAR ? reader.endFrame() : undefined;
    if (frame !== undefined) yield* this.#complete(frame);
    const { onRestart, joined } = this.#options;
    const last = onRestart === "split" && joined !== true ? this.#last : undefined;
    const due = mark === ALL_SO_FAR ? events.rest() : events.aged(last);
    if (due.length > 0) yield new Told(due);
  }

  /** Frames that a refused line completes once it is mended; undefined when it is not. */
  #readMended(batch: LineBatch, fault: unknown): readonly T[] | undefined {
    const { mend } = this.#options;
    if (mend === undefined) return undefined;
    const { reader, clock } = this.#parts;
    let refused = batch;
    for (let reason = fault;;) {
      if (!(reason instanceof RowFault)) throw reason;
      const refusal = reason;
      const { target, sort } = refusal;
      const text = reader.textOf(refused);
      const { frame, format, named } = reader;
      const { timeMs } = clock;
      const error = () => reader.refusal(refusal);
      const isCsv = format === "csv";
      const mended = mend({
        line: batch.line,
        sort,
        error,
        target,
        text,
        isCsv,
        frame,
        timeMs,
        named: named?.frame,
      });
      if (mended === undefined) return undefined;
      refused = LineBatch.of(mended, batch.line);
      try {
        const frames: T[] = [];
        for (; !refused.isOver; refused.next()) frames.push(...reader.read(refused));
        return frames;
      } catch (next) {
        reason = next;
      }
    }
  }

  /** A frame that is complete, and what precedes it. */
  *#complete(frame: T): Items<T> {
    const { events, quiet, losses } = this.#parts;
    this.#isBegun = true;
    const last = this.#last;
    const isBack = last !== undefined &&
      (frame.frame <= last.frame || frame.timeMs < last.timeMs);
    if (isBack && this.#next() !== undefined) yield* this.#startSession(frame);
    const next = this.#next();
    this.#last = { frame: frame.frame, timeMs: frame.timeMs };
    losses?.complete(frame);
    if (quiet !== undefined) {
      for (const before of quiet.before(frame)) {
        if (events.isDue(before)) yield new Told(events.before(before, next));
        yield before;
      }
    }
    if (events.isDue(frame)) yield new Told(events.before(frame, next));
    yield frame;
  }

  /** First frame of the session that is being read, where its start was not told yet. */
  #next(): FrameHead | undefined {
    const { clock } = this.#parts;
    if (clock.session === this.#session) return undefined;
    return { frame: clock.frame!, timeMs: clock.timeMs };
  }

  /** Ends a session. @param first the first frame of the next */
  *#startSession(first: FrameHead): Items<T> {
    const { events, quiet, losses, ids } = this.#parts;
    const names = ids.nextNames();
    quiet?.restart();
    losses?.end(names);
    this.#session++;
    yield new Told(events.endSession(this.#last!, first), this.#session, names);
    this.#last = undefined;
  }

  /** The frame at hand of a source that failed behind it. */
  *#lastBefore(error: unknown): Items<T> {
    yield* this.#complete(this.#parts.reader.endFrame()!);
    throw error;
  }

  /** What is left when all lines were read. */
  *#rest(): Items<T> {
    const { source, reader, events, losses } = this.#parts;
    try {
      reader.end();
    } catch (fault) {
      if (!this.#skips(fault)) throw reader.lastRefusal(fault as RowFault);
    }
    const last = reader.endFrame();
    if (last !== undefined) yield* this.#complete(last);
    losses?.end();
    if (reader.taken > 0) return yield new Told(events.rest());
    if (this.#isBegun) yield new Told(events.rest(true));
    throw noStates(source, {
      events: events.count,
      nameKey: events.nameKey,
      skipped: this.#skipped,
    });
  }

  /** True when a line is skipped for its fault. @throws whatever is none */
  #skips(fault: unknown, isTold = false): boolean {
    if (!(fault instanceof RowFault)) throw fault;
    const { reader, losses, clock } = this.#parts;
    if (this.#options.skipBad !== true || reader.isLost) return false;
    this.#skipped++;
    if (!isTold) this.#options.onBadLine?.(reader.refusal(fault));
    if (reader.named !== undefined) {
      losses?.skip(clock.frameOf(reader.named.frame), reader.named.id, reader.frame);
    }
    return true;
  }
}

function* nothing(): Generator<never, void, void> {}
