import type { HitModel, PoseHistory, ReadShots, ShotMap } from "../../../lib/rewind.ts";
import { readRecordedShots } from "../../../lib/rewind/report/recorded_shots.ts";
import type { InputSyntaxError } from "../../../lib/ingest.ts";
import type { StateEvent } from "../../../lib/world.ts";
import { LIVE_EVENT } from "../../../lib/rewind/shot/live_shots.ts";
import { CommandError, usageError } from "../../exit_code.ts";
import { readCounter } from "./read_counter.ts";
import { type EventPlace, readShotEvents } from "./read_events.ts";
import { describedShots } from "./shot_flags.ts";

/** Shots of a recording, and what was left out of them. */
export interface FoundShots extends ReadShots {
  /** Lines of an events file that could not be read. */
  readonly badLines: readonly InputSyntaxError[];
  /** Events that shots were read from, by index of the shot; those of the command line have none. */
  readonly events: readonly StateEvent[];
}

/**
 * Every shot: those of events, then those of the command line.
 *
 * @param name events that are shots, or a file of them
 * @throws {CommandError | ShotError}
 */
export async function readShotsOf(
  { flags, path, reader }: EventPlace,
  name: string | undefined,
  { history, map, model }: {
    readonly history: PoseHistory;
    readonly model: HitModel;
    readonly map: ShotMap | undefined;
  },
): Promise<FoundShots> {
  const badLines: InputSyntaxError[] = [];
  const onBadLine = (error: InputSyntaxError) => badLines.push(error);
  const place = { path, reader, flags, onBadLine };
  const events = await readShotEvents(place, name, history);
  const described = describedShots(flags);
  const isRecorded = reader.rewind.has("model") && flags.ignoreRecorded !== true;
  if (events === undefined && described.length === 0 && isRecorded) {
    throw new CommandError(
      `Cannot judge shots of ${path}: nobody shot, it has no event ${
        JSON.stringify(LIVE_EVENT)
      }; ` +
        "name others with --shots and --shot-map",
    );
  }
  if (events === undefined && described.length === 0) {
    throw usageError(
      "Name the shots: --shots EVENT, --shots FILE.ndjson or --shot frame=..,shooter=..,from=..,to=..",
    );
  }
  if (events !== undefined && map === undefined) {
    throw usageError(
      "Say where events keep a shot: --shot-map quakeworld, " +
        "--shot-map shooter=KEY,from=X,Y,Z,to=X,Y,Z,verdict=KEY or a JSON file",
    );
  }
  const { eventsFirst, interp, rayRadius, reach, skipBad } = flags;
  try {
    const shots = readRecordedShots(history, model, {
      events,
      map,
      described,
      interpMs: interp,
      eventsFirst,
      counter: readCounter(path, reader),
      skipBad: skipBad === true,
      ...(reach === undefined ? {} : { reachUnits: reach }),
      ...(rayRadius === undefined ? {} : { radiusUnits: rayRadius }),
    });
    return { ...shots, badLines, events: events ?? [] };
  } catch (error) {
    // Only what a user wrote on the command line is read as text.
    throw error instanceof SyntaxError ? usageError(error.message) : error;
  }
}
