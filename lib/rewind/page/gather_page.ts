import type { ExplainOptions } from "../report/explanation/explain_shot.ts";
import type { HitModel } from "../shape/hit_model.ts";
import type { HitShape } from "../shape/hit_shape.ts";
import { planOf } from "../shape/model_plan.ts";
import type { RewindPolicy } from "../policy/policy.ts";
import type { PoseSource } from "../shape/pose.ts";
import type { RewindReport } from "../report/rewind_report.ts";
import type { RuleSearch } from "../report/rule_search.ts";
import type { Shot } from "../shot/shot.ts";
import { teleportOf } from "../verdict/pose_rules.ts";
import type { TeleportRule } from "../past/teleport.ts";
import { pageAddress } from "../../page/page_address.ts";
import { AROUND_MS, chooseShots, FAR_MS_MAX } from "./choose_shots.ts";
import { holdShapes } from "./hold_shapes.ts";
import { describeShot } from "./describe_shot.ts";
import type { PageShot } from "./page_shot.ts";
import { poseTracks } from "./pose_tracks.ts";
import { skippedSentences, type SkippedShot } from "./look/skipped_shots.ts";
import { axisNames } from "./look/axis_names.ts";
import { namesOf } from "./shot_entities.ts";
import type { PageRule, RewindPage } from "./rewind_page.ts";
import { hasVaryingShapes, ShapeLists } from "./shape_lists.ts";

/** What a page is made from. */
export interface RewindPageInput
  extends Pick<RewindPage, "version" | "command" | "recordedOn" | "reportPage"> {
  /** Name of the recording. */
  readonly recording: string;
  /** All frames. */
  readonly source: PoseSource;
  /** Shots. */
  readonly shots: readonly Shot[];
  /** Policies, in the order of the report. */
  readonly policies: readonly RewindPolicy[];
  /** What can be hit. */
  readonly model: HitModel;
  /** Totals, and the sweep if there is one. */
  readonly report: RewindReport;
  /** What each shot is judged with; reasons that look at all shots come by its `causeOf`. */
  readonly optionsOf: (shot: Shot) => ExplainOptions;
  /** Shots that cannot be judged and were skipped, with the reason. */
  readonly skipped?: readonly SkippedShot[];
  /** How the answer was made, and what looks odd, in sentences. */
  readonly remarks?: readonly string[];
  /** Largest amounts that the page holds; left out, the page stays under some 10 MB. */
  readonly bounds?: {
    /** Shots. */
    readonly shots: number;
    /** Poses around them. */
    readonly poses: number;
    /** Policies. */
    readonly policies: number;
    /** Shapes that depend on their target; default 16,384. */
    readonly shapes?: number;
  };
}

/** Bounds that keep a page under some 10 MB whatever the recording. */
const BOUNDS = {
  shots: 2000,
  poses: 400_000,
  policies: 16,
  shapes: 16_384,
};

/**
 * Gathers what a page shows. Above the bounds the shots that some policy misjudges stay first; what
 * is left out is said.
 */
export function gatherPage(input: RewindPageInput): RewindPage {
  const { model, report, source } = input;
  const bounds = input.bounds ?? BOUNDS;
  const plan = planOf(model);
  const policies = input.policies.slice(0, bounds.policies);
  const sweptMs = report.sweep?.at(-1)?.rewindMs ?? 0;
  const scrubMs = Math.min(FAR_MS_MAX, Math.max(AROUND_MS, sweptMs));
  const omissions: string[] = [];
  if (policies.length < input.policies.length) {
    omissions.push(`Of ${input.policies.length} policies the first ${policies.length} are shown.`);
  }
  const seen = new ShapeLists(Infinity);
  const setting = { source, policies, model, lists: seen };
  const all = input.shots.map((shot) =>
    describeShot(shot, setting, { ...input.optionsOf(shot), flipMs: scrubMs })
  );
  const chosen = chooseShots(source, all, scrubMs, bounds);
  if (chosen.shots.length < all.length) {
    omissions.push(
      `Of ${all.length} shots ${chosen.shots.length} are shown, those first that a policy ` +
        `misjudges; the totals count all of them.`,
    );
  }
  const skipped = input.skipped ?? [];
  omissions.push(...skippedSentences(skipped, all.length));
  omissions.push(...tooFar(chosen.shots, policies));
  const lists = new ShapeLists(bounds.shapes ?? BOUNDS.shapes);
  const shots = holdShapes(chosen.shots, seen, lists);
  const poses = poseTracks(source, chosen.wanted, { model, teleport: teleportRule(input), lists });
  if (lists.isCut) {
    omissions.push(
      "Shapes depend on their targets in more ways than are held: some targets keep the shapes of " +
        "an earlier frame, or are drawn as a dot.",
    );
  }
  const names = namesOf(shots, source.ids);
  const axes = axisNames(model);
  const { search, searchByPath, sweep } = report;
  return {
    recording: input.recording,
    ...madeOf(input),
    shotCount: all.length + skipped.length,
    omissions,
    scrubMs,
    policies: report.policies.slice(0, policies.length),
    sweep: report.policies.every(({ accuracy }) => accuracy === null) ? [] : sweep ?? [],
    rules: [
      ...(search === undefined ? [] : [pageRule("event", search)]),
      ...(searchByPath === undefined ? [] : [pageRule("path", searchByPath)]),
    ],
    remarks: input.remarks ?? [],
    up: plan.up,
    ...(model.handed === "left" ? { isLeftHanded: true } : {}),
    ...(axes === undefined ? {} : { axes }),
    kinds: plan.kinds.map((entry) => ({
      kind: entry.kind.kind,
      // Shapes that depend on nothing are numbers throughout.
      shapes: hasVaryingShapes(entry) ? [] : entry.kind.shapes as readonly HitShape[],
    })),
    ...(plan.kinds.some(hasVaryingShapes) ? { shapeLists: lists.lists } : {}),
    ...(names === undefined ? {} : { names }),
    poses,
    shots,
  };
}

/** Says which policies go farther back than poses are kept. */
function tooFar(shots: readonly PageShot[], policies: readonly RewindPolicy[]): string[] {
  const far = policies.flatMap(({ name }, i) => {
    const count = shots.filter(({ results }) => (results[i]?.usedMs ?? 0) > FAR_MS_MAX).length;
    return count === 0 ? [] : [`${name} on ${count}`];
  });
  if (far.length === 0) return [];
  return [
    `A shot can be scrubbed back ${FAR_MS_MAX} ms at most. Farther go, of ${shots.length} shots: ` +
    `${far.join(", ")}; verdicts and outlines of these policies are those of their own rewinds.`,
  ];
}

/**
 * How the page was made, as far as that is said.
 *
 * @throws {RangeError} when the report's page is not beside this one
 */
function madeOf(
  { command, recordedOn, reportPage, version }: RewindPageInput,
): Pick<RewindPage, "version" | "command" | "recordedOn" | "reportPage"> {
  if (reportPage !== undefined && pageAddress(reportPage) === undefined) {
    throw new RangeError(
      `reportPage is ${JSON.stringify(reportPage)}, expected a relative path to an HTML file`,
    );
  }
  return {
    ...(version === undefined ? {} : { version }),
    ...(command === undefined ? {} : { command }),
    ...(recordedOn === undefined ? {} : { recordedOn }),
    ...(reportPage === undefined ? {} : { reportPage }),
  };
}

/** The teleports that shots are judged with. */
function teleportRule({ model, optionsOf, report, shots, source }: RewindPageInput): TeleportRule {
  const [first] = shots;
  return first === undefined ? report.teleport.rule : teleportOf(source, model, optionsOf(first));
}

function pageRule(from: PageRule["from"], search: RuleSearch): PageRule {
  const { explains, isNoneAsGood, simple } = search;
  return { from, rule: simple, explains, isNoneAsGood };
}
