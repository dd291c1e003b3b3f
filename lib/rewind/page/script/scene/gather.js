import { page, poseAtMs, trailOf } from "../poses.js";
import { reachOf, state, subjectsOf, victimAt } from "../shots.js";

const AROUND_MS = 300;

/** What there is to draw of the shot: poses as the server, each policy and the client had them. */
export function gatherScene() {
  const { rewindMs, shot, shown } = state;
  const ids = subjectsOf(shot);
  const at = (ms) => ids.map((id) => poseBack(shot, id, ms)).filter((pose) => pose);
  return {
    shot,
    focus: focusOf(shot),
    trails: ids.map((id) => trailOf(id, shot.timeMs - AROUND_MS, shot.timeMs + AROUND_MS)),
    now: at(0),
    scrubbed: at(rewindMs),
    victim: victimAt(shot, rewindMs),
    policies: shot.results.flatMap((result, index) =>
      result === null || !shown.has(index)
        ? []
        : [{ index, result, poses: result.targets.map(poseOfTarget) }]
    ),
    seen: (shot.view?.targets ?? []).map(poseOfTarget),
    shooter: poseBack(shot, shot.shooter, 0),
  };
}

/** Poses and places that the automatic camera shows, whatever is scrubbed to or hidden. */
export function gatherFocus(shot) {
  const ids = focusOf(shot);
  const judged = shot.results.flatMap((result) => result?.targets ?? []);
  const targets = [...judged, ...(shot.view?.targets ?? [])].filter(([id]) => ids.has(id));
  const now = [...ids].map((id) => poseBack(shot, id, 0)).filter((pose) => pose);
  return {
    poses: [...now, ...targets.map(poseOfTarget)],
    places: wayBack(shot, ids),
    shooter: poseBack(shot, shot.shooter, 0),
  };
}

/** Where somebody stood in the time before the shot, as far as no teleport cuts his way. */
function wayBack(shot, ids) {
  const used = shot.results.map((result) => result?.usedMs ?? 0);
  const backMs = Math.min(reachOf(shot), Math.max(AROUND_MS, ...used));
  return [...ids].flatMap((id) => {
    const trail = trailOf(id, shot.timeMs - backMs, shot.timeMs);
    const cut = trail.slice(0, -1).findLastIndex(({ goesOn }) => !goesOn);
    return trail.slice(cut + 1);
  });
}

/**
 * Whom the shot is about: those whom the game, a policy or the client says it hits; without any of
 * them those whom some rewind hits, or the target that it misses by least.
 */
export function focusOf(shot) {
  const { game, results, spans, view } = shot;
  const named = [game, view?.victim, ...results.map((result) => result?.victim)];
  const victims = named.filter((victim) => typeof victim === "number");
  if (victims.length > 0) return new Set(victims);
  const spanned = spans.map(([, , victim]) => victim).filter((victim) => victim !== null);
  if (spanned.length > 0) return new Set(spanned);
  const margins = results.flatMap((result) => result?.targets ?? []).filter(isNear);
  margins.sort((a, b) => a[7] - b[7]);
  return new Set(margins.slice(0, 1).map(([id]) => id));
}

/** True for a target that could have been hit, by a known margin. */
function isNear([, , , , , , isAlive, margin, , , isEligible]) {
  return isAlive === 1 && isEligible !== 0 && typeof margin === "number";
}

function poseBack(shot, id, ms) {
  const pose = poseAtMs(id, shot.timeMs - ms);
  if (pose === undefined) return undefined;
  return { ...pose, isDead: !pose.isAlive, isBystander: shot.bystanders?.includes(id) === true };
}

/** A target of a result; its last parts may be missing. */
function poseOfTarget([id, kind, x, y, z, yaw, isAlive, _, rotation, list, isEligible]) {
  const shapes = page.shapeLists?.[list] ?? page.kinds[kind]?.shapes ?? [];
  return {
    ...{ id, kind, x, y, z, yaw, rotation, shapes },
    ...{ isDead: isAlive === 0, isBystander: isEligible === 0 },
  };
}
