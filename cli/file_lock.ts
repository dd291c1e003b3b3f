import { closeSync, lstatSync, openSync, unlinkSync } from "node:fs";
import { isAbsolute } from "node:path";
import process from "node:process";
import type { DatabaseSync } from "node:sqlite";
import { CommandError } from "./exit_code.ts";
import { describing } from "./files.ts";

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
  readonly #database: DatabaseSync;

  private constructor(path: string, database: DatabaseSync) {
    this.#path = path;
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
    const { DatabaseSync } = await importSqlite();
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      lockFile(path, subject);
      describing("write", subject, () => closeSync(openSync(path, "a")));
      const before = lockFile(path, subject);
      if (before === undefined) continue;
      let database: DatabaseSync | undefined;
      try {
        // A bare name may mean something to SQLite, such as ":memory:".
        database = new DatabaseSync(isAbsolute(path) ? path : `./${path}`);
        // Nothing is written, so no journal is needed, which would be one more file.
        database.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
      } catch (error) {
        database?.close();
        const { message } = error as Error;
        if (/is locked/.test(message)) return undefined;
        throw new CommandError(`Cannot lock ${subject}: ${message}; choose another place`);
      }
      // Whoever held it before may have removed the file that is locked now.
      if (lockFile(path, subject) === before) return new FileLock(path, database);
      database.close();
    }
    return undefined;
  }

  /** Gives the name back. */
  release(): void {
    try {
      // Before the lock goes, or it would be the next one's file.
      unlinkSync(this.#path);
    } catch {
      // Gone with its folder, or it may not be removed while open: it means nothing any more.
    }
    this.#database.close();
  }
}

/** Number of a lock's file, undefined when there is none. @throws {CommandError} if it is no lock */
function lockFile(path: string, subject: string): bigint | undefined {
  const exact = { bigint: true, throwIfNoEntry: false } as const;
  const stat = describing("write", subject, () => lstatSync(path, exact));
  if (stat === undefined) return undefined;
  if (stat.isFile() && stat.size === 0n) return stat.ino;
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
