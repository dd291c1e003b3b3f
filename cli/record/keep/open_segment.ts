import type { FrameHead } from "../../../lib/ingest.ts";
import type { RecordingOptions } from "../../../lib/recording.ts";
import { FileSink } from "../../../lib/recording/container/file_sink.ts";
import { RecordingWriter } from "../../../lib/recording/recording_writer.ts";
import { describing } from "../../files/file_error.ts";
import { assertKept, assertThere } from "../../files/lost_file.ts";
import { remove } from "./kept_segments.ts";

/** The segment that is written. */
export class OpenSegment {
  readonly path: string;
  readonly writer: RecordingWriter;
  /** First and newest frame. */
  first: FrameHead | undefined;
  last: FrameHead | undefined;
  readonly #file: SegmentFile;

  private constructor(file: SegmentFile, writer: RecordingWriter) {
    this.path = file.path;
    this.writer = writer;
    this.#file = file;
  }

  /**
   * Segment in a new file.
   *
   * @param makeRoom called with the bytes that the file is about to have
   * @throws {CommandError} when that cannot be made
   */
  static async open(
    path: string,
    options: RecordingOptions,
    makeRoom: (bytes: number) => void,
  ): Promise<OpenSegment> {
    const file = new SegmentFile(path, makeRoom);
    return new OpenSegment(file, await RecordingWriter.open(file, options));
  }

  /** Bytes of its file so far. */
  get bytes(): number {
    return this.#file.bytes;
  }

  /** Counts a frame that was written. */
  add(head: FrameHead): void {
    this.first ??= head;
    this.last = head;
  }

  /** Writes what waits. @param isSynced true to wait until the disk has it */
  async flush(isSynced: boolean): Promise<void> {
    await this.writer.flush();
    this.#file.assertThere();
    if (isSynced) this.#file.sync();
  }

  /** Makes it whole. @throws {CommandError} */
  async close(): Promise<void> {
    await this.writer.close();
    this.#file.assertKept();
    this.#file.close();
  }

  /** Removes it. */
  discard(): void {
    try {
      this.#file.close();
    } catch {
      // It is closed already.
    }
    remove(this.path);
  }
}

/** File of a segment, which counts its bytes. */
class SegmentFile {
  readonly path: string;
  bytes = 0;
  readonly #sink: FileSink;
  readonly #makeRoom: (bytes: number) => void;

  constructor(path: string, makeRoom: (bytes: number) => void) {
    this.path = path;
    this.#makeRoom = makeRoom;
    this.#sink = describing("write", path, () => new FileSink(path, { existing: "refuse" }));
  }

  write(bytes: Uint8Array): void {
    this.bytes += bytes.length;
    this.#makeRoom(this.bytes);
    describing("write", this.path, () => this.#sink.write(bytes));
  }

  assertThere(): void {
    assertThere(this.#sink, this.path);
  }

  assertKept(): void {
    assertKept(this.#sink, this.path);
  }

  sync(): void {
    describing("write", this.path, () => this.#sink.sync());
  }

  close(): void {
    describing("write", this.path, () => this.#sink.close());
  }
}
