import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Folder of the repository, with a slash at its end. */
export const ROOT: string = fileURLToPath(new URL("../../", import.meta.url));

/** Text of a file of the repository. */
export function readSource(path: string): string {
  return readFileSync(ROOT + path, "utf8");
}

/** Files of a package: their text by their path from its root. */
export type PackageFiles = Map<string, string>;
