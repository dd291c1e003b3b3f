import { close, fstat, fstatSync, fsync, stat, statSync, write } from "node:fs";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { type ExistingFile, openForWriting } from "../container/file_sink.ts";
import type { RecordingSink } from "../container/sink.ts";

/** As a `FileSink`, for one writer; whoever waits for the disk is not the event loop. */
export class AsyncFileSink implements RecordingSink {
  readonly #path: string;
  readonly #place: string;
  readonly #descriptor: number;
  readonly #isRegular: boolean;
  /** The file itself, whatever it is called; undefined where nobody may look. */
  readonly #own: FileId | undefined;
  readonly #pending = new Set<Promise<unknown>>();
  #size = 0;
  #closed: Promise<void> | undefined;

  /** Opens a file for writing. @throws {Error} of the file system */
  constructor(path: string, existing: ExistingFile) {
    this.#path = path;
    this.#place = resolve(path);
    this.#descriptor = openForWriting(path, existing);
    this.#isRegular = fstatSync(this.#descriptor).isFile();
    if (this.#isRegular) this.#own = idAt(this.#place);
  }

  /** Appends bytes. @throws {Error} of the file system, such as a full disk */
  write(bytes: Uint8Array): Promise<void> {
    return this.#do(async () => {
      for (let at = 0; at < bytes.length;) {
        const count = await writePart(this.#descriptor, bytes, at);
        at += count;
        this.#size += count;
      }
    });
  }

  /** Settles when the disk has the bytes; does nothing for a pipe or a device. */
  sync(): Promise<void> {
    return this.#do(async () => {
      if (this.#isRegular) await promisify(fsync)(this.#descriptor);
    });
  }

  /**
   * Looks whether the path still names the file: the system lets a process write on into a file
   * that somebody removed. Does nothing for a pipe or a device, and where nobody may look.
   *
   * @throws {Error} when it does not, with what to do
   */
  async assertThere(): Promise<void> {
    if (this.#own === undefined || this.#closed !== undefined) return;
    const now = await idNow(this.#place);
    if (now === "removed") throw this.#lost("removed or moved, itself or its folder,");
    if (now !== undefined && !isSame(now, this.#own)) throw this.#lost("replaced by another file");
  }

  /**
   * Closes the file, once what was begun has ended. A second call gives the same answer.
   *
   * @throws {Error} of the file system
   */
  close(): Promise<void> {
    return this.#closed ??= this.#close();
  }

  /**
   * The last look, when everything is written: as `assertThere`, and at the length.
   *
   * @throws {Error} likewise, and when another program has cut the file or written to it
   */
  async assertKept(): Promise<void> {
    await this.assertThere();
    if (!this.#isRegular) return;
    const { size } = await promisify(fstat)(this.#descriptor);
    if (size !== this.#size) throw this.#lost("cut or written to by another program");
  }

  async #close(): Promise<void> {
    await Promise.allSettled(this.#pending);
    await promisify(close)(this.#descriptor);
  }

  /** Does something with the descriptor, which stays open for as long. */
  async #do(act: () => Promise<void>): Promise<void> {
    if (this.#closed !== undefined) throw new Error(`Cannot write ${this.#path}: it is closed`);
    const done = act();
    this.#pending.add(done);
    try {
      await done;
    } catch (error) {
      throw this.#named(error);
    } finally {
      this.#pending.delete(done);
    }
  }

  #named(error: unknown): Error {
    const { code, message } = error as NodeJS.ErrnoException;
    const told = new Error(`Cannot write ${this.#path}: ${message}`, { cause: error });
    return Object.assign(told, { code, path: this.#path });
  }

  #lost(fate: string): Error {
    const message = `Cannot keep ${this.#path}: it was ${fate} while it was written; ` +
      "open a new recorder, at a path that nothing else removes or writes to";
    return Object.assign(new Error(message), { path: this.#path });
  }
}

/** Which file it is. */
interface FileId {
  readonly dev: bigint;
  readonly ino: bigint;
}

/** Numbers of files above 2^53 stay distinct. */
const EXACT = { bigint: true } as const;

/** The file at a path; undefined where nobody may look, such as on Deno without `--allow-read`. */
function idAt(path: string): FileId | undefined {
  try {
    return statSync(path, EXACT);
  } catch {
    return undefined;
  }
}

function idNow(path: string): Promise<FileId | "removed" | undefined> {
  return new Promise((resolve) => {
    stat(path, EXACT, (error, id) => {
      if (!error) resolve(id);
      else resolve(error.code === "ENOENT" || error.code === "ENOTDIR" ? "removed" : undefined);
    });
  });
}

function isSame(a: FileId, b: FileId): boolean {
  return a.dev === b.dev && a.ino === b.ino;
}

function writePart(descriptor: number, bytes: Uint8Array, at: number): Promise<number> {
  return new Promise((resolve, reject) => {
    write(descriptor, bytes, at, bytes.length - at, null, (error, count) => {
      if (error) reject(error);
      else resolve(count);
    });
  });
}
