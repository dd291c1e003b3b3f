import { existsSync } from "node:fs";
import type { InputSyntaxError } from "../../../lib/ingest.ts";
import { readEvents } from "../../../lib/ingest/read_events.ts";
import type { RecordingReader } from "../../../lib/recording.ts";
import type { PoseSource } from "../../../lib/rewind.ts";
import { countedEvents } from "../../../lib/rewind/shot/counted_events.ts";
import type { StateEvent } from "../../../lib/world.ts";
import { CommandError } from "../../exit_code.ts";
import { inputOf } from "../../files/files.ts";
import { warn } from "../../terminal/terminal.ts";
import type { RewindFlags } from "../flags.ts";
import { lostPlaces } from "./lost_places.ts";
import { readCounter } from "./read_counter.ts";

/** Where a recording's events are looked for. */
export interface EventPlace {
  /** Path of the recording. */
  readonly path: string;
  readonly reader: RecordingReader;
  readonly flags: RewindFlags;
  /** Takes lines of an events file that cannot be read, where bad ones are skipped. */
  readonly onBadLine?: (error: InputSyntaxError) => void;
}

/**
 * Events that are shots; undefined when none were asked for.
 *
 * @param source frames of the recording
 * @throws {CommandError}
 */
export async function readShotEvents(
  place: EventPlace,
  shots: string | undefined,
  source: PoseSource,
): Promise<StateEvent[] | undefined> {
  const { eventsFile } = place.flags;
  if (shots === undefined) {
    return eventsFile === undefined ? undefined : await readFile(eventsFile, place, source);
  }
  if (eventsFile !== undefined) return await readNamedEvents(place, shots, source);
  const isEvent = place.reader.eventCounts.has(shots);
  const isFile = /\.(?:ndjson|jsonl)(?:\.gz)?$/.test(shots) || (!isEvent && existsSync(shots));
  return isFile
    ? await readFile(shots, place, source)
    : await readNamedEvents(place, shots, source);
}

/** Events of a name, of the file of `--events-file`, else of the recording. @throws {CommandError} */
export async function readNamedEvents(
  place: EventPlace,
  name: string,
  source: PoseSource,
): Promise<StateEvent[]> {
  const { flags: { eventsFile }, path, reader } = place;
  if (eventsFile !== undefined) {
    const events = await readFile(eventsFile, place, source);
    const found = events.filter((event) => event.name === name);
    if (found.length > 0) return found;
    throw noSuchEvent(eventsFile, name, events.map((event) => event.name));
  }
  if (!reader.eventCounts.has(name)) throw noSuchEvent(path, name, reader.eventCounts.keys());
  const events: StateEvent[] = [];
  const isLost = lostPlaces(reader);
  let lost = 0;
  for await (const { event, offset } of reader.placedEvents("frame")) {
    if (event.name !== name) continue;
    if (isLost(offset)) lost++;
    else events.push(event);
  }
  if (lost > 0) {
    const what = lost === 1 ? "1 event" : `${lost} events`;
    const which = JSON.stringify(name);
    warn(`hindcast: ${what} ${which} of ${path} at frames that are lost: left out`);
  }
  return events;
}

async function readFile(
  path: string,
  { flags, onBadLine, path: recording, reader }: EventPlace,
  frames: PoseSource,
): Promise<StateEvent[]> {
  const { eventKey, frameKey, skipBad, timeKey } = flags;
  const counter = readCounter(recording, reader);
  const input = inputOf(path);
  const events: StateEvent[] = [];
  const options = {
    ...{ source: input.name, frameKey, timeKey, eventKey, skipBad, onBadLine },
    // A counter that wraps goes back, and only frames around tell how often it had wrapped.
    ...(counter?.bits === undefined
      ? { frameOffset: counter?.offset }
      : { frameBits: counter.bits, anyOrder: true }),
  };
  for await (const event of readEvents(input.open(), options)) events.push(event);
  return counter?.bits === undefined ? events : countedEvents(events, counter, frames);
}

/** Names of events that an error lists. */
const NAMES_SHOWN = 12;

function noSuchEvent(path: string, name: string, known: Iterable<string>): CommandError {
  const names = [...new Set(known)];
  const listed = names.slice(0, NAMES_SHOWN).join(", ") + (names.length > NAMES_SHOWN ? ", …" : "");
  const has = names.length === 0
    ? "it has no events; record them with --events, or name a file with --events-file"
    : `it has ${listed}`;
  return new CommandError(`Cannot find events ${JSON.stringify(name)} in ${path}: ${has}`);
}
