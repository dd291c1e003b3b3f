import { tone } from "../canvas.js";
import { policyColor, policyDash } from "../policy_look.js";
import { page } from "../poses.js";
import { state } from "../shots.js";

/**
 * The bodies of a scene in the order in which they are drawn: a pose, its look, what it is (`role`),
 * and how much its label matters (`rank`, 0 most).
 */
export function bodiesOf(scene, view) {
  const { focus, now, policies, scrubbed, seen, shooter, shot, victim } = scene;
  const aside = ({ id }) => focus.has(id) ? 0 : 10;
  const bodies = [];
  const add = (poses, role, rank, look) => {
    for (const pose of poses) {
      const isBehind = view === "aim" && liesBehind(shot, pose);
      bodies.push({ pose, role, rank: rank(pose), isBehind, ...look });
    }
  };
  if (shooter !== undefined && view !== "aim") {
    add([shooter], "shooter", () => 2, { stroke: tone("--soft"), width: 1.2, dash: [2, 3] });
  }
  add(now, "now", (pose) => (pose.id === shot.game ? 0.5 : 1) + aside(pose), {
    stroke: tone("--ink"),
    width: 1.6,
  });
  for (const { index, poses, result } of policies) {
    const isVictim = ({ id }) => id === result.victim ? 0 : 0.5;
    add(poses, page.policies[index].policy, (pose) => 3 + isVictim(pose) + aside(pose), {
      stroke: policyColor(index),
      dash: policyDash(index),
      width: 1.6,
    });
  }
  add(seen, "on the screen", (pose) => 2.5 + aside(pose), {
    stroke: tone("--seen"),
    width: 2,
    dash: [5, 4],
  });
  // Nothing is scrubbed back: who stands there stands there now.
  const role = state.rewindMs === 0 ? "now" : "scrubbed to";
  for (const pose of scrubbed) {
    const accent = tone(pose.id === victim ? "--hit" : "--scrub");
    add([pose], role, () => (pose.id === victim ? 0 : 0.7) + aside(pose), {
      stroke: accent,
      fill: `${accent}38`,
      width: 2.4,
    });
  }
  return bodies;
}

/** True for a body that is drawn faint: who is dead, no target of the shooter's, or behind him. */
export function isFaint({ isBehind, pose }) {
  return pose.isDead || pose.isBystander || isBehind;
}

/** True when a pose lies behind a ray's origin, which a view along the ray does not show. */
function liesBehind({ direction, origin }, { x, y, z }) {
  const along = (value, k) => (value - origin[k]) * direction[k];
  return along(x, 0) + along(y, 1) + along(z, 2) < 0;
}
