import type { BadLines, InputNote, Schema, StateEvent, StateFrame } from "../mod.ts";
import type { Input } from "./files.ts";
import type { RecordOptions } from "./record_options.ts";
import type { StopSignal } from "./stop_signal.ts";

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

  /** The frames, from the first; a repeatable input may be read twice. */
  async frames(
    schema: Schema | undefined,
    onBadLine: BadLines["add"],
    onWarning: (message: string) => void,
    onNote?: (note: InputNote) => void,
  ): Promise<AsyncGenerator<StateFrame, void, void>> {
    const { readStates } = await import("../mod.ts");
    const { frameKey, timeKey, idKey, kindKey, sparse, despawnKey, rate, skipBad } = this.#options;
    const { timeUnit, decimal } = this.#options;
    return readStates(this.#stop.until(this.#states.open()), {
      source: this.#states.name,
      format: this.#options.format,
      frameKey,
      timeKey,
      idKey,
      kindKey,
      sparse,
      despawnKey,
      rateHz: rate,
      timeUnit,
      decimal,
      schema,
      skipBad,
      onBadLine,
      onWarning,
      onNote,
    });
  }

  /** The events beside the states; undefined when there are none. */
  async events(
    onBadLine: BadLines["add"],
  ): Promise<AsyncGenerator<StateEvent, void, void> | undefined> {
    if (this.#events === undefined) return undefined;
    const { readEvents } = await import("../mod.ts");
    const { frameKey, timeKey, timeUnit, eventKey, skipBad } = this.#options;
    return readEvents(this.#stop.until(this.#events.open()), {
      source: this.#events.name,
      frameKey,
      timeKey,
      timeUnit,
      eventKey,
      skipBad,
      onBadLine,
    });
  }
}
