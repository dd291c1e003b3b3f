import { visibleText } from "../../../../core/visible_text.ts";
import { element } from "../../../../page/script/element.js";
import { CAUSE_TEXTS, CAUSE_WORD_TEXTS } from "../../../verdict/cause/cause_texts.ts";
import { openShot, say } from "../links/links.js";
import { nameOf } from "../names.js";
import { markNode } from "../policy_look.js";
import { page } from "../poses.js";
import { differs } from "../shots.js";
import { judgedTarget } from "./judged_target.js";
import { unitsText } from "../verdict_text.js";

/** Why policies and game differ on a shot: what would make them agree, and what speaks for it. */
export function renderClaims(shot) {
  const claims = shot.results.flatMap((result, i) =>
    differs(result) ? [claimNode(shot, result, i)] : []
  );
  document.getElementById("claims-title").hidden = claims.length === 0;
  document.getElementById("claims-hint").hidden = !shot.results.some((result) =>
    result?.cause === "unexplained"
  );
  document.getElementById("claims").replaceChildren(...claims);
}

function claimNode(shot, result, index) {
  const { cause, claim, rule } = result;
  const name = visibleText(page.policies[index].policy);
  const word = element("span", "word", cause);
  word.title = CAUSE_WORD_TEXTS[cause];
  return element(
    "li",
    "claim",
    element(
      "p",
      "",
      ...[markNode(index), element("b", "", name), ` ${missWords(shot, result)} `, word],
    ),
    element("p", "", visibleText(sentence(claim.text))),
    element("p", "evidence", ...evidence(claim, result)),
    ...(cause === "unexplained"
      ? []
      : [element("p", "evidence", `${cause} · ${rule}: ${CAUSE_WORD_TEXTS[cause]}.`)]),
  );
}

/** What the policy made of the shot, by how much, and what the game did. */
function missWords(shot, result) {
  const { game } = shot;
  const units = judgedTarget(shot, result)?.[7] ?? null;
  const policy = result.victim === null ? "misses" : `hits ${nameOf(result.victim)}`;
  const far = units === null
    ? ""
    : units > 0
    ? ` by ${unitsText(units)} units`
    : `, ${unitsText(-units)} units deep`;
  const other = game === null ? "misses" : game === "hit" ? "hits" : `hits ${nameOf(game)}`;
  return visibleText(`${policy}${far}; the game ${other}.`);
}

function evidence({ also = [], contradictedBy, others, rivals = [] }, { cause, rule }) {
  const parts = [`Evidence: ${CAUSE_TEXTS[rule].evidence}. `];
  if (rule === "other-time") return [...parts, "No known change makes them agree."];
  if (others === undefined) return parts;
  if (others === 0 && cause === "unexplained") {
    parts.push("It mends no other shot, so it may be chance: no reason.");
  } else {
    parts.push(`It mends ${shots(others)}`);
    if (contradictedBy !== undefined) {
      parts.push(", but ", shotLink(contradictedBy), " contradicts it: no reason.");
    } else parts.push(cause === "unexplained" ? "." : ", and no shot contradicts it: a reason.");
  }
  const equals = rivals.map((rival) => `${rival.rule} (${shots(rival.others)})`);
  if (equals.length > 0) parts.push(` As well, or better: ${equals.join(", ")}.`);
  if (also.length > 0) parts.push(` On this shot ${also.join(", ")} would do too.`);
  return parts;
}

function shots(count) {
  return count === 1 ? "1 other shot" : `${count} other shots`;
}

/** A link to a shot, or its name where the page does not hold it. */
function shotLink(index) {
  const shot = page.shots.find((other) => other.index === index);
  if (shot === undefined) return `shot ${index} (not on this page)`;
  const link = element("a", "", `shot ${index}`);
  link.href = `#shot-${index}`;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    say(openShot(shot), true);
  });
  return link;
}

function sentence(clause) {
  return `${clause[0].toUpperCase()}${clause.slice(1)}.`;
}
