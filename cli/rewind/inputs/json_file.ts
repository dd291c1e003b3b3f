import { CommandError } from "../../exit_code.ts";
import { readText } from "../../files/files.ts";

/**
 * What a JSON file says.
 *
 * @param read makes it of the parsed JSON; a TypeError of its says what is wrong
 * @throws {CommandError} naming the file
 */
export function readJsonFile<T>(path: string, read: (json: unknown) => T): T {
  const text = readText(path);
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    throw new CommandError(`Cannot read ${path}: it is not JSON; check commas and quotes`);
  }
  try {
    return read(json);
  } catch (error) {
    throw error instanceof TypeError ? new CommandError(`${error.message} (in ${path})`) : error;
  }
}
