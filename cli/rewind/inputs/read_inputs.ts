import type { RecordingReader } from "../../../lib/recording.ts";
import type { RunOptions } from "../../../lib/report.ts";
import type { RewindPolicy, RewindSetting } from "../../../lib/rewind.ts";
import { defaultPolicies } from "../../../lib/rewind/policy/default_policies.ts";
import { doubtShots } from "../../../lib/rewind/report/shot_doubts.ts";
import { parseRewindPolicy } from "../../../lib/rewind/policy/policy_text.ts";
import { asUsage } from "../../errors/as_usage.ts";
import { openRecording } from "../../files/open_recording.ts";
import { flagOf } from "../../option_flags.ts";
import type { RewindFlags } from "../flags.ts";
import { inputNotes } from "./input_notes.ts";
import { readModel } from "./read_model.ts";
import { readPoses } from "./read_poses.ts";
import { readRecorded, type RecordedRules, withRecorded } from "./read_recorded.ts";
import { readRun } from "./read_run.ts";
import { namedGame, shotMapOf } from "./read_shot_map.ts";
import { type FoundShots, readShotsOf } from "./read_shots.ts";
import { readTeleports } from "./read_teleports.ts";
import { describedShots } from "./shot_flags.ts";
import { readViews } from "./read_views.ts";

/** A recording with all that its shots are judged by. */
export interface RewindInputs {
  /** Path of the recording. */
  readonly path: string;
  readonly reader: RecordingReader;
  /** What is judged. */
  readonly setting: RewindSetting;
  /** Shots as they were found, with what was left out. */
  readonly found: FoundShots;
  /** What the recording itself says of its server's rewinds; undefined when nothing. */
  readonly recorded: RecordedRules | undefined;
  /** Run that shooters' views come from; undefined without `--net`. */
  readonly run: RunOptions | undefined;
  /** What looks odd, a sentence each, with its remedy. */
  readonly notes: readonly string[];
}

/** Rewinds that intervals cover without a sweep. */
const DEFAULT_FLIP_MS = 150;

/** Reads a recording and its shots; every bad input shows here. @throws {CommandError | ShotError} */
export async function readInputs(path: string, given: RewindFlags): Promise<RewindInputs> {
  const game = namedGame(given);
  const named = namedPolicies(given);
  const run = readRun(given);
  const reader = await openRecording(path, given);
  const isAsked = game === undefined && given.ignoreRecorded !== true;
  const recorded = isAsked ? readRecorded(path, reader) : undefined;
  const { flags, rules } = withRecorded(given, recorded, reader);
  const model = readModel(flags, game, recorded?.model);
  const map = shotMapOf(flags);
  const history = await readPoses(path, reader, model);
  const place = { path, reader, flags };
  const teleport = await readTeleports(place, history, model, flags.teleport);
  // A game's own shots are meant unless some are named or described.
  const name = flags.shots ?? (describedShots(flags).length > 0 ? undefined : game?.event);
  const found = await readShotsOf(place, name, { history, map, model });
  const { shots } = found;
  const { lacking, policies } = named === undefined
    ? defaultPolicies(history, shots, game?.policies, recorded?.policy)
    : { policies: named, lacking: [] };
  const { eventsFirst, ring, skipBad, sweep } = flags;
  const setting: RewindSetting = {
    source: history,
    model,
    shots,
    policies,
    ringFrames: ring,
    eventsFirst,
    teleport,
    // Intervals go as far as the sweep, and at least as far as they do without one.
    flipMs: sweep === undefined ? undefined : Math.max(sweep.toMs, DEFAULT_FLIP_MS),
    skipBad,
    nameOf: flagOf,
  };
  const views = run === undefined ? undefined : await readViews(reader, setting, run, flags.interp);
  const doubts = doubtShots(setting, { events: found.events, map });
  return {
    path,
    reader,
    setting: { ...setting, views },
    found,
    run,
    recorded: rules,
    notes: inputNotes(lacking, doubts, found, history.unplaced),
  };
}

/** Policies of the command line; undefined when none was named. @throws {CommandError} */
function namedPolicies({ policy }: RewindFlags): readonly RewindPolicy[] | undefined {
  if (policy === undefined) return undefined;
  return asUsage(() => [...new Set(policy)].map((text) => parseRewindPolicy(text)));
}
