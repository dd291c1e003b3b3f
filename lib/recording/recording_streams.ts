import type { Snapshot } from "../core/state/snapshot.ts";
import type { FrameHead, StateEvent, StateFrame } from "../core/state/state.ts";
import type { Frame } from "../core/time/frame.ts";
import { FACTS_NAME } from "./container/format.ts";
import { McapOutput } from "./container/mcap_output.ts";
import type { RecordingSink } from "./container/sink.ts";
import { EventStream } from "./events/event_stream.ts";
import { PreviewStream } from "./events/preview_stream.ts";
import { assertEntities, assertRows } from "./handed_frame.ts";
import { FrameIntake } from "./frame_intake.ts";
import { FrameOrder } from "./frame_order.ts";
import { NameStream } from "./names/name_stream.ts";
import { beginningMembers, factsOfOptions, writeEnd } from "./recording_ends.ts";
import type { RecordingFacts } from "./facts/recording_facts.ts";
import type { RecordingOptions, RecordingSummary } from "./recording_options.ts";
import { SchemaWindow } from "./revision/schema_window.ts";
import { StateStream } from "./state_stream.ts";
import { oneStep, type Work } from "./queue/work.ts";
import { AtOnce, type WriteOrder } from "./queue/write_order.ts";
import { WriteQueue } from "./queue/write_queue.ts";

/** How {@linkcode RecordingStreams} write what no option says. */
export interface StreamDefaults {
  /** Level of zstd. */
  readonly level: number;
  /** Told once when the sink fails in the course of works that wait for their turn. */
  readonly onFailure?: (error: unknown) => void;
}

/**
 * What goes into a recording, each on its way into the one file: facts, states, events, previews,
 * names. Nobody has to wait for anything.
 */
export class RecordingStreams {
  /** The frames so far. */
  readonly order: FrameOrder = new FrameOrder();
  readonly #facts: RecordingFacts;
  readonly #output: McapOutput;
  readonly #works: WriteOrder;
  readonly #states: StateStream;
  readonly #intake: FrameIntake;
  readonly #events: EventStream;
  readonly #previews: PreviewStream | undefined;
  #isStarted = false;
  #firstSync: Promise<void> | undefined;

  /** Nothing but the header yet. */
  constructor(sink: RecordingSink, options: RecordingOptions, defaults: StreamDefaults) {
    const { schema, rateHz, level = defaults.level, preview, names } = options;
    const { offThread = false, sharesStates = false } = options;
    this.#facts = factsOfOptions(options);
    const output = new McapOutput(sink, "hindcast", offThread);
    const works = offThread ? new WriteQueue(output, defaults.onFailure) : new AtOnce(output);
    const named = names && new NameStream(output, level, names);
    this.#states = new StateStream(output, works, {
      level,
      // A window hands on copies, which nothing changes.
      sharesStates: schema === undefined || sharesStates,
      *beforeBlock(content): Work {
        if (named !== undefined) yield* named.writeBefore(content);
      },
      onBlock: (nowMs) => {
        this.#events.flushOld(nowMs);
        this.#previews?.flushOld(nowMs);
      },
    });
    const window = schema === undefined ? new SchemaWindow({ sharesStates }) : undefined;
    this.#intake = new FrameIntake(this.#states, window);
    const timeline = () => this.#states.timeline(this.#intake.waiting, rateHz);
    this.#events = new EventStream(output, works, level, timeline);
    this.#previews = preview ? new PreviewStream(output, works, level, names) : undefined;
    this.#output = output;
    this.#works = works;
    if (schema !== undefined) this.#states.revise(schema);
  }

  /** Blocks that the sink has whole, once nothing is to be waited for. */
  get blocks(): number {
    return this.#states.written;
  }

  /** Memory of what waits for its turn, in bytes. */
  get waitingBytes(): number {
    return this.#works.waitingBytes;
  }

  /** Memory of what waits for more before it is complete, in bytes. */
  get openBytes(): number {
    const previews = this.#previews === undefined ? 0 : this.#previews.openBytes;
    return this.#intake.openBytes + this.#states.openBytes + this.#events.openBytes + previews;
  }

  /** Number of frames. */
  get frameCount(): number {
    return this.order.count;
  }

  /** What the sink has taken. */
  get taken(): { readonly frames: number; readonly events: number } {
    return { frames: this.#states.writtenFrames, events: this.#events.written };
  }

  /** Settles when the sink has everything that is complete. */
  idle(): Promise<void> | undefined {
    return this.#works.idle();
  }

  /** Has everything that is complete made durable. */
  sync(): Promise<void> | undefined {
    return this.#works.sync();
  }

  /** What to wait for before more is added; undefined for nothing. Rejects as `idle`. */
  room(): Promise<void> | undefined {
    const firstSync = this.#firstSync;
    this.#firstSync = undefined;
    return firstSync ?? this.#works.room();
  }

  /** Adds a frame. @throws {RangeError | TypeError} as `RecordingWriter.write` */
  add(frame: StateFrame): void {
    this.order.assertFollows(frame);
    assertEntities(frame);
    this.#intake.add(frame);
    this.#advance(frame);
    if (this.#previews?.isDue(frame.timeMs)) this.#previews.add(frame);
  }

  /** Adds a frame of rows. @throws {RangeError} as `RecordingWriter.writeSnapshot` */
  addSnapshot(snapshot: Snapshot): void {
    this.order.assertFollows(snapshot);
    assertRows(snapshot);
    this.#intake.addSnapshot(snapshot);
    this.#advance(snapshot);
    if (this.#previews?.isDue(snapshot.timeMs)) this.#previews.add(snapshot.toFrame());
  }

  /** Adds an event. @throws {RangeError | TypeError} as `RecordingWriter.writeEvent` */
  addEvent(event: StateEvent, standsAt: Frame | undefined): void {
    this.#events.add(event, this.order.lastTimeMs, standsAt);
    if (!this.#events.isFull) return;
    this.#start(undefined);
    this.#events.flush();
  }

  /**
   * Completes whatever waits for more, but for events of which only the first frame says where.
   *
   * @returns false when before the first frame nothing else waits
   */
  flush(): boolean {
    if (this.frameCount > 0) this.#flushAll();
    else if (this.#events.waiting(false) === 0) return false;
    else {
      this.#start(undefined);
      this.#events.flush(false);
    }
    return true;
  }

  #flushAll(): void {
    this.#intake.flush();
    this.#states.flush();
    this.#start(undefined);
    this.#events.flush();
    this.#previews?.flush();
  }

  /** Writes all that is left, and the end of the file. @throws {Error} of the sink */
  async end(): Promise<RecordingSummary> {
    this.#flushAll();
    await this.#works.idle();
    writeEnd(this.#output, this.#states, this.#events.counts);
    await this.#output.sync();
    return {
      ...this.taken,
      blocks: this.blocks,
      revisions: this.#states.revisions,
      bytes: this.#output.length,
    };
  }

  /** Writes nothing any more, not even what waits. */
  abandon(error: unknown): void {
    this.#works.abandon(error);
  }

  #advance(head: FrameHead): void {
    this.order.add(head);
    if (this.frameCount > 1) return;
    this.#start(head.frame);
    this.#states.announce();
    this.#firstSync = this.#works.sync();
  }

  /** Writes what is known when the first frame is, or the first event before it has to go. */
  #start(frame: number | undefined): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    const members = beginningMembers(this.#facts, this.#states.schema, frame);
    this.#works.run(oneStep(() => this.#output.metadata(FACTS_NAME, members)), 0);
    this.#states.announce();
  }
}
