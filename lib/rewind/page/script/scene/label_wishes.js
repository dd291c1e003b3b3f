import { shortText } from "./short_text.js";

/** Outlines that lie so near to each other, in pixels, look like one and share a label. */
const NEAR_PX = 5;

/** Characters of the roles that one label names. */
const ROLES_LENGTH = 34;

/**
 * What labels should say, most important first: bodies of one entity that lie on each other share
 * one; of those whom the shot is not about only one body has a label.
 *
 * @param placed bodies with the boxes, in pixels, of what is drawn of them
 * @param focus whom the shot is about, and who shoots
 * @param nameOf what an entity is called
 */
export function labelWishes(placed, focus, nameOf) {
  const groups = [];
  const named = new Set();
  for (const body of [...placed].sort((a, b) => a.rank - b.rank)) {
    if (!focus.has(body.pose.id) && named.has(body.pose.id)) continue;
    const near = groups.find(({ box, id }) => id === body.pose.id && isNear(box, body.box));
    if (near === undefined) groups.push({ id: body.pose.id, box: body.box, bodies: [body] });
    else near.bodies.push(body);
    named.add(body.pose.id);
  }
  return groups.map(({ bodies, box, id }) => {
    const [first] = bodies;
    const textOf = (...parts) => [shortText(nameOf(id)), ...parts].filter(Boolean).join(" · ");
    return {
      text: textOf(rolesOf(bodies), stateOf(first)),
      // For where there is no room for more.
      brief: textOf(rolesOf(bodies, 0)),
      ...{ box, tone: first.stroke, rank: first.rank },
    };
  });
}

function isNear(a, b) {
  return ["left", "right", "top", "bottom"].every((side) => Math.abs(a[side] - b[side]) <= NEAR_PX);
}

/** Roles as far as there is room for them, and how many there are beside. */
function rolesOf(bodies, most = ROLES_LENGTH) {
  const roles = [...new Set(bodies.map(({ role }) => shortText(role)))];
  let shown = 1;
  while (shown < roles.length && roles.slice(0, shown + 1).join(", ").length <= most) {
    shown++;
  }
  const left = roles.length - shown;
  return `${roles.slice(0, shown).join(", ")}${left > 0 ? `, +${left}` : ""}`;
}

function stateOf({ isBehind, pose }) {
  if (isBehind) return "behind the shooter";
  return pose.isDead ? "dead" : pose.isBystander ? "no target" : "";
}
