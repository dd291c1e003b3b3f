import { basename, dirname, extname, join } from "node:path";

/** Path with a number before its extension: `out-2.mcap` of `out.mcap`. */
export function numberedPath(path: string, number: number): string {
  const extension = extname(path);
  const name = `${basename(path, extension)}-${number}${extension}`;
  return basename(path) === path ? name : join(dirname(path), name);
}
