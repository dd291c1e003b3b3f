import type { ClientView } from "../client_view.ts";
import { judgeView, viewErrors, viewRewindMs } from "../client_view.ts";
import { type ExplainedPolicy, type ExplainedTarget, explainShot } from "../explanation.ts";
import type { VerdictSpan } from "../flip_map.ts";
import type { HitModel } from "../hit_model.ts";
import type { RewindPolicy } from "../policy.ts";
import type { PoseSource } from "../pose.ts";
import type { Shot } from "../shot.ts";
import type { JudgeOptions } from "../shot_result.ts";
import { ShotError } from "../shot_reader.ts";
import { TELEPORT_UNITS } from "../sweep.ts";

/** A target as a policy or a client had it: entity, kind, position, yaw, alive, margin or error. */
export type PageTarget = readonly [
  id: number,
  kind: number,
  x: number,
  y: number,
  z: number,
  yawDegrees: number,
  isAlive: 0 | 1,
  units: number | null,
];

/** A shot under one policy. */
export interface PageResult {
  /** Milliseconds wanted. */
  readonly wantedMs: number;
  /** Milliseconds used. */
  readonly usedMs: number;
  /** Frame used, with a fraction. */
  readonly usedFrame: number;
  /** What kept it from what it wanted. */
  readonly clamped: string | null;
  /** Entity that it hits, or null. */
  readonly victim: number | null;
  /** Distance along the ray to the victim. */
  readonly distanceUnits?: number;
  /** Why policy and game differ: the word. */
  readonly cause?: string;
  /** The rule behind it. */
  readonly rule?: string;
  /** The cause in a sentence, when they differ. */
  readonly sentence?: string;
  /** Targets that count: the victim, the game's victim, the nearest. */
  readonly targets: readonly PageTarget[];
}

/** What the shooter saw. */
export interface PageView {
  /** Frame that the client showed. */
  readonly viewFrame: number;
  /** Newest frame that it had applied. */
  readonly newestFrame: number;
  /** Milliseconds from the view to the shot. */
  readonly rewindMs: number;
  /** Entity that the ray hits on the shooter's screen, or null. */
  readonly victim: number | null;
  /** Targets that it showed, with the distance from the truth. */
  readonly targets: readonly PageTarget[];
}

/** One shot of a page. */
export interface PageShot {
  /** Index of the shot. */
  readonly index: number;
  /** Frame. */
  readonly frame: number;
  /** Time in milliseconds. */
  readonly timeMs: number;
  /** Entity that shot. */
  readonly shooter: number;
  /** The game's verdict; left out when unknown. */
  readonly game?: number | "hit" | null;
  /** The numbers that policies read most. */
  readonly numbers: Readonly<Record<string, number>>;
  /** Start of the ray. */
  readonly origin: readonly number[];
  /** Its unit vector. */
  readonly direction: readonly number[];
  /** Its length. */
  readonly lengthUnits: number;
  /** Its radius. */
  readonly radiusUnits: number;
  /** Whom each rewind hits: from, to, victim. */
  readonly spans: readonly (readonly [fromMs: number, toMs: number, victim: number | null])[];
  /** By policy; null for one that cannot judge the shot. */
  readonly results: readonly (PageResult | null)[];
  /** What the shooter saw; undefined when unknown. */
  readonly view?: PageView;
}

/** Targets of a result that are kept. */
const TARGETS_MAX = 3;
const NUMBERS = ["ping", "interp", "delay", "stamp", "stampMs", "damage"];

/** Gathers what a page shows of one shot. */
export function pageShot(
  source: PoseSource,
  shot: Shot,
  policies: readonly RewindPolicy[],
  model: HitModel,
  options: JudgeOptions,
): PageShot {
  const { spans, explained } = explainAll(source, shot, policies, model, options);
  const results = explained.map((entry) => entry && resultOf(entry, shot, model));
  const { view } = options;
  return {
    index: shot.index,
    frame: shot.frame,
    timeMs: shot.timeMs,
    shooter: shot.shooter,
    ...(shot.verdict === undefined ? {} : { game: shot.verdict }),
    numbers: Object.fromEntries(
      NUMBERS.filter((name) => shot.numbers.has(name))
        .map((name) => [name, rounded(shot.numbers.get(name)!)]),
    ),
    origin: shot.ray.origin,
    direction: shot.ray.direction.map((value) => Math.round(value * 1e6) / 1e6),
    lengthUnits: rounded(shot.ray.lengthUnits),
    radiusUnits: shot.ray.radiusUnits,
    spans: spans.map((span) => [rounded(span.fromMs), rounded(span.toMs), span.victim]),
    results,
    ...(view === undefined
      ? {}
      : { view: viewOf(source, view, shot, model, options.teleportUnits ?? TELEPORT_UNITS) }),
  };
}

/** Explains under every policy; null for those that need a number which the shot lacks. */
function explainAll(
  source: PoseSource,
  shot: Shot,
  policies: readonly RewindPolicy[],
  model: HitModel,
  options: JudgeOptions,
): { spans: readonly VerdictSpan[]; explained: readonly (ExplainedPolicy | null)[] } {
  const explain = (some: readonly RewindPolicy[]) =>
    explainShot(source, shot, some, model, options);
  try {
    const { spans, policies: explained } = explain(policies);
    return { spans, explained };
  } catch (error) {
    if (!(error instanceof ShotError)) throw error;
  }
  const explained = policies.map((policy) => {
    try {
      return explain([policy]).policies[0]!;
    } catch (error) {
      if (error instanceof ShotError) return null;
      throw error;
    }
  });
  return { spans: explain([]).spans, explained };
}

function resultOf(explained: ExplainedPolicy, shot: Shot, model: HitModel): PageResult {
  const { cause, distanceUnits, victim } = explained;
  const isDifferent = cause !== undefined && cause.word !== "agrees";
  const isSubject = (target: ExplainedTarget) =>
    target.id === victim || target.id === shot.verdict ? 0 : 1;
  const targets = [...explained.targets]
    .sort((a, b) => isSubject(a) - isSubject(b) || a.marginUnits - b.marginUnits)
    .slice(0, TARGETS_MAX);
  return {
    wantedMs: rounded(explained.wantedMs),
    usedMs: rounded(explained.usedMs),
    usedFrame: rounded(explained.usedFrame),
    clamped: explained.clamped,
    victim,
    ...(distanceUnits === undefined ? {} : { distanceUnits: rounded(distanceUnits) }),
    ...(cause === undefined ? {} : { cause: cause.word, rule: cause.rule }),
    ...(isDifferent ? { sentence: explained.sentence } : {}),
    targets: targets.map(({ id, kind, position, yawDegrees, isAlive, marginUnits }) =>
      targetOf(model, id, kind, position, yawDegrees, isAlive, marginUnits)
    ),
  };
}

function viewOf(
  source: PoseSource,
  view: ClientView,
  shot: Shot,
  model: HitModel,
  teleportUnits: number,
): PageView {
  const errors = viewErrors(source, view, teleportUnits);
  const [ox, oy, oz] = shot.ray.origin;
  const far = (pose: { x: number; y: number; z: number }) =>
    (pose.x - ox) ** 2 + (pose.y - oy) ** 2 + (pose.z - oz) ** 2;
  const targets = view.poses.map((pose, i) => ({ pose, error: errors[i]!.errorUnits }))
    .sort((a, b) =>
      Number(a.pose.id !== shot.verdict) - Number(b.pose.id !== shot.verdict) ||
      far(a.pose) - far(b.pose)
    ).slice(0, TARGETS_MAX);
  return {
    viewFrame: rounded(view.viewFrame),
    newestFrame: view.newestFrame,
    rewindMs: rounded(viewRewindMs(source, view, shot)),
    victim: judgeView(view, model, shot),
    targets: targets.map(({ pose: { id, kind, x, y, z, yawDegrees, isAlive }, error }) =>
      targetOf(model, id, kind, [x, y, z], yawDegrees ?? 0, isAlive ?? true, error)
    ),
  };
}

function targetOf(
  model: HitModel,
  id: number,
  kind: string,
  position: readonly number[],
  yawDegrees: number,
  isAlive: boolean,
  units: number,
): PageTarget {
  const [x, y, z] = position.map(rounded) as [number, number, number];
  const index = model.kinds.findIndex((entry) => entry.kind === kind);
  const known = Number.isFinite(units) ? rounded(units) : null;
  return [id, index, x, y, z, rounded(yawDegrees), isAlive ? 1 : 0, known];
}

/** Three digits behind the point: a thousandth of a unit or of a millisecond. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
