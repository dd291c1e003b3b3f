import { mkdirSync, readdirSync, rmdirSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import type { FrameHead } from "../../../lib/ingest.ts";
import { CommandError } from "../../exit_code.ts";
import { describing } from "../../files/file_error.ts";
import { moveLeftSegments } from "./left_segments.ts";
import { SEGMENT_NAME } from "./segment_names.ts";

/** A recording of some seconds of what is kept. */
export interface Segment {
  readonly path: string;
  /** First and newest frame. */
  readonly first: FrameHead;
  last: FrameHead;
  /** Bytes of its file so far. */
  bytes: number;
}

/** What the segments hold to. */
export interface SegmentLimits {
  /** Time that they cover, in milliseconds. */
  readonly keepMs: number;
  readonly bytesMax: number;
}

/** Segments in a folder, oldest first: the newest time of a stream. */
export class KeptSegments {
  /** Segments that are whole. */
  list: Segment[] = [];
  readonly #folder: string;
  readonly #limits: SegmentLimits;
  #count = 0;
  /** Why the newest of what was removed was: the others cover the time, or had too many bytes. */
  removedFor: "time" | "size" | undefined;

  /** None yet. */
  constructor(folder: string, limits: SegmentLimits) {
    this.#folder = folder;
    this.#limits = limits;
  }

  /**
   * Makes the folder. What a recorder left in it is moved out of the way, or removed.
   *
   * @param isForced true to remove it
   * @returns what was done with it, in words; undefined when nothing was there
   * @throws {CommandError} when something else is in it
   */
  async claim(isForced: boolean): Promise<string | undefined> {
    const folder = this.#folder;
    this.#make();
    const names = describing("read", folder, () => readdirSync(folder));
    if (names.length === 0) return undefined;
    const left = names.filter((name) => SEGMENT_NAME.test(name));
    const other = names.find((name) => !SEGMENT_NAME.test(name));
    if (other !== undefined) {
      throw new CommandError(
        `Cannot keep segments in ${folder}: ${
          JSON.stringify(other)
        } in it is no segment; move it away, or name another output`,
      );
    }
    if (isForced) {
      for (const name of left) describing("write", folder, () => unlinkSync(join(folder, name)));
      return undefined;
    }
    const moved = await moveLeftSegments(folder, this.#limits.bytesMax);
    this.#make();
    return moved;
  }

  #make(): void {
    describing("write", this.#folder, () => mkdirSync(this.#folder, { recursive: true }));
  }

  /** Path of the next segment. */
  nextPath(): string {
    return join(this.#folder, `${String(++this.#count).padStart(6, "0")}.mcap`);
  }

  /** Adds a segment that is whole. */
  add(segment: Segment): void {
    this.list.push(segment);
  }

  /** Removes the oldest whose time the others cover. @param current segment that is written */
  trim(current: Segment): void {
    const coveredMs = current.last.timeMs - this.#limits.keepMs;
    while (this.list.length > 0 && (this.list[1] ?? current).first.timeMs <= coveredMs) {
      this.#removeOldest("time");
    }
  }

  /** Removes the oldest until there is room. @param bytes those of the segment that is written */
  makeRoom(bytes: number): void {
    let sum = this.list.reduce((sum, segment) => sum + segment.bytes, bytes);
    while (this.list.length > 0 && sum > this.#limits.bytesMax) {
      sum -= this.list[0]!.bytes;
      this.#removeOldest("size");
    }
  }

  #removeOldest(why: "time" | "size"): void {
    const { path } = this.list.shift()!;
    this.removedFor = why;
    remove(path);
  }

  /** Removes all. */
  clear(): void {
    for (const { path } of this.list) remove(path);
    this.list = [];
    this.removedFor = undefined;
  }

  /** Removes all, and the folder. */
  end(): void {
    this.clear();
    try {
      rmdirSync(this.#folder);
    } catch {
      // Somebody has put something there.
    }
  }
}

/** Removes a segment, as far as the system lets it: a file may be in use. */
export function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It is gone, or goes with the folder.
  }
}
