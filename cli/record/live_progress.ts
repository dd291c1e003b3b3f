import type { LiveCounts } from "../../lib/ingest.ts";
import { counted } from "../terminal/counted.ts";
import type { Progress } from "../terminal/terminal.ts";
import { lossesText } from "./listen/counts_text.ts";
import type { ReadingProgress } from "./reading_progress.ts";

/** Time over which a rate is taken, and between two looks at it. */
const RATE_MS = 3000;
const LOOK_MS = 250;

/** What live input is asked for its progress. */
export interface LiveFacts {
  /** What came of producers; undefined for a pipe. */
  readonly counts?: LiveCounts | undefined;
  /** When something was written last; undefined before. */
  readonly writtenMs: number | undefined;
}

/** Shows what comes in of live input and what becomes of it, also while nothing comes. */
export class LiveProgress implements ReadingProgress {
  readonly #progress: Progress;
  readonly #facts: () => LiveFacts;
  readonly #nowMs: () => number;
  readonly #timer: ReturnType<typeof setInterval>;
  #frames = 0;
  #bytes = 0;
  /** Frames at some times of the last seconds. */
  #looks: { readonly ms: number; readonly frames: number }[] = [];

  /** Progress of an input that begins now. */
  constructor(progress: Progress, facts: () => LiveFacts, nowMs = () => performance.now()) {
    this.#progress = progress;
    this.#facts = facts;
    this.#nowMs = nowMs;
    this.#looks.push({ ms: nowMs(), frames: 0 });
    this.#timer = setInterval(() => this.#show(), LOOK_MS);
  }

  readonly onBytes = (count: number): void => {
    this.#bytes += count;
  };

  readonly onFrame = (): void => {
    this.#frames++;
  };

  /** The line. */
  text(): string {
    const { counts, writtenMs } = this.#facts();
    const bytes = counts?.bytes ?? this.#bytes;
    const losses = counts === undefined ? "" : lossesText(counts);
    const producers = counts?.producers ?? 0;
    return [
      `recording: ${counted(this.#frames, "frame")}`,
      `${this.#rate().toFixed(1)}/s`,
      ...counts === undefined ? [] : [`${producers} producer${producers === 1 ? "" : "s"}`],
      ...losses === "" ? [] : [losses],
      `${(bytes / 1e6).toFixed(1)} MB`,
      ...writtenMs === undefined
        ? []
        : [`written ${((this.#nowMs() - writtenMs) / 1000).toFixed(1)} s ago`],
    ].join(", ");
  }

  /** Ends it. */
  readonly end = (): void => clearInterval(this.#timer);

  #show(): void {
    const ms = this.#nowMs();
    this.#looks.push({ ms, frames: this.#frames });
    while (this.#looks.length > 2 && ms - this.#looks[1]!.ms >= RATE_MS) this.#looks.shift();
    this.#progress.show(() => this.text());
  }

  #rate(): number {
    const [first] = this.#looks;
    const ms = this.#nowMs() - first!.ms;
    return ms > 0 ? (this.#frames - first!.frames) * 1000 / ms : 0;
  }
}
