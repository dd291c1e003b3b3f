import { visibleText } from "../../../../core/visible_text.ts";
import { element } from "../../../../page/script/element.js";
import { nameOf } from "../names.js";
import { markNode } from "../policy_look.js";
import { page } from "../poses.js";
import { flipGradient } from "../scrubber.js";
import { differs } from "../shots.js";
import { numberText, verdictText } from "../verdict_text.js";

/** A shot as an option of the list, whose name says all that its marks show. */
export function shotRow(shot, isChosen) {
  const when = `${numberText(shot.timeMs / 1000, 2)} s`;
  const by = `by ${nameOf(shot.shooter)}`;
  const bar = element("span", "flip");
  bar.style.background = flipGradient(shot);
  const node = element(
    "div",
    "shot",
    element("b", "", String(shot.index)),
    element("span", "when", `${when} · by `, shooterNode(shot)),
    element("span", isHit(shot) ? "game is-hit" : "game", verdictText(shot.game)),
    element("span", "dots", ...shot.results.map(dot)),
    bar,
  );
  node.id = optionId(shot);
  node.setAttribute("role", "option");
  node.setAttribute("aria-selected", String(isChosen));
  const policies = policyWords(shot);
  const name = [`shot ${shot.index}`, when, by, gameWords(shot.game), ...policies].join(", ");
  node.setAttribute("aria-label", name);
  node.title = policies.join(", ");
  return node;
}

/** Name of who shot, in its own direction: what has no room is cut at its end. */
function shooterNode({ shooter }) {
  const name = element("bdi", "", visibleText(nameOf(shooter)));
  name.dir = "auto";
  return name;
}

/** Id of a shot's option. */
export function optionId({ index }) {
  return `shot-option-${index}`;
}

function dot(result, index) {
  if (result === null || result.cause === undefined) return element("i", "no-mark", "–");
  return markNode(index, differs(result));
}

function isHit({ game }) {
  return game !== undefined && game !== null;
}

function gameWords(game) {
  if (game === undefined) return "game unknown";
  if (game === null) return "game misses";
  return `game ${verdictText(game).replace(/^hit/, "hits")}`;
}

/** What the policies that differ say, and that all others agree. */
function policyWords({ results }) {
  const words = results.flatMap((result, i) => {
    const name = visibleText(page.policies[i].policy, 40);
    if (result === null) return [`${name} cannot judge`];
    if (!differs(result)) return [];
    return [`${name} ${result.victim === null ? "misses" : `hits ${nameOf(result.victim)}`}`];
  });
  const isKnown = results.some((result) => result?.cause !== undefined);
  return words.length === 0 && isKnown ? ["all policies agree"] : words;
}
