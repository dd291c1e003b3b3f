import { readdirSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { FileLock } from "./file_lock.ts";
import { removeLeftover } from "./leftover.ts";

const LOCK = ".hindcast-lock";
const PART = ".part";

/**
 * Removes what killed recorders left of the numbered files of an output, which would pile up: locks
 * that nobody holds, and the parts that they were for. What cannot be removed is in nobody's way.
 *
 * @param target path of the output, whose lock the caller holds
 */
export async function removeStaleLocks(target: string): Promise<void> {
  const folder = dirname(target);
  const extension = extname(target);
  const start = `${basename(target, extension)}-`;
  for (const name of lockNames(folder)) {
    const file = name.slice(0, -LOCK.length);
    const isPart = file.endsWith(PART);
    const own = isPart ? file.slice(0, -PART.length) : file;
    if (!own.startsWith(start) || !own.endsWith(extension)) continue;
    if (!/^\d+(-\d+)?$/.test(own.slice(start.length, own.length - extension.length))) continue;
    const path = join(folder, file);
    try {
      const lock = await FileLock.take(`${path}${LOCK}`, path);
      if (lock === undefined) continue;
      try {
        if (isPart) removeLeftover(path);
      } finally {
        lock.release();
      }
    } catch {
      // It is somebody else's.
    }
  }
}

function lockNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(LOCK));
  } catch {
    return [];
  }
}
