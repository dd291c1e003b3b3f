import type { StateEvent, StateFrame } from "../../../lib/ingest.ts";
import type { Snapshot } from "../../../lib/world.ts";
import { ItemBytes } from "./item_bytes.ts";
import { type LimitedFile, SizeLimit } from "./size_limit.ts";

/** Sizes of files, in bytes; undefined for any. */
export interface RoomLimits {
  /** Of one file. */
  readonly file: number | undefined;
  /** Of all files. */
  readonly all: number | undefined;
}

/** Whether there is room for what comes next, in the file at hand and in all files. */
export class OutputRoom {
  readonly #file: SizeLimit | undefined;
  readonly #all: SizeLimit | undefined;
  readonly #sizes: ItemBytes | undefined;
  /** What came last, and what it takes. */
  #item: StateFrame | Snapshot | StateEvent | undefined;
  #bytes = 0;

  /** Nothing written. @param hasPreview true when states are written as JSON too */
  constructor({ file, all }: RoomLimits, hasPreview: boolean) {
    this.#file = file === undefined ? undefined : new SizeLimit(file);
    this.#all = all === undefined ? undefined : new SizeLimit(all);
    if (this.#file ?? this.#all) this.#sizes = new ItemBytes(hasPreview);
  }

  /** Goes on to a frame or an event. */
  turnTo(item: StateFrame | Snapshot | StateEvent): void {
    if (this.#sizes === undefined) return;
    this.#item = item;
    this.#bytes = this.#sizes.of(item);
  }

  /** True when the file has room for it. @returns a promise where that takes a flush to know */
  inFile(file: LimitedFile): boolean | Promise<boolean> {
    return this.#file?.hasRoom(this.#bytes, file) ?? true;
  }

  /** True when all files together have. @returns as above */
  inAll(file: LimitedFile): boolean | Promise<boolean> {
    return this.#all?.hasRoom(this.#bytes, file) ?? true;
  }

  /** Counts it, which is written. */
  add(): void {
    this.#file?.add(this.#bytes);
    this.#all?.add(this.#bytes);
  }

  /** Nothing waits: all that was counted is written. */
  flushed(): void {
    this.#file?.flushed();
    this.#all?.flushed();
  }

  /** What comes is the first of another file. */
  endFile(): void {
    if (this.#sizes === undefined) return;
    this.#sizes.startFile();
    if (this.#item !== undefined) this.#bytes = this.#sizes.of(this.#item);
  }

  /** Goes on to that file. @param bytes those of the one before */
  startFile(bytes: number): void {
    this.#file?.startFile(0);
    this.#all?.startFile(bytes);
  }
}
