import type { PooledRecordings, RewindReport, SeenReport } from "../../lib/rewind.ts";
import { EntityIds } from "../../lib/rewind/ids/entity_ids.ts";
import { poolRecordings } from "../../lib/rewind/report/pooled_recordings.ts";
import { withIds } from "../../lib/rewind/report/with_ids.ts";
import type { RecordedRules } from "./inputs/read_recorded.ts";
import { findShot } from "./find_shot.ts";
import type { RewindFlags } from "./flags.ts";
import type { JudgedInputs } from "./judge_inputs.ts";

/** What is said of one recording: its report with what the command adds. */
export interface RecordingAnswer extends RewindReport {
  /** Path of the recording. */
  readonly recording: string;
  /** What the recording itself says of its server's rewinds, and was judged by. */
  readonly recorded?: RecordedRules;
  /** What looks odd, a sentence each. */
  readonly notes?: readonly string[];
  /** What shooters saw; with `--net`. */
  readonly views?: SeenReport["summary"] & {
    readonly net: string;
    readonly ack: string;
    readonly codec: string;
  };
  /** What each shooter saw; with `--net` and `--details`. */
  readonly seen?: SeenReport["seen"];
  /** Shots that cannot be judged; with `--skip-bad`. */
  readonly skipped?: readonly { readonly shot: number; readonly reason: string }[];
}

/** The answer of a recording. */
export function answerOf(
  { inputs: { found, path, recorded, run }, notes, recording, report }: JudgedInputs,
  flags: RewindFlags,
): RecordingAnswer {
  const seen = recording.seen();
  return {
    recording: path,
    ...report,
    ...(recorded === undefined ? {} : { recorded }),
    ...(notes.length > 0 ? { notes } : {}),
    ...(seen === undefined || run === undefined ? {} : {
      views: { net: run.net.name, ack: run.policy, codec: run.codec, ...seen.summary },
      ...(flags.details === true ? { seen: seen.seen } : {}),
    }),
    ...(flags.skipBad === true
      ? { skipped: found.bad.map(({ shot, reason }) => ({ shot, reason })) }
      : {}),
  };
}

/** Ids that the game of a recording gives to its entities. */
export function idsOf({ recording }: JudgedInputs): EntityIds {
  return recording.setting.source.ids ?? new EntityIds();
}

/** Several recordings as if they were one. */
export function pooledAnswer(
  all: readonly JudgedInputs[],
  { sweep }: RewindFlags,
): PooledRecordings {
  return poolRecordings(
    all.map(({ recording }) => recording),
    sweep === undefined ? {} : { sweep },
  );
}

/** The JSON of all recordings. */
export function jsonAnswer(all: readonly JudgedInputs[], flags: RewindFlags): object {
  const answers = all.map((judged) => withIds(answerOf(judged, flags), idsOf(judged)));
  if (answers.length !== 1) return { recordings: answers, pooled: pooledAnswer(all, flags) };
  if (flags.explain === undefined) return answers[0]!;
  const { inputs, recording } = all[0]!;
  const explanation = recording.explain(findShot(inputs, flags.explain));
  const shot = { ...explanation.shot, numbers: Object.fromEntries(explanation.shot.numbers) };
  return { ...answers[0]!, explanation: withIds({ ...explanation, shot }, idsOf(all[0]!)) };
}
