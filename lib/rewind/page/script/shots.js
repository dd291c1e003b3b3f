import { page } from "./poses.js";

/** What the user looks at: the shot, the rewind, and which policies are shown. */
export const state = {
  shot: page.shots[0],
  rewindMs: 0,
  shown: new Set(page.policies.map((_, i) => i)),
};

const listeners = [];

/** Calls back when the shot, the rewind or the policies changed: with which of these. */
export function onChange(listener) {
  listeners.push(listener);
}

function tell(what) {
  for (const listener of listeners) listener(what);
}

/** Looks at another shot, at the rewind of the first policy that rewinds. */
export function chooseShot(shot) {
  state.shot = shot;
  state.rewindMs = rewindOf(shot);
  tell("shot");
}

/** Rewind at which a shot is looked at first. */
export function rewindOf(shot) {
  const used = shot.results.filter((result) => result !== null).map((result) => result.usedMs);
  return Math.min(reachOf(shot), used.find((ms) => ms > 0) ?? 0);
}

/** Largest rewind that a shot can be scrubbed to, in milliseconds. */
export function reachOf({ reachMs }) {
  return reachMs ?? page.scrubMs;
}

/** Scrubs. */
export function chooseRewind(ms) {
  state.rewindMs = Math.min(Math.max(ms, 0), reachOf(state.shot));
  tell("rewind");
}

/** Shows or hides a policy. */
export function togglePolicy(index) {
  if (!state.shown.delete(index)) state.shown.add(index);
  tell("policies");
}

/** True when a policy and the game differ. */
export function differs(result) {
  return result !== null && result.cause !== undefined && result.cause !== "agrees";
}

/** True when some policy, or the one of an index, and the game differ on a shot. */
export function isDisputed({ results }, policy) {
  return policy === undefined ? results.some(differs) : differs(results[policy]);
}

/** Whom the ray hits at a rewind of a shot. */
export function victimAt(shot, rewindMs) {
  const span = shot.spans.find(([fromMs, toMs]) => fromMs <= rewindMs && rewindMs <= toMs);
  return span === undefined ? null : span[2];
}

/** Bodies that the scene of a shot shows beside the shooter's. */
export function subjectsOf(shot) {
  const ids = new Set();
  for (const result of shot.results) {
    for (const [id] of result?.targets ?? []) ids.add(id);
  }
  for (const [, , victim] of shot.spans) if (victim !== null) ids.add(victim);
  for (const [id] of shot.view?.targets ?? []) ids.add(id);
  if (typeof shot.game === "number") ids.add(shot.game);
  for (const id of shot.others ?? []) ids.add(id);
  ids.delete(shot.shooter);
  return [...ids];
}
