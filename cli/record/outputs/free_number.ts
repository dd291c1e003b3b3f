import { existsSync } from "node:fs";
import { TakenError } from "../../files/taken_error.ts";
import { numberedPath } from "../../files/numbered_path.ts";
import { outputPlace } from "../../files/output_place.ts";
import { warn } from "../../terminal/terminal.ts";

/** The first number from one on under which no file is. @param target path that gets the number */
export function freeNumber(target: string, from: number): number {
  let number = from;
  while (existsSync(numberedPath(target, number))) number++;
  return number;
}

/**
 * Takes the place of the next file, under the first number that nobody else has: what came in the
 * way while hours were recorded does not end the recording, and is not written over.
 *
 * @param make makes the output of a path, which is given up where the place is taken
 * @throws {CommandError} when nothing can be written there
 */
export async function claimNext<T extends { claim(): Promise<void> }>(
  target: string,
  from: number,
  { make, drop }: { readonly make: (path: string) => T; readonly drop: (output: T) => void },
): Promise<{ readonly output: T; readonly number: number }> {
  let taken: string | undefined;
  for (let number = from;; number++) {
    const path = numberedPath(target, number);
    const output = make(path);
    try {
      if (outputPlace(path).kind === "stream") throw new TakenError(path);
      await output.claim();
      if (taken !== undefined) warn(`${taken} is there already: going on in ${path}`);
      return { output, number };
    } catch (error) {
      drop(output);
      if (!(error instanceof TakenError)) throw error;
      taken ??= path;
    }
  }
}
