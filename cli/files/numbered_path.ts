import { readdirSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { CommandError } from "../exit_code.ts";
import type { OutputPlace } from "./output_place.ts";

/** Path with a number before its extension: `out-2.mcap` of `out.mcap`. */
export function numberedPath(path: string, number: number): string {
  const extension = extname(path);
  const name = `${basename(path, extension)}-${number}${extension}`;
  return basename(path) === path ? name : join(dirname(path), name);
}

/** Refuses an output some of whose numbered paths are there. @throws {CommandError} */
export function assertNoneNumbered({ path, target }: OutputPlace): void {
  const extension = extname(target);
  const start = `${basename(target, extension)}-`;
  const taken = namesIn(dirname(target)).find((name) =>
    name.startsWith(start) && name.endsWith(extension) &&
    /^[1-9]\d*$/.test(name.slice(start.length, name.length - extension.length))
  );
  if (taken === undefined) return;
  const there = basename(path) === path ? taken : join(dirname(path), taken);
  throw new CommandError(
    `Cannot write ${path}: ${there} is there already, which a later file may be called; name another file, or replace it with --force`,
  );
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // It is not there yet, or whoever makes a file in it tells why that cannot be.
    return [];
  }
}
