import { closeSync, fstatSync, lstatSync, openSync, unlinkSync } from "node:fs";
import { Buffer } from "node:buffer";
import { isAbsolute, resolve } from "node:path";
import process from "node:process";
import type { DatabaseSync } from "node:sqlite";
import { CommandError } from "../exit_code.ts";
import { describing } from "./file_error.ts";

/** Path that SQLite takes, less what it appends. */
export const PATH_BYTES_MAX = 500;
/** Attempts until a lock file stays that others remove as they end. */
const ATTEMPTS = 100;

/**
 * A name that one process holds until it ends, however it ends; an empty file beside says so.
 *
 * The kernel holds it, through the one door to a kernel lock that Deno, Bun and Node share:
 * `node:sqlite`, which locks its file. `node:fs` has no lock. A file with a process id in it would
 * have to be judged: Deno's least permissions do not let ask whether a process lives, ids are used
 * again, and another container has its own; a time stamp takes a stopped process for a dead one.
 * So a lock file that a killed process left means nothing, and the next one takes it over.
 */
export class FileLock {
  readonly #path: string;
  /** Closed last: a process that closes any descriptor of a file loses its locks on it. */
  readonly #descriptor: number;
  readonly #database: DatabaseSync;

  private constructor(path: string, descriptor: number, database: DatabaseSync) {
    this.#path = path;
    this.#descriptor = descriptor;
    this.#database = database;
  }

  /**
   * Takes a lock, without waiting.
   *
   * @param path the lock's own file, in a folder that exists
   * @param subject what it is for, for messages
   * @returns undefined when another process holds it
   * @throws {CommandError} when the file cannot be made, or is somebody else's
   */
  static async take(path: string, subject: string): Promise<FileLock | undefined> {
    const { DatabaseSync } = await importSqlite().catch((error) => {
      throw new CommandError(
        `Cannot lock ${subject}: this runtime has no node:sqlite (${error.message}); use a newer one`,
      );
    });
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      assertLockFile(path, subject);
      const descriptor = describing("write", subject, () => openSync(path, "a"));
      let database: DatabaseSync | undefined;
      try {
        // A bare name may mean something to SQLite, such as ":memory:".
        database = new DatabaseSync(isAbsolute(path) ? path : `./${path}`);
        // Nothing is written, so no journal is needed, which would be one more file.
        database.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
        // Whoever held it before may have removed the file that is locked now. The number of one
        // that is open is not given again, so equal numbers mean that all three are one file.
        if (isAt(path, descriptor)) return new FileLock(path, descriptor, database);
      } catch (error) {
        const { message } = error as Error;
        end(database, descriptor);
        if (/is locked/.test(message)) return undefined;
        const isLong = Buffer.byteLength(resolve(path)) > PATH_BYTES_MAX;
        const reason = isLong ? `its path has more than ${PATH_BYTES_MAX} bytes` : message;
        throw new CommandError(`Cannot lock ${subject}: ${reason}; choose another place`);
      }
      end(database, descriptor);
    }
    return undefined;
  }

  /** Gives the name back. */
  release(): void {
    try {
      // Before the lock goes, or it would be the next one's file, as in a folder that is new.
      if (isAt(this.#path, this.#descriptor)) unlinkSync(this.#path);
    } catch {
      // It may not be removed while it is open: it means nothing any more.
    }
    end(this.#database, this.#descriptor);
  }
}

function end(database: DatabaseSync | undefined, descriptor: number): void {
  database?.close();
  closeSync(descriptor);
}

/** True when a path leads to an open file. */
function isAt(path: string, descriptor: number): boolean {
  const stat = lstatSync(path, EXACT);
  return stat !== undefined && stat.ino === fstatSync(descriptor, { bigint: true }).ino;
}

/** Numbers of files above 2^53 stay distinct. */
const EXACT = { bigint: true, throwIfNoEntry: false } as const;

/** Refuses a file that somebody else keeps under the lock's name. @throws {CommandError} */
function assertLockFile(path: string, subject: string): void {
  const stat = describing("write", subject, () => lstatSync(path, EXACT));
  if (stat === undefined || (stat.isFile() && stat.size === 0n)) return;
  throw new CommandError(
    `Cannot lock ${path}: it is there and is no lock of a recording; move it away`,
  );
}

/** Node warns of SQLite on standard error, which is no concern of whoever records. */
async function importSqlite(): Promise<typeof import("node:sqlite")> {
  const { emitWarning } = process;
  process.emitWarning = ((...args: Parameters<typeof emitWarning>) => {
    if (!String(args[0]).startsWith("SQLite")) emitWarning(...args);
  }) as typeof emitWarning;
  try {
    return await import("node:sqlite");
  } finally {
    process.emitWarning = emitWarning;
  }
}
