import { parseSchemaFile } from "../../lib/ingest/schema_file.ts";
import type { RecordingReader } from "../../lib/recording.ts";
import type { Snapshot } from "../../lib/world.ts";
import { SnapshotLayout } from "../../lib/core/state/snapshot_layout.ts";
import { WireConversion } from "../../lib/schema/wire_conversion.ts";
import { CommandError } from "../exit_code.ts";
import { readText } from "../files/files.ts";

/** What goes on the wire. */
export interface SentFrames {
  readonly layout: SnapshotLayout;
  readonly frames: AsyncIterable<Snapshot>;
}

/**
 * The recorded frames as they are sent: as recorded, or by a wire schema.
 *
 * @param path path of the recording
 * @param wires wire schema: path of its file, or the text that the recording holds
 * @throws {CommandError | InputSyntaxError}
 */
export function sentFrames(
  path: string,
  reader: RecordingReader,
  { file, recorded }: { readonly file: string | undefined; readonly recorded: string | undefined },
): SentFrames {
  const text = file === undefined ? recorded : readText(file);
  if (text === undefined) return { layout: reader.layout, frames: reader.snapshots() };
  const wire = file ?? `the wire schema in ${path}`;
  const schema = parseSchemaFile(text, wire);
  const conversion = sendingBy(
    wire,
    "the recording",
    () => new WireConversion(reader.layout, new SnapshotLayout(schema)),
  );
  return { layout: conversion.wire, frames: converted(reader, conversion, wire) };
}

async function* converted(
  reader: RecordingReader,
  conversion: WireConversion,
  wire: string,
): AsyncGenerator<Snapshot, void, void> {
  for await (const snapshot of reader.snapshots()) {
    yield sendingBy(wire, `frame ${snapshot.frame}`, () => conversion.convert(snapshot));
  }
}

/** Names the wire schema in what it is to blame for. */
function sendingBy<T>(wire: string, what: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
    throw new CommandError(
      `Cannot send ${what} by ${wire}: ${error.message}; correct it (info --schema prints one that fits)`,
    );
  }
}
