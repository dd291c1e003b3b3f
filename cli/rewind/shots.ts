import { existsSync } from "node:fs";
import type {
  InputSyntaxError,
  PoseHistory,
  RecordingReader,
  Shot,
  ShotError,
  ShotMap,
  StateEvent,
} from "../../mod.ts";
import { CommandError, usageError } from "../exit_code.ts";
import { inputOf } from "../files/files.ts";

/** Options that say which shots there are. */
export interface ShotOptions {
  readonly shots?: string;
  readonly eventsFile?: string;
  readonly frameKey: string;
  readonly timeKey: string;
  readonly eventKey: string;
  readonly shot?: string[];
  readonly reach?: number;
  readonly rayRadius?: number;
  readonly interp?: number;
  readonly skipBad?: true;
}

/** Shots of a recording, and what was left out of them. */
export interface FoundShots {
  /** Shots that can be judged. */
  readonly shots: readonly Shot[];
  /** Shots that cannot. */
  readonly bad: readonly ShotError[];
  /** Lines of an events file that could not be read. */
  readonly badLines: readonly InputSyntaxError[];
  /** Shots that are placed by their frame, since their time is of another clock. */
  readonly otherClock: readonly number[];
  /** Shots that are placed by their time, which is not that of their frame. */
  readonly astray: readonly number[];
  /** Events that shots were read from, by index of the shot; those of the command line have none. */
  readonly events: readonly StateEvent[];
}

/** The index that a bare `--shot N` selects; undefined without one. @throws {CommandError} */
export function selectedShot(options: ShotOptions): number | undefined {
  const indexes = (options.shot ?? []).filter(isIndex);
  if (indexes.length <= 1) return indexes[0] === undefined ? undefined : Number(indexes[0]);
  throw usageError(`--shot selects one shot by its index, not ${indexes.join(" and ")}`);
}

/** True when `--shot` describes a shot, and does not only select one. */
export function describesShots(options: ShotOptions): boolean {
  return (options.shot ?? []).some((text) => !isIndex(text));
}

/** Every shot: those of events, then those of the command line. @throws {CommandError} */
export async function findShots(
  path: string,
  reader: RecordingReader,
  history: PoseHistory,
  map: ShotMap | undefined,
  options: ShotOptions,
  up: number,
): Promise<FoundShots> {
  const badLines: InputSyntaxError[] = [];
  const events = await shotEvents(path, reader, options, badLines);
  const described = (options.shot ?? []).filter((text) => !isIndex(text));
  if (events === undefined && described.length === 0) {
    throw usageError(
      "Name the shots: --shots EVENT, --shots FILE.ndjson or --shot frame=..,shooter=..,from=..,to=..",
    );
  }
  const { readShots } = await import("../../mod.ts");
  const limits = {
    skipBad: options.skipBad === true,
    up,
    ...(options.reach === undefined ? {} : { reachUnits: options.reach }),
    ...(options.rayRadius === undefined ? {} : { radiusUnits: options.rayRadius }),
  };
  if (events !== undefined && map === undefined) {
    throw usageError(
      "Say where events keep a shot: --shot-map quakeworld, " +
        "--shot-map shooter=KEY,from=X,Y,Z,to=X,Y,Z,verdict=KEY or a JSON file",
    );
  }
  const read = events === undefined
    ? { shots: [], bad: [], otherClock: [], astray: [] }
    : readShots(events, map!, history, limits);
  const shots = [...read.shots];
  const bad = [...read.bad];
  for (const [i, text] of described.entries()) {
    const found = await readDescribed(text, (events?.length ?? 0) + i, history, limits);
    if (found instanceof Error) bad.push(found);
    else shots.push(found);
  }
  return {
    shots: withInterp(shots, options.interp),
    bad,
    badLines,
    otherClock: read.otherClock,
    astray: read.astray,
    events: events ?? [],
  };
}

function isIndex(text: string): boolean {
  return /^\d+$/.test(text.trim());
}

/** Events that are shots; undefined when none were asked for. */
async function shotEvents(
  path: string,
  reader: RecordingReader,
  options: ShotOptions,
  badLines: InputSyntaxError[],
): Promise<StateEvent[] | undefined> {
  const { shots, eventsFile } = options;
  if (eventsFile !== undefined && shots === undefined) {
    return await readFile(eventsFile, options, badLines);
  }
  if (shots === undefined) return undefined;
  if (eventsFile !== undefined) return await namedEvents(path, reader, options, shots, badLines);
  const isEvent = reader.eventCounts.has(shots);
  const isFile = /\.(?:ndjson|jsonl)(?:\.gz)?$/.test(shots) || (!isEvent && existsSync(shots));
  if (isFile) return await readFile(shots, options, badLines);
  return await namedEvents(path, reader, options, shots, badLines);
}

/** Events of a name, from where events come: the file of `--events-file`, else the recording. */
export async function namedEvents(
  path: string,
  reader: RecordingReader,
  options: ShotOptions,
  name: string,
  badLines: InputSyntaxError[] = [],
): Promise<StateEvent[]> {
  if (options.eventsFile !== undefined) {
    return named(options.eventsFile, await readFile(options.eventsFile, options, badLines), name);
  }
  if (!reader.eventCounts.has(name)) throw noSuchEvent(path, name, reader.eventCounts.keys());
  const events: StateEvent[] = [];
  for await (const event of reader.events("frame")) if (event.name === name) events.push(event);
  return events;
}

async function readFile(
  path: string,
  { frameKey, timeKey, eventKey, skipBad }: ShotOptions,
  badLines: InputSyntaxError[],
): Promise<StateEvent[]> {
  const { readEvents } = await import("../../mod.ts");
  const input = inputOf(path);
  const events: StateEvent[] = [];
  const options = {
    source: input.name,
    frameKey,
    timeKey,
    eventKey,
    skipBad,
    onBadLine: (error: InputSyntaxError) => badLines.push(error),
  };
  for await (const event of readEvents(input.open(), options)) events.push(event);
  return events;
}

function named(path: string, events: readonly StateEvent[], name: string): StateEvent[] {
  const found = events.filter((event) => event.name === name);
  if (found.length > 0) return found;
  throw noSuchEvent(path, name, events.map((event) => event.name));
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

/** A shot of the command line, or why it cannot be judged when bad ones are skipped. */
async function readDescribed(
  text: string,
  index: number,
  history: PoseHistory,
  limits: { readonly skipBad: boolean; readonly up: number },
): Promise<Shot | ShotError> {
  const { parseShot, ShotError } = await import("../../mod.ts");
  try {
    return { ...parseShot(text, history, limits), index };
  } catch (error) {
    if (error instanceof SyntaxError) throw usageError(error.message);
    if (!(error instanceof ShotError)) throw error;
    const refusal = new ShotError(index, "", error.reason);
    if (!limits.skipBad) throw refusal;
    return refusal;
  }
}

/** Shots whose `interp` is the given one when they have none of their own. */
function withInterp(shots: readonly Shot[], interpMs: number | undefined): readonly Shot[] {
  if (interpMs === undefined) return shots;
  return shots.map((shot) =>
    shot.numbers.has("interp")
      ? shot
      : { ...shot, numbers: new Map([...shot.numbers, ["interp", interpMs]]) }
  );
}
