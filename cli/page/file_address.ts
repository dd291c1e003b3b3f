import { relative, resolve, sep } from "node:path";

/** Path of a file from a folder, with `/` on every system. */
export function pathFrom(folder: string, path: string): string {
  return relative(resolve(folder), resolve(path)).split(sep).join("/");
}

/** Address of a file for a page in a folder; one of a name alone needs no scheme to be told apart. */
export function addressFrom(folder: string, path: string): string {
  return pathFrom(folder, path).split("/")
    .map((step) => step === ".." ? step : encodeURIComponent(step)).join("/");
}
