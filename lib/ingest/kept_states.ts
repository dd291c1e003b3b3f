import type { Snapshot } from "../core/state/snapshot.ts";
import type { SnapshotLayout } from "../core/state/snapshot_layout.ts";
import type { FrameHead, StateEvent } from "../core/state/state.ts";
import type { FrameSource } from "./frame_source.ts";
import { FrameTape } from "./frames/frame_tape.ts";
import { NumberTape } from "./frames/number_tape.ts";
import { SnapshotFormer } from "./frames/snapshot_former.ts";
import type { InputSyntaxError } from "./input/input_error.ts";
import type { InputNote } from "./input/input_note.ts";
import type { EntityValues } from "./kinds/entity_values.ts";
import type { ReadStatesOptions } from "./states_options.ts";

/** Bytes that are kept at most, when nothing else is said. */
const BYTES_MAX = 32 * 2 ** 20;
/** Bytes that are reckoned for an event beside its text. */
const EVENT_BYTES = 512;

/** What happened in a reading, in the order in which it did. */
const FORMED = 0;
const GIVEN = 1;
const QUIET = 2;
const TOLD = 3;
const PIECE = 4;

/** Takes what a reading tells besides frames, as the options of one do. */
export type StatesListener =
  & Pick<ReadStatesOptions, "onEvent" | "onSession" | "onWarning" | "onNote">
  & {
    /** Called with the length of each piece of the input; what follows waits for it. */
    readonly onPiece?: ((bytes: number) => void | Promise<void>) | undefined;
  };

/**
 * What `observeStates` saw of an input, kept in some memory so that it need not be read again for
 * its frames: all of it, or nothing where that would take more.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { framesOf, KeptStates, observeStates, SchemaInference } from "@hindcast/hindcast/ingest";
 * import { SnapshotLayout } from "@hindcast/hindcast/world";
 *
 * const input = new Blob(['{"f":0,"t":0,"id":3,"x":1.5}\n{"f":1,"t":16,"id":3,"x":2}\n']).stream();
 * const inference = new SchemaInference();
 * const kept = new KeptStates();
 * await observeStates(input, inference, {}, kept);
 * assert.ok(kept.isWhole);
 * const xs: unknown[] = [];
 * for await (const snapshot of framesOf(kept.open(new SnapshotLayout(inference.schema())))) {
 *   xs.push(snapshot.entity(0).fields.x);
 * }
 * assert.deepEqual(xs, [1.5, 2]);
 * ```
 */
export class KeptStates {
  readonly #bytesMax: number;
  #tape: NumberTape | undefined = new NumberTape();
  #frames: FrameTape | undefined = new FrameTape(this.#tape!);
  #told: ((to: StatesListener) => void | Promise<void>)[] = [];
  #toldBytes = 0;
  #notes: InputNote[] = [];
  #error: InputSyntaxError | undefined;
  #count = 0;
  #isEnded = false;

  /**
   * Nothing yet.
   *
   * @param bytesMax bytes that are kept at most
   */
  constructor(bytesMax: number = BYTES_MAX) {
    this.#bytesMax = bytesMax;
  }

  /** True when the reading has ended, or the input was refused, and there was not too much to keep. */
  get isWhole(): boolean {
    return this.#isEnded && this.#tape !== undefined;
  }

  /**
   * The snapshots that `openSnapshots` would give of the same input, with the events and notes that
   * the reading took; they can be asked for once.
   *
   * @param layout holds all values that came
   * @throws {TypeError} when not all was kept
   */
  open(layout: SnapshotLayout, listener: StatesListener = {}): FrameSource<Snapshot> {
    const [tape, frames] = [this.#tape, this.#frames];
    if (!this.isWhole || tape === undefined || frames === undefined) {
      throw new TypeError("Cannot give snapshots: the reading has not ended, or was not kept");
    }
    const former = new SnapshotFormer(layout);
    const formed: Snapshot[] = [];
    let given: Snapshot | undefined;
    let waiting: (() => void | Promise<void>) | undefined;
    const told = this.#told.values();
    let left = this.#count;
    const next = (): Snapshot | undefined => {
      while (left > 0 && waiting === undefined) {
        left--;
        const what = tape.read();
        if (what === FORMED) formed.push(frames.read(former));
        else if (what === GIVEN) return given = formed.shift()!;
        else if (what === QUIET) {
          return former.repeat(given!, { frame: tape.read() >>> 0, timeMs: tape.readNumber() });
        } else if (what === TOLD) {
          const tell = told.next().value!;
          waiting = () => tell(listener);
        } else {
          const bytes = tape.read();
          waiting = () => listener.onPiece?.(bytes);
        }
      }
      return undefined;
    };
    const more = async (): Promise<boolean> => {
      await waiting?.();
      waiting = undefined;
      if (left === 0 && this.#error !== undefined) throw this.#error;
      return left > 0;
    };
    const close = (): Promise<void> => {
      for (const note of this.#notes) listener.onNote?.(note);
      return Promise.resolve();
    };
    return { next, more, close };
  }

  /** Keeps the length of a piece of the input, which is read next. */
  addPiece(bytes: number): void {
    this.#add(PIECE)?.write(bytes);
  }

  /**
   * Options with which a reading tells what is to be kept: events and notes where the options take
   * them, so that they are refused, or not looked for, where nobody does.
   *
   * @internal
   */
  listening(options: ReadStatesOptions): ReadStatesOptions {
    return {
      ...options,
      onEvent: options.onEvent && ((event) => {
        this.#toldBytes += EVENT_BYTES + sizeOf(event);
        this.#tell((to) => to.onEvent?.(event));
        return options.onEvent!(event);
      }),
      onSession: (session, names) => {
        this.#tell((to) => to.onSession?.(session, names));
        return options.onSession?.(session, names);
      },
      onWarning: (warning) => {
        this.#tell((to) => to.onWarning?.(warning));
        options.onWarning?.(warning);
      },
      onNote: options.onNote && ((note) => {
        this.#notes.push(note);
        options.onNote!(note);
      }),
    };
  }

  /**
   * Keeps what a frame is formed of.
   *
   * @internal
   */
  form(head: FrameHead, entities: readonly EntityValues[], ordinal: number): void {
    if (this.#add(FORMED) !== undefined) this.#frames!.write(head, entities, ordinal);
  }

  /**
   * Keeps that a frame came out.
   *
   * @param isQuiet true when nothing was formed for it
   * @internal
   */
  give({ frame, timeMs }: FrameHead, isQuiet: boolean): void {
    const tape = this.#add(isQuiet ? QUIET : GIVEN);
    if (!isQuiet) return;
    tape?.write(frame);
    tape?.writeNumber(timeMs);
  }

  /**
   * Ends the reading.
   *
   * @param error why the input was refused, if it was
   * @internal
   */
  end(error?: InputSyntaxError): void {
    this.#error = error;
    this.#isEnded = true;
  }

  #tell(tell: (to: StatesListener) => void | Promise<void>): void {
    if (this.#add(TOLD) !== undefined) this.#told.push(tell);
  }

  /** Tape on which it stands that something happened; undefined when there is too much to keep. */
  #add(what: number): NumberTape | undefined {
    const tape = this.#tape;
    if (tape === undefined) return undefined;
    if (tape.bytes + this.#frames!.textBytes + this.#toldBytes > this.#bytesMax) {
      this.#tape = undefined;
      this.#frames = undefined;
      this.#told = [];
      return undefined;
    }
    this.#count++;
    tape.write(what);
    return tape;
  }
}

/** Bytes that an event takes, roughly. */
function sizeOf(event: StateEvent): number {
  return 4 * JSON.stringify(event).length;
}
