import { closeSync, openSync, readSync, statSync } from "node:fs";
import { CommandError, EXIT } from "../exit_code.ts";
import { describing } from "../files/file_error.ts";
import type { DamageFlags } from "../files/damage_option.ts";
import { openRecording } from "../files/open_recording.ts";
import { messageOf } from "../option_flags.ts";
import { type CheckedFiles, checkedInput } from "../record/check/checked_input.ts";
import { recordCommandText } from "../record/check/command_text.ts";
import type { InputOptions } from "../record/options.ts";
import { print, visible, warn } from "../terminal/terminal.ts";
import { schemaText } from "./schema_text.ts";

/** First bytes of a recording. */
const MAGIC = [0x89, 0x4d, 0x43, 0x41, 0x50, 0x30, 0x0d, 0x0a];

/** Prints a schema file for what a recording holds, or for what `record` reads. */
export async function printProposedSchema(
  path: string,
  options: InputOptions & CheckedFiles & DamageFlags,
): Promise<void> {
  if (isRecording(path)) {
    return await print(schemaText((await openRecording(path, options)).schema));
  }
  const check = await checkedInput(path, options);
  const { faults, left, seen, seenAsGiven, skipped, states } = check;
  if (states === undefined) {
    throw new CommandError(
      faults[0] === undefined ? `Cannot read ${visible(path)}` : messageOf(faults[0].first),
    );
  }
  // What records as it is need not be read in the way that it seems to be meant.
  if (seenAsGiven !== undefined) return await print(schemaText(seenAsGiven));
  await print(schemaText(check.options.schema ?? seen));
  const isOther = Object.keys(check.options).some((key) =>
    key !== "schema" &&
    check.options[key as keyof typeof check.options] !==
      check.given[key as keyof typeof check.given]
  );
  if (isOther) {
    const parts = { input: path, output: "OUT.mcap", schema: "FILE" };
    warn(`note: the schema is for ${visible(recordCommandText(parts, check.options))}`);
  }
  if (left.length === 0) return;
  for (const { first } of left) warn(messageOf(first));
  const lost = `the schema is without the ${skipped} bad lines of ${visible(path)}`;
  if (options.skipBad !== true) throw new CommandError(lost, EXIT.loss);
  warn(`note: ${lost}`);
}

/** True for a file that begins as recordings do. @throws {CommandError} */
function isRecording(path: string): boolean {
  if (path === "-") return false;
  return describing("read", path, () => {
    const stat = statSync(path);
    // A recording may be a folder of parts, which openRecording knows; a pipe is read once.
    if (stat.isDirectory()) return true;
    if (!stat.isFile()) return false;
    const descriptor = openSync(path, "r");
    try {
      const head = new Uint8Array(MAGIC.length);
      const count = readSync(descriptor, head, 0, head.length, 0);
      return count === MAGIC.length && MAGIC.every((byte, i) => head[i] === byte);
    } finally {
      closeSync(descriptor);
    }
  });
}
