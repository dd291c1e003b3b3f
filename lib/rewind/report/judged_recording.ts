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
import { reportSeen, type SeenReport } from "./seen_report.ts";

/**
 * Every shot of a recording, judged under every policy.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import {
 *   JudgedRecording,
 *   parseHitModel,
 *   parseRewindPolicy,
 *   parseShotMap,
 *   PoseHistory,
 *   readRecordedShots,
 * } from "@hindcast/hindcast/rewind";
 *
 * // A player who runs along x, 1 unit a millisecond, is shot where he was 20 ms before.
 * const model = parseHitModel(["player=sphere:4"]);
 * const source = new PoseHistory(model);
 * for (let frame = 0; frame < 10; frame++) {
 *   const player = (id: number, x: number, y: number) => ({ id, kind: "player", fields: { x, y } });
 *   const entities = [player(1, frame * 10, 100), player(2, 0, 0)];
 *   source.addFrame({ frame, timeMs: frame * 10, entities });
 * }
 * const data = { who: 2, sx: 70, sy: 0, sz: 0, ex: 70, ey: 200, ez: 0, hit: 1, ms: 20 };
 * const { shots } = readRecordedShots(source, model, {
 *   events: [{ frame: 9, timeMs: 90, name: "shot", data }],
 *   map: parseShotMap("shooter=who,from=sx,sy,sz,to=ex,ey,ez,verdict=hit,ping=ms"),
 * });
 * const policies = ["none", "ping"].map(parseRewindPolicy);
 * const report = new JudgedRecording({ source, model, shots, policies }).report();
 * assert.deepEqual(report.policies.map(({ accuracy }) => accuracy), [0, 1]);
 * ```
 */
export class JudgedRecording {
  /** What was judged. */
  readonly setting: RewindSetting;
  /**
   * Verdicts and reasons by policy, in the order of the setting.
   *
   * @internal
   */
  readonly judged: readonly JudgedShots[];
  /** How long before its event each shooter stood where the ray starts. */
  readonly #ages: ShotAges;

  /**
   * Judges the shots of a recording.
   *
   * @param onVerdict called after each shot under each policy
   * @throws {ShotError} when a shot lacks a number that a policy needs, unless `skipBad` is set
   */
  constructor(setting: RewindSetting, onVerdict?: () => void) {
    const { model, policies, shots, source } = setting;
    this.setting = setting;
    this.judged = judgeShots(source, shots, policies, model, reportOptions(setting), onVerdict);
    this.#ages = shotAgesMs(source, shots);
  }

  /** Sums up the recording. @param options what the report holds beside the totals */
  report(
    options: Pick<RewindReportOptions, "sweep" | "onSwept" | "details" | "byShooter" | "list"> = {},
  ): RewindReport {
    const { model, shots, source } = this.setting;
    const all = { ...reportOptions(this.setting), ...options };
    return reportShots(source, shots, this.judged, model, all);
  }

  /** How often `onSwept` is called as a report with these options is made. */
  sweptCalls({ byShooter, sweep }: Pick<RewindReportOptions, "byShooter" | "sweep">): number {
    const decided = this.setting.shots.filter(({ verdict }) => verdict !== undefined).length;
    return decided * ((sweep === undefined ? 0 : 2) + (byShooter === true ? 1 : 0));
  }

  /** One shot in full, with reasons that look at all shots. */
  explain(shot: Shot): Explanation {
    const { model, source } = this.setting;
    return explainShot(source, shot, this.#policiesFor(shot), model, this.explainOptions()(shot));
  }

  /** What the shooters saw, held against the recording; undefined when that is unknown. */
  seen(): SeenReport | undefined {
    return reportSeen(this.setting);
  }

  /**
   * What each shot is explained with: reasons look at all shots.
   *
   * @internal
   */
  explainOptions(): (shot: Shot) => ExplainOptions {
    const causes = new Map(
      this.judged.map(({ causes, policy, results }) => [
        policy,
        new Map(results.map(({ shot }, i) => [shot.index, causes[i]])),
      ]),
    );
    const optionsOf = this.judgeOptions();
    return (shot) => ({
      ...optionsOf(shot),
      nameOf: this.setting.nameOf,
      causeOf: ({ name }) => causes.get(name)?.get(shot.index),
    });
  }

  /**
   * What each shot is judged with.
   *
   * @internal
   */
  judgeOptions(): (shot: Shot) => JudgeOptions {
    const { eventsFirst, flipMs, ringFrames, shots, teleport, views } = this.setting;
    const ages = this.#ages;
    const places = new Map(shots.map(({ index }, place) => [index, place]));
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
  #policiesFor(shot: Shot): readonly RewindPolicy[] {
    const { policies, skipBad } = this.setting;
    if (skipBad !== true) return policies;
    return policies.filter((_, i) =>
      this.judged[i]!.results.some((result) => result.shot === shot)
    );
  }
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
