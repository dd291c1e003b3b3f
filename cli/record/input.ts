import type { BadLines, InputNote, Schema, StateEvent, StateFrame } from "../../lib/ingest.ts";
import { readEvents } from "../../lib/ingest/read_events.ts";
import { readStates } from "../../lib/ingest/read_states.ts";
import type { Input } from "../files/files.ts";
import { type InterleavedSink, interleaveStreams } from "./interleave.ts";
import { interleaveLive } from "./interleave_live.ts";
import type { RecordOptions } from "./options.ts";
import type { StopSignal } from "./stop_signal.ts";
import { warn } from "../terminal/terminal.ts";

/** The streams of a session, read as its options say, until the user stops. */
export class RecordInput {
  readonly #states: Input;
  readonly #events: Input | undefined;
  readonly #options: RecordOptions;
  readonly #stop: StopSignal;

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
  }

  /** The frames, from the first, and the events among them; a repeatable input may be read twice. */
  frames(
    schema: Schema | undefined,
    bad: BadLines,
    onEvent: (event: StateEvent) => void | Promise<void>,
    onWarning: (warning: InputNote) => void,
    onNote?: (note: InputNote) => void,
  ): AsyncGenerator<StateFrame, void, void> {
    const { frameKey, timeKey, idKey, kindKey, eventKey } = this.#options;
    const { sparse, every, despawnKey, rate, timeUnit, decimal, skipBad } = this.#options;
    return readStates(this.#stop.until(this.#states.open()), {
      source: this.#states.name,
      format: this.#options.format,
      frameKey,
      timeKey,
      idKey,
      kindKey,
      eventKey,
      onEvent,
      sparse,
      every,
      despawnKey,
      rateHz: rate,
      timeUnit,
      decimal,
      schema,
      skipBad,
      onBadLine: bad.add,
      onLoss: bad.lose,
      onWarning,
      onNote,
    });
  }

  /** The events beside the states; undefined when there are none. */
  events(onBadLine: BadLines["add"]): AsyncGenerator<StateEvent, void, void> | undefined {
    if (this.#events === undefined) return undefined;
    const { frameKey, timeKey, timeUnit, eventKey, skipBad } = this.#options;
    return readEvents(this.#stop.until(this.#events.open()), {
      source: this.#events.name,
      frameKey,
      timeKey,
      timeUnit,
      eventKey,
      anyOrder: true,
      skipBad,
      onBadLine,
    });
  }

  /** Hands on both; frames wait for the events of a file, never for those of a pipe. */
  async interleave(
    frames: AsyncGenerator<StateFrame, void, void>,
    events: AsyncGenerator<StateEvent, void, void> | undefined,
    sink: InterleavedSink,
  ): Promise<void> {
    const input = this.#events;
    if (events === undefined || input === undefined || input.isRepeatable) {
      return await interleaveStreams(frames, events, sink);
    }
    const { name, pipe } = input;
    await interleaveLive(frames, events, sink, { name, pipe, note: warn });
  }
}
