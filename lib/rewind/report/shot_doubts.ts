import type { StateEvent } from "../../core/state/state.ts";
import { doubtfulYaws, idleYaws } from "../past/yaw_check.ts";
import type { ShotMap } from "../shot/shot_map.ts";
import { passedTests } from "../verdict/target_check.ts";
import type { RewindSetting } from "./rewind_setting.ts";

/** What looks odd about shots and what they are judged by; what does not is left out. */
export interface ShotDoubts {
  /** Shots whose event does not have what the map names for the game's verdict. */
  readonly silent?: { readonly key: string | number; readonly shots: number; readonly of: number };
  /** Shots without an interpolation delay, and the policies that read one. */
  readonly withoutInterp?: { readonly policies: readonly string[]; readonly shots: number };
  /** What nobody is at any shot, of who else is there: a target, or one that policies rewind. */
  readonly nobody?: "target" | "rewound";
  /** Kinds whose yaws all look like radians and are taken for degrees. */
  readonly radians: readonly {
    readonly kind: string;
    readonly field: string;
    /** Largest value without its sign. */
    readonly largest: number;
  }[];
  /** Kinds that turn while a shape of theirs, not the same all round, does not. */
  readonly unturned: readonly { readonly kind: string; readonly field: string }[];
  /** Shots without a frame, whose times look like seconds. */
  readonly seconds?: {
    readonly shots: number;
    /** Time of the latest of them, and the length of the recording, from its start. */
    readonly latestMs: number;
    readonly lengthMs: number;
  };
}

/**
 * Looks for what is odd.
 *
 * @param events events that shots were read from, by index of the shot
 * @param map where those keep a shot
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import {
 *   doubtShots,
 *   parseHitModel,
 *   parseRewindPolicy,
 *   PoseHistory,
 *   rayBetween,
 * } from "@hindcast/hindcast/rewind";
 *
 * const model = parseHitModel(["player=sphere:16"]);
 * const source = new PoseHistory(model);
 * for (let frame = 0; frame < 20; frame++) {
 *   const fields = { x: 100, y: frame * 10, z: 0 };
 *   source.addFrame({ frame, timeMs: frame * 20, entities: [{ id: 2, kind: "player", fields }] });
 * }
 * const shot = {
 *   ...{ index: 0, frame: 10, timeMs: 200, shooter: 1, verdict: 2 },
 *   ray: rayBetween([0, 50, 0], [200, 50, 0]),
 *   numbers: new Map([["ping", 100]]),
 * };
 * const policies = [parseRewindPolicy("rtt+interp")];
 * const doubts = doubtShots({ source, model, shots: [shot], policies });
 * assert.deepEqual(doubts.withoutInterp, { policies: ["rtt+interp"], shots: 1 });
 * ```
 */
export function doubtShots(
  setting: RewindSetting,
  { events = [], map }: {
    readonly events?: readonly StateEvent[] | undefined;
    readonly map?: ShotMap | undefined;
  } = {},
): ShotDoubts {
  const { model, source } = setting;
  const silent = silentShots(setting, events, map);
  const withoutInterp = shotsWithoutInterp(setting);
  const nobody = testsForNobody(setting);
  const seconds = timesLikeSeconds(setting, events);
  return {
    ...(silent === undefined ? {} : { silent }),
    ...(withoutInterp === undefined ? {} : { withoutInterp }),
    ...(nobody === undefined ? {} : { nobody }),
    radians: doubtfulYaws(source, model),
    unturned: idleYaws(source, model),
    ...(seconds === undefined ? {} : { seconds }),
  };
}

function silentShots(
  { shots }: RewindSetting,
  events: readonly StateEvent[],
  map: ShotMap | undefined,
): ShotDoubts["silent"] {
  if (map?.verdict === undefined) return undefined;
  const read = shots.filter(({ index }) => events[index] !== undefined);
  const silent = read.filter(({ verdict }) => verdict === undefined).length;
  return silent === 0 ? undefined : { key: map.verdict, shots: silent, of: read.length };
}

function shotsWithoutInterp({ policies, shots }: RewindSetting): ShotDoubts["withoutInterp"] {
  const names = policies.filter(({ needs }) => needs.includes("interp")).map(({ name }) => name);
  const without = shots.filter(({ numbers }) => !numbers.has("interp")).length;
  return names.length === 0 || without === 0 ? undefined : { policies: names, shots: without };
}

function testsForNobody(
  { eventsFirst, model, shots, source }: RewindSetting,
): ShotDoubts["nobody"] {
  const tested = model.kinds.some(({ alive, rewinds = [] }) => alive.length + rewinds.length > 0);
  if (!tested || shots.length === 0) return undefined;
  const { hasRewound, hasTargets } = passedTests(source, shots, model, { eventsFirst });
  if (hasRewound) return undefined;
  return hasTargets ? "rewound" : "target";
}

/** How often the length of a recording holds the time of its last shot when that looks like seconds. */
const MS_PER_SECOND = 1000;

function timesLikeSeconds(
  { shots, source }: RewindSetting,
  events: readonly StateEvent[],
): ShotDoubts["seconds"] {
  const timed = shots.filter(({ index }) =>
    events[index] !== undefined && events[index]!.frame === undefined
  );
  if (timed.length === 0) return undefined;
  const startMs = source.timeMsAt(0);
  const lengthMs = source.timeMsAt(source.length - 1) - startMs;
  const latestMs = timed.reduce((latest, { timeMs }) => Math.max(latest, timeMs), 0) - startMs;
  if (latestMs * MS_PER_SECOND > lengthMs * 1.1) return undefined;
  return { shots: timed.length, latestMs, lengthMs };
}
