import { mkdirSync, renameSync, rmdirSync, unlinkSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { RecordingSink } from "../../lib/recording.ts";
import { FileSink } from "../../lib/recording/container/file_sink.ts";
import type { CommandError } from "../exit_code.ts";
import { FileLock } from "./file_lock.ts";
import { describing } from "./file_error.ts";
import { removeLeftover } from "./leftover.ts";
import { assertKept, assertThere } from "./lost_file.ts";
import { TakenError } from "./taken_error.ts";
import { assertWritable, keepMode, type OutputPlace, outputPlace } from "./output_place.ts";

/** How a recording comes to its place. */
export interface PlaceOptions {
  /** True to replace what is there. */
  readonly isForced: boolean;
  /** True to write it beside its place until all of it is there, also where nothing is. */
  readonly isBeside?: boolean;
}

/**
 * The file of a recording, which nobody else writes and which destroys nothing before it is worth
 * more: where nothing is, it is made at its place at once, unless it is to be written beside that;
 * what is there stays until the first block of the new recording is whole beside it.
 */
export class RecordingPlace implements RecordingSink {
  /** Path as the user gave it. */
  path: string;
  #target: string;
  readonly #options: PlaceOptions;
  #lock: FileLock;
  /** First of the folders that were made for it; undefined when all were there. */
  readonly #madeFolder: string | undefined;
  #isOpened = false;
  #isReplacing = false;
  #sink: FileSink | undefined;
  /** Held while the file beside is written, which might be another recording's place. */
  #partLock: FileLock | undefined;

  private constructor(
    { path, target }: OutputPlace,
    options: PlaceOptions,
    lock: FileLock,
    madeFolder: string | undefined,
  ) {
    this.#madeFolder = madeFolder;
    this.path = path;
    this.#target = target;
    this.#options = options;
    this.#lock = lock;
  }

  /**
   * Takes a place before anything is read for it, and makes its folder.
   *
   * @throws {CommandError} when something is there that is not to be replaced, another recorder
   *   has the place, or nothing can be written there
   */
  static async claim(place: OutputPlace, options: PlaceOptions): Promise<RecordingPlace> {
    const { path, target } = place;
    assertFree(place, options.isForced);
    const make = () => mkdirSync(dirname(target), { recursive: true });
    const madeFolder = describing("write", path, make);
    const lock = await FileLock.take(`${target}.hindcast-lock`, path);
    if (lock === undefined) throw inUse(path);
    return new RecordingPlace(place, options, lock, madeFolder);
  }

  /** Where the recording is by now: its place, or a part beside it. */
  get writtenPath(): string {
    return this.isPart ? this.#part : this.path;
  }

  /** True while the recording is beside its place. */
  get isPart(): boolean {
    return this.#partLock !== undefined;
  }

  /**
   * Makes ready for the file, which is made with its first bytes: who is killed in between leaves no
   * empty one.
   *
   * @throws {CommandError} when something is there by now, or nothing can be written there
   */
  async open(): Promise<void> {
    const place = { ...outputPlace(this.#target), path: this.path };
    assertFree(place, this.#options.isForced);
    const isReplacing = place.kind === "file";
    if (isReplacing) assertWritable(place);
    if (isReplacing || this.#options.isBeside) {
      const lock = await FileLock.take(`${this.#part}.hindcast-lock`, this.#part);
      if (lock === undefined) throw inUse(this.#part);
      this.#partLock = lock;
      describing("write", this.#part, () => removeLeftover(this.#part));
    }
    this.#isOpened = true;
    this.#isReplacing = isReplacing;
  }

  /** Appends bytes. @throws {CommandError} */
  write(bytes: Uint8Array): void {
    describing("write", this.writtenPath, () => (this.#sink ??= this.#create()).write(bytes));
  }

  /** Waits until the disk has the bytes. @throws {CommandError} */
  sync(): void {
    describing("write", this.writtenPath, () => this.#sink!.sync());
  }

  /** Looks whether the file is where it is written, and as it was. @throws {CommandError} */
  assertThere(): void {
    if (this.#sink !== undefined) assertThere(this.#sink, this.writtenPath);
  }

  #create(): FileSink {
    const file = this.isPart ? this.#part : this.#target;
    const sink = new FileSink(file, { existing: "refuse" });
    if (this.#isReplacing) keepMode(this.#target, this.#part);
    return sink;
  }

  /** Puts a part that is worth it into its place. @throws {CommandError} */
  replace(): void {
    if (!this.isPart) return;
    const place = { ...outputPlace(this.#target), path: this.path };
    assertFree(place, this.#options.isForced);
    this.sync();
    assertKept(this.#sink!, this.writtenPath);
    describing("write", this.path, () => renameSync(this.#part, this.#target));
    this.#leavePart();
  }

  /** Closes the file. @throws {CommandError} when it is not where it was written, or not whole */
  close(): void {
    try {
      assertKept(this.#sink!, this.writtenPath);
    } finally {
      describing("write", this.writtenPath, () => this.#endSink());
    }
  }

  /**
   * Moves a recording that is closed to another place.
   *
   * @throws {CommandError} when something is there that is not to be replaced, another recorder has
   *   the place, or nothing can be written there
   */
  async move(path: string): Promise<void> {
    const place = outputPlace(path);
    assertFree(place, this.#options.isForced);
    const lock = await FileLock.take(`${place.target}.hindcast-lock`, path);
    if (lock === undefined) throw inUse(path);
    try {
      if (place.kind === "file") assertWritable(place);
      describing("write", path, () => renameSync(this.#target, place.target));
    } catch (error) {
      lock.release();
      throw error;
    }
    this.#lock.release();
    this.#lock = lock;
    this.path = path;
    this.#target = place.target;
  }

  /** Removes what was made and is worth nothing. */
  discard(): void {
    if (this.#sink === undefined) return;
    try {
      const isOwn = this.#sink.fateAt(this.writtenPath) !== "replaced";
      this.#endSink();
      if (isOwn) unlinkSync(this.isPart ? this.#part : this.#target);
    } catch {
      // It is gone already, or its folder takes no change any more.
    }
  }

  /** Lets others have the place. */
  release(): void {
    this.#leavePart();
    this.#lock.release();
    if (!this.#isOpened) removeMade(dirname(this.#target), this.#madeFolder);
  }

  get #part(): string {
    return partOf(this.#target);
  }

  #endSink(): void {
    const sink = this.#sink;
    this.#sink = undefined;
    sink?.close();
  }

  #leavePart(): void {
    this.#partLock?.release();
    this.#partLock = undefined;
  }
}

/** Removes the folders that were made for what never began, if they are empty. @param made the first */
export function removeMade(folder: string, made: string | undefined): void {
  if (made === undefined) return;
  try {
    for (let last = folder;; last = dirname(last)) {
      rmdirSync(last);
      if (resolve(last) === resolve(made)) return;
    }
  } catch {
    // Somebody else has put something there.
  }
}

/** Where a recording begins that is to replace a file. */
export function partOf(target: string): string {
  return `${target}.part`;
}

/** Refuses to replace a file unasked. @throws {CommandError} */
export function assertFree({ kind, path }: OutputPlace, isForced: boolean): void {
  if (kind === "file" && !isForced) {
    throw new TakenError(
      `Cannot write ${path}: it is there already; name another file, or replace it with --force`,
    );
  }
}

/** A path that another recorder has. */
export function inUse(path: string): CommandError {
  return new TakenError(
    `Cannot write ${path}: another recorder is writing it; wait until it ends, or name another file`,
  );
}
