import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { describing } from "../../files/file_error.ts";
import { FileLock } from "../../files/file_lock.ts";
import { inUse, removeMade } from "../../files/recording_place.ts";

/** Where a recorder keeps and dumps: nobody else does so under its name. */
export class KeepPlace {
  readonly #lock: FileLock;
  readonly #folder: string;
  /** First of the folders that were made for it; undefined when all were there. */
  readonly #madeFolder: string | undefined;

  private constructor(lock: FileLock, folder: string, madeFolder: string | undefined) {
    this.#lock = lock;
    this.#folder = folder;
    this.#madeFolder = madeFolder;
  }

  /** Takes a place, and makes its folder. @throws {CommandError} when another recorder has it */
  static async claim(output: string, target: string): Promise<KeepPlace> {
    const folder = dirname(target);
    const made = describing("write", output, () => mkdirSync(folder, { recursive: true }));
    const lock = await FileLock.take(`${target}.hindcast-lock`, output);
    if (lock === undefined) throw inUse(output);
    return new KeepPlace(lock, folder, made);
  }

  /** Lets others have it. Folders that were made and are empty go. */
  release(): void {
    this.#lock.release();
    removeMade(this.#folder, this.#madeFolder);
  }
}
