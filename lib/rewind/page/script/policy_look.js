import { color } from "../../../page/script/color.js";
import { MARK_PATHS, POLICY_DASHES, policyLooks } from "../look/policy_looks.ts";
import { page } from "./poses.js";

const looks = policyLooks(page.policies.map(({ policy }) => policy));
const SVG = "http://www.w3.org/2000/svg";

/** Colour of a policy in the present scheme. */
export function policyColor(index) {
  return color(`--policy-${looks[index].color}`);
}

/** Dashes of a policy's lines, as `setLineDash` takes them. */
export function policyDash(index) {
  return POLICY_DASHES[looks[index].mark];
}

/** Mark of a policy as an SVG path about 0,0 that reaches 5 units; `new Path2D` takes it. */
export function policyMark(index) {
  return MARK_PATHS[looks[index].mark];
}

/** A policy's mark as a node: filled, or its outline alone. */
export function markNode(index, isFilled = true) {
  const mark = document.createElementNS(SVG, "svg");
  mark.setAttribute("class", isFilled ? "mark" : "mark hollow");
  mark.setAttribute("viewBox", "-6 -6 12 12");
  mark.setAttribute("aria-hidden", "true");
  mark.style.color = `var(--policy-${looks[index].color})`;
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", policyMark(index));
  mark.append(path);
  return mark;
}
