import {
  BadLines,
  type InputSyntaxError,
  type LiveCounts,
  LiveLines,
  type LiveLinesOptions,
} from "../../../lib/ingest.ts";
import type { Input } from "../../files/files.ts";
import { lossesText, remarkText } from "./counts_text.ts";
import type { DumpHook } from "./dump_request.ts";
import type { ListenFlags } from "./listen_flags.ts";

/** Bytes that wait to be read, and those of frames that are still coming. */
const WAITING_BYTES = 4 * 1024 * 1024;
const HELD_BYTES = 64 * 1024 * 1024;

/** How frames are told, as the reading does. */
export type LiveKeys = Pick<
  LiveLinesOptions,
  "frameKey" | "timeKey" | "idKey" | "eventKey" | "frameBits" | "onRestart" | "sparse"
>;

/** Lines of producers as an input. */
export class LinesInput implements Input {
  readonly name: string;
  readonly isRepeatable = false;
  readonly isLive = true;
  readonly endsAtStop = true;
  readonly isJoined = true;
  readonly isHidden: boolean = true;
  /** Lines that were refused, by their places at their producers. */
  readonly bad = new BadLines();
  /** The lines of all producers. */
  readonly lines: LiveLines;
  /** Tells of a line that the reading refuses. */
  readonly refuse: (error: InputSyntaxError) => void;
  /** Set by who writes what is kept when `POST /dump` asks for it. */
  onDump: DumpHook | undefined;

  /**
   * Input without a producer.
   *
   * @param name for messages
   * @param onRoom called when producers may send again
   */
  constructor(
    name: string,
    { maxLine, maxRate, flushMs }: ListenFlags,
    keys: LiveKeys,
    onRoom: () => void,
  ) {
    this.name = name;
    this.lines = new LiveLines({
      ...keys,
      flushMs,
      limits: {
        heldBytes: HELD_BYTES,
        lineBytes: maxLine,
        linesPerSecond: maxRate,
        waitingBytes: WAITING_BYTES,
      },
      onBadLine: this.bad.add,
      onRoom,
    });
    this.refuse = this.lines.refuse;
  }

  /** What came so far. */
  get counts(): LiveCounts {
    return this.lines.counts;
  }

  /** What of all that came is not recorded, in words; empty when all is. */
  losses(): string {
    return lossesText(this.lines.counts, this.turnedAway, this.cutOff);
  }

  /** Producers that may not send. */
  get refused(): number {
    return 0;
  }

  /** Producers for which there was no room. */
  get turnedAway(): number {
    return 0;
  }

  /** Producers of which more was there at the stop than was read. */
  get cutOff(): number {
    return 0;
  }

  /** What was left out and is no loss, in words. */
  remark(): string {
    return remarkText(this.lines.counts, this.refused);
  }

  /** The lines, until they end. */
  open(): AsyncIterable<Uint8Array> {
    return this.lines;
  }
}
