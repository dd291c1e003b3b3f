import { mkdirSync, readdirSync, rmdirSync, unlinkSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import type { FrameHead } from "../../../lib/ingest.ts";
import { CommandError } from "../../exit_code.ts";
import { counted } from "../../terminal/counted.ts";
import { describing } from "../../files/file_error.ts";

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

const NAME = /^\d{6,}\.mcap$/;

/** Folder of the segments of an output: `match.keep` of `match.mcap`. */
export function keepFolder(target: string): string {
  const folder = `${basename(target, extname(target))}.keep`;
  return basename(target) === target ? folder : join(dirname(target), folder);
}

/** What a recorder that fails says of its segments. */
export function leftText(folder: string): string {
  const names = namesIn(folder);
  if (names.length === 0) {
    return `what was kept is not in ${folder} any more; where that was moved, hindcast merge makes a recording of its segments`;
  }
  const saving = savingCommand(folder, names);
  return `what was kept is in ${folder}; ${saving} makes a recording of it`;
}

/** Names of the segments in a folder; none where it is gone. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => NAME.test(name)).sort();
  } catch {
    return [];
  }
}

/** Command that makes one recording of segments: there is nothing to merge a single one with. */
function savingCommand(folder: string, [name, ...others]: readonly string[]): string {
  return name !== undefined && others.length === 0
    ? `hindcast recover ${join(folder, name)} -o FILE`
    : `hindcast merge ${join(folder, "*.mcap")} -o FILE`;
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
   * Makes the folder.
   *
   * @param isForced true to remove what a recorder left in it
   * @throws {CommandError} when something is in it
   */
  claim(isForced: boolean): void {
    const folder = this.#folder;
    describing("write", folder, () => mkdirSync(folder, { recursive: true }));
    const names = describing("read", folder, () => readdirSync(folder));
    const left = names.filter((name) => NAME.test(name));
    if (names.length > left.length) {
      throw new CommandError(
        `Cannot keep segments in ${folder}: something else is in it; name another output`,
      );
    }
    if (left.length === 0) return;
    if (!isForced) {
      throw new CommandError(
        `Cannot keep segments in ${folder}: ${
          counted(left.length, "segment")
        } of a recorder that was killed or failed ${left.length === 1 ? "is" : "are"} there; ${
          savingCommand(folder, left)
        } saves what is kept, then remove the folder, or drop it with --force`,
      );
    }
    for (const name of left) describing("write", folder, () => unlinkSync(join(folder, name)));
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
