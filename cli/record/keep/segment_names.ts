import { readdirSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { shellPath } from "../../terminal/shell_word.ts";

/** What a segment is called. */
export const SEGMENT_NAME = /^\d{6,}\.mcap$/;

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
    return readdirSync(folder).filter((name) => SEGMENT_NAME.test(name)).sort();
  } catch {
    return [];
  }
}

/** Command that makes one recording of segments: there is nothing to merge a single one with. */
export function savingCommand(folder: string, [name, ...others]: readonly string[]): string {
  return name !== undefined && others.length === 0
    ? `hindcast recover ${shellPath(join(folder, name))} -o FILE`
    : `hindcast merge ${shellPath(folder)}/*.mcap -o FILE`;
}
