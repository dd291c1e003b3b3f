/**
 * The match as a file that `hindcast info`, `report` and `rewind` take: the truth of every frame,
 * and every shot with what was decided.
 */
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { FileSink, RecordingWriter } from "@hindcast/hindcast/recording";
import type { Snapshot, StateEvent } from "@hindcast/hindcast/world";
import { RATE_HZ } from "../shared/rules.ts";
import { truth } from "../shared/schema.ts";
import { REPLICATION_FACTS } from "./replication.ts";
import { REWIND_FACTS } from "./shots.ts";

/** Of zstd: what is written while the game runs must not take long. */
const LEVEL = 3;

export class MatchRecording {
  readonly #sink: FileSink;
  readonly #writer: RecordingWriter;
  readonly #path: string;
  #hasFailed = false;

  private constructor(path: string, sink: FileSink, writer: RecordingWriter) {
    this.#path = path;
    this.#sink = sink;
    this.#writer = writer;
  }

  /** Starts a file. @throws {Error} when there is one already, or none can be made there */
  static async open(path: string, source: Record<string, string>): Promise<MatchRecording> {
    const sink = createFile(path);
    const writer = await RecordingWriter.open(sink, {
      schema: truth.schema,
      rateHz: RATE_HZ,
      level: LEVEL,
      source,
      replication: REPLICATION_FACTS,
      rewind: REWIND_FACTS,
    });
    return new MatchRecording(path, sink, writer);
  }

  /** Adds a frame, whose values are copied before the call returns. */
  addFrame(snapshot: Snapshot): void {
    if (!this.#hasFailed) this.#writer.writeSnapshot(snapshot).catch(this.#fail);
  }

  /** Adds an event. */
  addEvent(event: StateEvent): void {
    if (!this.#hasFailed) this.#writer.writeEvent(event).catch(this.#fail);
  }

  /** Makes the file whole: what is left, the indexes, the footer. */
  async close(): Promise<void> {
    try {
      const { frames, events, bytes } = await this.#writer.close();
      console.log(`recorded ${this.#path}: ${frames} frames, ${events} events, ${bytes} bytes`);
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#sink.close();
    }
  }

  /** A full disk is no reason to stop a game: it is told once, and the game goes on without. */
  readonly #fail = (error: unknown): void => {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    console.error(`Cannot record on to ${this.#path}: ${(error as Error).message}`);
  };
}

/** A recording that somebody made is not written over. */
function createFile(path: string): FileSink {
  try {
    mkdirSync(dirname(path), { recursive: true });
    return new FileSink(path, { existing: "refuse" });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === "EEXIST" ? "it exists; name another file, or remove it" : message;
    throw new Error(`Cannot record to ${path}: ${why}`);
  }
}
