import type { RecordingOptions, RecordingSource } from "../../../lib/recording.ts";
import { messageOf } from "../../option_flags.ts";
import { sizeText } from "../../quantities.ts";
import { counted } from "../../terminal/counted.ts";
import { warn } from "../../terminal/terminal.ts";
import type { DumpAnswer } from "../listen/dump_request.ts";
import type { PendingDump } from "./dump_schedule.ts";
import { DumpSizeError, NoFrameError, writeDump, type WrittenDump } from "./write_dump.ts";

/** What dumps are made of. */
export interface DumpSource {
  /** Opens the segments, which are closed by who gets them. */
  open(): Promise<readonly (RecordingSource & { close(): void })[]>;
  /** How a dump is written. */
  options(): RecordingOptions;
  /** True when nothing of the stream is removed yet. */
  isFromStart(): boolean;
  /** What is not as was asked for, in words. @param frame frame of the trigger */
  missing(frame: number): string;
  /** How much less is kept before a dump than was asked for, in words; empty when it is all. */
  shortened(dump: PendingDump): string;
}

/** What whoever asked for a dump is told. @param dump the dump, or why there is none */
export function dumpAnswer(dump: WrittenDump | string): DumpAnswer {
  if (typeof dump === "string") return { status: 500, body: { error: dump } };
  const { path, frames, states, events, bytes, firstFrame, lastFrame } = dump;
  return { status: 200, body: { path, firstFrame, lastFrame, frames, states, events, bytes } };
}

/** Writes dumps, one at a time, and tells of each; one that fails ends nothing else. */
export class Dumps {
  /** Dumps that were written, and that were not. */
  written = 0;
  failed = 0;
  readonly #output: string;
  readonly #bytesMax: number;
  readonly #source: DumpSource;
  #bytes = 0;
  #writing: Promise<unknown> | undefined;

  /** None yet. @param bytesMax bytes of all dumps */
  constructor(output: string, bytesMax: number, source: DumpSource) {
    this.#output = output;
    this.#bytesMax = bytesMax;
    this.#source = source;
  }

  /** True while one is written. */
  get isWriting(): boolean {
    return this.#writing !== undefined;
  }

  /** Settles when none is written any more. */
  async idle(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing;
  }

  /** Writes a dump. @returns the dump, or why there is none */
  write(dump: PendingDump): Promise<WrittenDump | string> {
    const writing = this.#write(dump).finally(() => this.#writing = undefined);
    this.#writing = writing;
    return writing;
  }

  async #write(dump: PendingDump): Promise<WrittenDump | string> {
    const { frame, why, triggers } = dump;
    const more = triggers - 1;
    const others = more === 0 ? "" : ` and ${counted(more, "more trigger")}`;
    const cause = `for ${why} at frame ${frame}${others}`;
    const fail = (reason: string) => {
      this.failed++;
      const text = `no dump ${cause}: ${reason}; recording goes on`;
      warn(`hindcast: ${text}`);
      return text;
    };
    const tooLarge = () =>
      fail(
        `it would take the dumps, ${sizeText(this.#bytes)} so far, above the ${
          sizeText(this.#bytesMax)
        } of --max-size`,
      );
    if (this.#bytes >= this.#bytesMax) return tooLarge();
    try {
      const segments = await this.#source.open();
      try {
        const written = await writeDump(
          this.#output,
          { ...dump, isFromStart: this.#source.isFromStart() },
          segments,
          this.#source.options(),
          this.#bytesMax - this.#bytes,
        );
        this.written++;
        this.#bytes += written.bytes;
        const { frames, states, events, bytes, path, firstFrame, lastFrame } = written;
        const counts = [
          counted(frames, "frame"),
          counted(states, "state"),
          ...(events > 0 ? [counted(events, "event")] : []),
        ].join(", ");
        const own = written.hasFrame ? "" : `; ${this.#source.missing(frame)}`;
        warn(
          `dumped frames ${firstFrame} to ${lastFrame} ${cause} to ${path} (${counts}, ${bytes} bytes)${own}${
            this.#source.shortened(dump)
          }`,
        );
        return written;
      } finally {
        for (const segment of segments) segment.close();
      }
    } catch (error) {
      if (error instanceof DumpSizeError) return tooLarge();
      if (error instanceof NoFrameError) {
        return fail(`${error.message} (${this.#source.missing(frame)})`);
      }
      return fail(error instanceof Error ? messageOf(error) : String(error));
    }
  }
}
