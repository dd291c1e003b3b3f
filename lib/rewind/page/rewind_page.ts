import type { HitModel } from "../hit_model.ts";
import type { HitShape } from "../hit_shape.ts";
import type { RewindPolicy } from "../policy.ts";
import { indexAtTime, indexOfFrame, type PoseSource } from "../pose.ts";
import type { PolicySummary, RewindReport } from "../rewind_report.ts";
import type { RewindRule } from "../rule_search.ts";
import type { Shot } from "../shot.ts";
import type { JudgeOptions } from "../shot_result.ts";
import { type SweepPoint, TELEPORT_UNITS } from "../sweep.ts";
import { type PageShot, pageShot } from "./page_shot.ts";
import { type PoseTracks, poseTracks, type WantedPoses } from "./pose_tracks.ts";

/** What a page is made from. */
export interface RewindPageInput {
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
  /** What each shot is judged with. */
  readonly optionsOf: (shot: Shot) => JudgeOptions;
  /** Largest amounts that the page holds; default {@linkcode REWIND_PAGE_BOUNDS}. */
  readonly bounds?: RewindPageBounds;
}

/** Largest amounts that a page holds. */
export interface RewindPageBounds {
  /** Shots. */
  readonly shots: number;
  /** Poses around them. */
  readonly poses: number;
  /** Policies. */
  readonly policies: number;
}

/** Bounds that keep a page under some 10 MB whatever the recording. */
export const REWIND_PAGE_BOUNDS: RewindPageBounds = { shots: 2000, poses: 400_000, policies: 16 };

/** Everything that a page shows; plain JSON. */
export interface RewindPage {
  /** Name of the recording. */
  readonly recording: string;
  /** Shots in the recording. */
  readonly shotCount: number;
  /** What was left out, in sentences. */
  readonly omissions: readonly string[];
  /** Largest rewind that can be scrubbed to, in milliseconds. */
  readonly scrubMs: number;
  /** Totals by policy. */
  readonly policies: readonly PolicySummary[];
  /** Accuracy over fixed rewinds. */
  readonly sweep: readonly SweepPoint[];
  /** Best rule counted from the event, and from the shooter's path. */
  readonly rules: readonly { readonly from: "event" | "path"; readonly rule: RewindRule }[];
  /** Shapes by kind, in the order of the hit model. */
  readonly kinds: readonly { readonly kind: string; readonly shapes: readonly HitShape[] }[];
  /** Poses around the shots. */
  readonly poses: PoseTracks;
  /** Step between frames above which the earlier pose stands. */
  readonly teleportUnits: number;
  /** Shots. */
  readonly shots: readonly PageShot[];
}

/** Time around a shot whose poses are kept, in milliseconds. */
const AROUND_MS = 300;

/**
 * Gathers what a page shows. Above the bounds the shots that some policy misjudges stay first; what
 * is left out is said.
 */
export function rewindPage(input: RewindPageInput): RewindPage {
  const { model, report, source } = input;
  const bounds = input.bounds ?? REWIND_PAGE_BOUNDS;
  const policies = input.policies.slice(0, bounds.policies);
  const scrubMs = Math.max(AROUND_MS, report.sweep?.at(-1)?.rewindMs ?? 0);
  const omissions: string[] = [];
  if (policies.length < input.policies.length) {
    omissions.push(`Of ${input.policies.length} policies the first ${policies.length} are shown.`);
  }
  const all = input.shots.map((shot) =>
    pageShot(source, shot, policies, model, { ...input.optionsOf(shot), flipMs: scrubMs })
  );
  const chosen = chooseShots(source, all, scrubMs, bounds);
  if (chosen.shots.length < all.length) {
    omissions.push(
      `Of ${all.length} shots ${chosen.shots.length} are shown, those first that a policy ` +
        `misjudges; the totals count all of them.`,
    );
  }
  const { search, searchByPath, sweep } = report;
  return {
    recording: input.recording,
    shotCount: input.shots.length,
    omissions,
    scrubMs,
    policies: report.policies.slice(0, policies.length),
    sweep: report.policies.every(({ accuracy }) => accuracy === null) ? [] : sweep ?? [],
    rules: [
      ...(search === undefined ? [] : [{ from: "event" as const, rule: search.simple }]),
      ...(searchByPath === undefined ? [] : [{ from: "path" as const, rule: searchByPath.simple }]),
    ],
    kinds: model.kinds.map(({ kind, shapes }) => ({ kind, shapes })),
    poses: poseTracks(source, chosen.wanted),
    teleportUnits: teleportUnitsOf(input),
    shots: chosen.shots,
  };
}

function teleportUnitsOf({ optionsOf, shots }: RewindPageInput): number {
  const [first] = shots;
  const units = first === undefined ? undefined : optionsOf(first).teleportUnits;
  // JSON has no infinity.
  return Math.min(units ?? TELEPORT_UNITS, Number.MAX_VALUE);
}

/** Shots that fit, in their order, with the poses around them. */
function chooseShots(
  source: PoseSource,
  shots: readonly PageShot[],
  backMs: number,
  bounds: RewindPageBounds,
): { shots: readonly PageShot[]; wanted: WantedPoses } {
  const isMisjudged = (shot: PageShot) =>
    shot.results.some((result) => result?.sentence !== undefined) ? 0 : 1;
  const ranked = [...shots].sort((a, b) => isMisjudged(a) - isMisjudged(b) || a.index - b.index);
  const wanted = new Map<number, Set<number>>();
  const kept: PageShot[] = [];
  let poses = 0;
  for (const shot of ranked) {
    if (kept.length === bounds.shots || (poses > bounds.poses && kept.length > 0)) break;
    kept.push(shot);
    const ids = entitiesOf(shot);
    for (const index of framesAround(source, shot, backMs)) {
      const there = wanted.get(index) ?? new Set();
      wanted.set(index, there);
      poses -= there.size;
      for (const id of ids) there.add(id);
      poses += there.size;
    }
  }
  return { shots: kept.sort((a, b) => a.index - b.index), wanted };
}

/** Entities that the scene of a shot shows: all that anybody names. */
function entitiesOf(shot: PageShot): Set<number> {
  const ids = new Set([shot.shooter]);
  const add = (id: number | "hit" | null | undefined) => {
    if (typeof id === "number") ids.add(id);
  };
  add(shot.game);
  for (const result of shot.results) for (const [id] of result?.targets ?? []) ids.add(id);
  for (const [, , victim] of shot.spans) add(victim);
  for (const [id] of shot.view?.targets ?? []) ids.add(id);
  return ids;
}

/** Frames that the scene of a shot may need: those it can be scrubbed to, and a little after. */
function* framesAround(source: PoseSource, shot: PageShot, backMs: number): Generator<number> {
  const last = source.length - 1;
  const now = indexOfFrame(source, shot.frame);
  const usedMs = shot.results.map((result) => result?.usedMs ?? 0);
  const farMs = Math.min(Math.max(backMs, ...usedMs), FAR_MS_MAX);
  const first = Math.max(0, indexAtTime(source, shot.timeMs - farMs, 0, last) - 1);
  for (let index = first; index <= last; index++) {
    if (index > now && source.timeMsAt(index) > shot.timeMs + AROUND_MS) return;
    yield index;
  }
}

const FAR_MS_MAX = 2000;
