import type { RewindPolicy } from "../policy/policy.ts";
import { type ShotAges, shotAgesMs } from "../shot/shooter_path.ts";
import type { Shot } from "../shot/shot.ts";
import type { JudgeOptions } from "../verdict/judge_options.ts";
import { type ExplainOptions, explainShot } from "./explanation/explain_shot.ts";
import type { Explanation } from "./explanation/explanation.ts";
import { type JudgedShots, judgeShots } from "./judged_shots.ts";
import type { RewindReportOptions } from "./report_options.ts";
import { reportShots, type RewindReport } from "./rewind_report.ts";
import type { RewindSetting } from "./rewind_setting.ts";

/** Every shot of a recording under every policy. */
export interface JudgedRecording {
  /** What was judged. */
  readonly setting: RewindSetting;
  /** Verdicts and reasons by policy, in the order of the setting. */
  readonly judged: readonly JudgedShots[];
  /** How long before its event each shooter stood where the ray starts. */
  readonly ages: ShotAges;
}

/**
 * Judges every shot of a recording under every policy.
 *
 * @throws {ShotError} when a shot lacks a number that a policy needs, unless `skipBad` is set
 */
export function judgeRecording(setting: RewindSetting): JudgedRecording {
  const { model, policies, shots, source } = setting;
  return {
    setting,
    judged: judgeShots(source, shots, policies, model, reportOptions(setting)),
    ages: shotAgesMs(source, shots),
  };
}

/** Sums up a recording that was judged. @param options what the report holds beside the totals */
export function reportRecording(
  { judged, setting }: JudgedRecording,
  options: Pick<RewindReportOptions, "sweep" | "details" | "byShooter" | "list"> = {},
): RewindReport {
  const { model, shots, source } = setting;
  return reportShots(source, shots, judged, model, { ...reportOptions(setting), ...options });
}

/** One shot of a recording in full, with reasons that look at all shots. */
export function explainRecorded(recording: JudgedRecording, shot: Shot): Explanation {
  const { model, source } = recording.setting;
  const options = explainOptionsOf(recording)(shot);
  return explainShot(source, shot, policiesFor(recording, shot), model, options);
}

/** What each shot is explained with: reasons look at all shots. */
export function explainOptionsOf(recording: JudgedRecording): (shot: Shot) => ExplainOptions {
  const causes = new Map(
    recording.judged.map(({ causes, policy, results }) => [
      policy,
      new Map(results.map(({ shot }, i) => [shot.index, causes[i]])),
    ]),
  );
  const optionsOf = judgeOptionsOf(recording);
  return (shot) => ({
    ...optionsOf(shot),
    nameOf: recording.setting.nameOf,
    causeOf: ({ name }) => causes.get(name)?.get(shot.index),
  });
}

/** What each shot is judged with. */
export function judgeOptionsOf({ ages, setting }: JudgedRecording): (shot: Shot) => JudgeOptions {
  const places = new Map(setting.shots.map(({ index }, place) => [index, place]));
  const { eventsFirst, flipMs, ringFrames, teleport, views } = setting;
  return ({ index }) => {
    const place = places.get(index);
    const ageMs = place === undefined ? undefined : ages.agesMs[place];
    return {
      ringFrames,
      teleport,
      eventsFirst,
      flipMs,
      shooterView: views?.get(index),
      ...(ages.found === 0 || ageMs === undefined ? {} : { ageMs, medianAgeMs: ages.medianMs }),
    };
  };
}

/** Policies that could judge a shot; all, unless bad ones are skipped. */
function policiesFor({ judged, setting }: JudgedRecording, shot: Shot): readonly RewindPolicy[] {
  if (setting.skipBad !== true) return setting.policies;
  return setting.policies.filter((_, i) =>
    judged[i]!.results.some((result) => result.shot === shot)
  );
}

function reportOptions(setting: RewindSetting): RewindReportOptions {
  const { eventsFirst, flipMs, ringFrames, skipBad, teleport, views } = setting;
  return {
    ringFrames,
    teleport,
    eventsFirst,
    flipMs,
    skipBad: skipBad === true,
    ...(views === undefined ? {} : { shooterViewOf: ({ index }) => views.get(index) }),
  };
}
