import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { describing } from "../../files/file_error.ts";
import { FileLock } from "../../files/file_lock.ts";
import { assertNamesFit, DUMP_NUMBER } from "../../files/name_length.ts";
import { removeStaleLocks } from "../../files/stale_locks.ts";
import { inUse, removeMade } from "../../files/recording_place.ts";
import { keepFolder } from "./segment_names.ts";

/** Where a recorder keeps and dumps: nobody else does so under its name. */
export class KeepPlace {
  readonly #locks: readonly FileLock[];
  readonly #folder: string;
  /** First of the folders that were made for it; undefined when all were there. */
  readonly #madeFolder: string | undefined;

  private constructor(
    locks: readonly FileLock[],
    folder: string,
    madeFolder: string | undefined,
  ) {
    this.#locks = locks;
    this.#folder = folder;
    this.#madeFolder = madeFolder;
  }

  /** Takes a place, and makes its folder. @throws {CommandError} when another recorder has it */
  static async claim(output: string, target: string): Promise<KeepPlace> {
    assertNamesFit({ path: output, target, kind: "nothing" }, DUMP_NUMBER, true);
    const folder = dirname(target);
    const made = describing("write", output, () => mkdirSync(folder, { recursive: true }));
    const lock = await FileLock.take(`${target}.hindcast-lock`, output);
    if (lock === undefined) throw inUse(output);
    const segments = keepFolder(target);
    try {
      // Outputs with another extension have the same one.
      const own = await FileLock.take(`${segments}.hindcast-lock`, segments);
      if (own === undefined) throw inUse(segments);
      await removeStaleLocks(target);
      return new KeepPlace([own, lock], folder, made);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** Lets others have it. Folders that were made and are empty go. */
  release(): void {
    for (const lock of this.#locks) lock.release();
    removeMade(this.#folder, this.#madeFolder);
  }
}
