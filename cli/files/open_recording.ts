import { statSync } from "node:fs";
import { FileSource } from "../../lib/recording/container/file_source.ts";
import { RecordingSyntaxError } from "../../lib/recording/container/recording_error.ts";
import { leavesOutQuietFrames } from "../../lib/recording/left_out_frames.ts";
import { RecordingReader } from "../../lib/recording/recording_reader.ts";
import { withOpeningBar } from "../terminal/opening_bar.ts";
import { tellAtEnd, tellDamage } from "./damage_told.ts";
import { CommandError, usageError } from "../exit_code.ts";
import type { DamageFlags } from "./damage_option.ts";
import { describing } from "./file_error.ts";
import { warn } from "../terminal/terminal.ts";

/**
 * Opens a recording by its path, with a line on what of it is damaged or was left out by an older
 * version.
 *
 * @param flags whether what is damaged is left out, as it is unless they say otherwise
 * @throws {CommandError | RecordingSyntaxError}
 */
export async function openRecording(
  path: string,
  { damage = true }: DamageFlags = {},
): Promise<RecordingReader> {
  const source = openSource(path);
  const reader = await withOpeningBar(
    source,
    (source) => RecordingReader.open(source, { damage: "leave-out" }),
  );
  if (reader.damage === undefined && !damage) return await openStrictly(path, source, reader);
  if (reader.damage !== undefined) {
    if (!damage) {
      const text = await textOf("it", reader);
      throw new CommandError(`Cannot read ${path}: ${text}, and without --no-damage that is read`);
    }
    tellDamage(`hindcast: ${await textOf(path, reader)}`);
  } else await noteQuiet(path, reader);
  tellLater(path, reader);
  return reader;
}

/** Says where an older version has left frames out. */
async function noteQuiet(path: string, reader: RecordingReader): Promise<void> {
  if (await leavesOutQuietFrames(reader)) {
    warn(
      `note: ${path} seems to be recorded from sparse input by an older version, which left out the ${reader.missingFrames} frames in which nothing changed; record it again`,
    );
  }
}

/**
 * Opens a recording without a fault so that what does not decode, though its CRC is right, is
 * refused when it is read. One that another program wrote without CRCs cannot be opened so.
 */
async function openStrictly(
  path: string,
  source: FileSource,
  reader: RecordingReader,
): Promise<RecordingReader> {
  await noteQuiet(path, reader);
  try {
    return await RecordingReader.open(source);
  } catch (error) {
    if (!(error instanceof RecordingSyntaxError)) throw error;
    tellLater(path, reader);
    return reader;
  }
}

/** Tells at the end of what is damaged and shows only when it is read. */
function tellLater(path: string, reader: RecordingReader): void {
  const told = reader.damage?.faultCount ?? 0;
  tellAtEnd(async () => {
    if ((reader.damage?.faultCount ?? 0) === told) return;
    tellDamage(`hindcast: ${await textOf(path, reader)}`);
  });
}

/** What is damaged, by words that a whole file need not load. */
async function textOf(path: string, reader: RecordingReader): Promise<string> {
  const { damageText } = await import("./damage_text.ts");
  return damageText(path, reader);
}

/** Opens a file that may be a recording. @throws {CommandError} for what is none */
export function openSource(path: string): FileSource {
  if (path === "-") {
    throw usageError("A recording is read in any order and cannot come from standard input");
  }
  const stat = describing("read", path, () => statSync(path));
  if (!stat.isFile() && !stat.isDirectory()) {
    throw new CommandError(
      `Cannot read ${path}: it is a pipe or a device, and a recording is read in any order; name a file`,
    );
  }
  if (stat.isFile() && stat.size === 0) {
    throw new CommandError(
      `Cannot read ${path}: the file is empty; name a file that hindcast record wrote`,
    );
  }
  return describing("read", path, () => new FileSource(path));
}
