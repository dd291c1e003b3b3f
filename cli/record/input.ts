import { setImmediate } from "node:timers";
import type { BadLines, FrameHead, FrameSource, InputNote } from "../../lib/ingest.ts";
import type { ReadStatesOptions, Schema, SchemaInference } from "../../lib/ingest.ts";
import type { KeptStates, StateEvent, StateFrame } from "../../lib/ingest.ts";
import { EventQueue } from "../../lib/ingest/events/event_queue.ts";
import { framesOf } from "../../lib/ingest/frame_source.ts";
import { observeStates } from "../../lib/ingest/observe_states.ts";
import { readEvents } from "../../lib/ingest/read_events.ts";
import { openSnapshots } from "../../lib/ingest/read_snapshots.ts";
import { ShapeFacts } from "../../lib/ingest/kinds/shape_facts.ts";
import { pulsedBytes } from "../../lib/ingest/live/pulsed_bytes.ts";
import { openStates } from "../../lib/ingest/read_states.ts";
import { EntityNames } from "../../lib/core/names/entity_names.ts";
import type { Snapshot, SnapshotLayout } from "../../lib/world.ts";
import type { Input } from "../files/files.ts";
import { type InterleavedSink, interleaveStreams } from "./interleave.ts";
import { interleaveLive } from "./interleave_live.ts";
import { FLUSH_MS } from "./live_flush.ts";
import type { RecordOptions } from "./options.ts";
import { readOptions } from "./read_options.ts";
import type { StopSignal } from "./stop_signal.ts";
import { warn } from "../terminal/terminal.ts";

/** Takes what a reading of states tells besides frames. */
export interface StatesWatch {
  readonly bad: BadLines;
  readonly onEvent: (event: StateEvent) => void | Promise<void>;
  /** Called where a session ends and another begins. */
  readonly onSession?: ReadStatesOptions["onSession"];
  /** Called with the frame that was not complete where the reading was stopped. */
  readonly onCut?: (frame: number) => void;
  /** Called with how many events came where no frame did. */
  readonly onLostEvents?: (count: number) => void;
  readonly onWarning: (warning: InputNote) => void;
  readonly onNote?: ((note: InputNote) => void) | undefined;
  /** Called with the length of each piece that is read. */
  readonly onBytes: (count: number) => void;
}

/** The streams of a session, read as its options say, until the user stops. */
export class RecordInput {
  readonly #states: Input;
  readonly #events: Input | undefined;
  readonly #options: RecordOptions;
  readonly #stop: StopSignal;
  /** What the readings find, and the next one knows. */
  readonly shapes: ShapeFacts;
  #names = new EntityNames();

  /** Streams that are not open. */
  constructor(
    states: Input,
    events: Input | undefined,
    options: RecordOptions,
    stop: StopSignal,
  ) {
    this.#states = states;
    this.#events = events;
    this.#options = options;
    this.#stop = stop;
    this.shapes = new ShapeFacts(!states.isRepeatable);
  }

  /** Ids of the entities of the reading that began last. */
  get names(): EntityNames {
    return this.#names;
  }

  /**
   * The frames, from the first, and the events among them.
   *
   * @param schema what rows must fit
   * @param layout what the frames are to be snapshots of, unless lines are skipped
   */
  frames(
    schema: Schema | undefined,
    layout: SnapshotLayout | undefined,
    watch: StatesWatch,
  ): FrameSource<StateFrame | Snapshot> {
    const bytes = this.#open(watch);
    const options = this.#readOptions(schema, watch);
    // What frames lack for lines that were skipped is told of objects.
    return layout === undefined || this.#options.skipBad === true
      ? openStates(bytes, options)
      : openSnapshots(bytes, layout, options);
  }

  /**
   * Shows the frames to an inference, which leaves the input to be read again.
   *
   * @param kept keeps them as well
   */
  observe(
    schema: Schema | undefined,
    inference: SchemaInference,
    watch: StatesWatch,
    kept: KeptStates | undefined,
  ): Promise<void> {
    return observeStates(this.#open(watch), inference, this.#readOptions(schema, watch), kept);
  }

  /** The frames that a first reading kept, and the events among them, as from the input. */
  kept(
    kept: KeptStates,
    layout: SnapshotLayout,
    { onEvent, onSession, onWarning, onNote, onBytes }: StatesWatch,
  ): FrameSource<Snapshot> {
    const onPiece = async (bytes: number) => {
      await this.#stop.unlessRaised(new Promise((resolve) => setImmediate(resolve)));
      onBytes(bytes);
    };
    return kept.open(layout, { onEvent, onSession, onWarning, onNote, onPiece });
  }

  /** Time after which an event of live input waits for its frame no longer, twice that at most. */
  get #waitMs(): number {
    return (this.#options.flushMs ?? FLUSH_MS) / 4;
  }

  #open({ onBytes }: StatesWatch): AsyncIterable<Uint8Array> {
    const { isLive, endsAtStop } = this.#states;
    if (endsAtStop) return this.#states.open();
    const bytes = this.#stop.until(this.#states.open(), onBytes, isLive);
    return isLive ? pulsedBytes(bytes, this.#waitMs) : bytes;
  }

  #readOptions(schema: Schema | undefined, watch: StatesWatch): ReadStatesOptions {
    this.#names = new EntityNames({ isByKind: this.#options.idsByKind === true });
    return {
      ...readOptions(this.#options, this.#states.name),
      joined: this.#states.isJoined,
      names: this.#names,
      shapes: this.shapes,
      schema,
      onEvent: watch.onEvent,
      onSession: watch.onSession,
      onBadLine: this.#states.refuse ?? watch.bad.add,
      onLoss: watch.bad.lose,
      onCut: watch.onCut,
      onLostEvents: watch.onLostEvents,
      onWarning: watch.onWarning,
      onNote: watch.onNote,
    };
  }

  /** The events beside the states; undefined when there are none. */
  events(onBadLine: BadLines["add"]): AsyncGenerator<StateEvent, void, void> | undefined {
    if (this.#events === undefined) return undefined;
    const { frameKey, timeKey, timeUnit, eventKey, skipBad } = this.#options;
    const { frameBits, frameOffset } = readOptions(this.#options, this.#events.name);
    const { isLive } = this.#events;
    return readEvents(this.#stop.until(this.#events.open(), undefined, isLive), {
      source: this.#events.name,
      frameKey,
      timeKey,
      timeUnit,
      eventKey,
      frameBits,
      frameOffset,
      anyOrder: true,
      skipBad,
      onBadLine,
    });
  }

  /** Hands on both; frames wait for the events of a file, never for those of a pipe. */
  async interleave<F extends FrameHead>(
    frames: FrameSource<F>,
    events: AsyncGenerator<StateEvent, void, void> | undefined,
    sink: InterleavedSink<F>,
    onNote: (note: InputNote) => void,
  ): Promise<void> {
    const input = this.#events;
    const isLive = input !== undefined && !input.isRepeatable;
    const { rate, eventWindow, onRestart } = this.#options;
    const { frameBits, frameOffset } = readOptions(this.#options, "");
    const queue = new EventQueue({
      frameBits,
      frameOffset,
      windowMs: eventWindow,
      rateHz: rate,
      isSplit: onRestart === "split",
      isLive,
    });
    try {
      if (events === undefined || input === undefined || !isLive) {
        return await interleaveStreams(frames, events, queue, sink);
      }
      const { name, pipe } = input;
      const source = { name, pipe, note: warn, waitMs: this.#waitMs };
      await interleaveLive(framesOf(frames), events, queue, sink, source);
    } finally {
      for (const note of queue.notes()) onNote(note);
    }
  }
}
