/**
 * The match as a file that `hindcast info`, `report` and `rewind` take: the truth of every frame,
 * and every shot with what was decided.
 */
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { Recorder } from "@hindcast/hindcast/recording";
import type { Snapshot, StateEvent } from "@hindcast/hindcast/world";
import { RATE_HZ } from "../shared/rules.ts";
import { truth } from "../shared/schema.ts";
import { REPLICATION_FACTS } from "./replication.ts";
import { REWIND_FACTS } from "./shots.ts";

export class MatchRecording {
  readonly #path: string;
  readonly #recorder: Recorder;
  #hasFailed = false;

  private constructor(path: string, recorder: Recorder) {
    this.#path = path;
    this.#recorder = recorder;
  }

  /** Starts a file. @throws {Error} when there is one already, or none can be made there */
  static async open(path: string, source: Record<string, string>): Promise<MatchRecording> {
    try {
      mkdirSync(dirname(path), { recursive: true });
      const recorder = await Recorder.open(path, {
        schema: truth.schema,
        rateHz: RATE_HZ,
        source,
        replication: REPLICATION_FACTS,
        rewind: REWIND_FACTS,
        onFailure: (error) => recording.#fail(error),
      });
      const recording = new MatchRecording(path, recorder);
      return recording;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      const why = code === "EEXIST" ? "it exists; name another file, or remove it" : message;
      throw new Error(`Cannot record to ${path}: ${why}`);
    }
  }

  /** Adds a frame, whose values are copied before the call returns. */
  addFrame(snapshot: Snapshot): void {
    this.#try(() => this.#recorder.writeSnapshot(snapshot));
  }

  /** Adds an event. */
  addEvent(event: StateEvent): void {
    this.#try(() => this.#recorder.event(event));
  }

  /** Makes the file whole: what is left, the indexes, the footer. */
  async close(): Promise<void> {
    try {
      const { frames, events, bytes } = await this.#recorder.close();
      console.log(`recorded ${this.#path}: ${frames} frames, ${events} events, ${bytes} bytes`);
    } catch (error) {
      this.#fail(error);
    }
    const { dropped } = this.#recorder;
    if (dropped.frames > 0) console.error(`${this.#path} lacks ${dropped.frames} frames`);
  }

  /** A frame that cannot be recorded is no reason to stop a game. */
  #try(record: () => void): void {
    if (this.#hasFailed) return;
    try {
      record();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Nor is a full disk: it is told once, and the game goes on without. */
  #fail(error: unknown): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    console.error(`Cannot record on to ${this.#path}: ${(error as Error).message}`);
  }
}
