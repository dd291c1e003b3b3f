import { visibleText } from "../../../core/visible_text.ts";
import { element } from "../../../page/script/element.js";
import { nameOf } from "./names.js";
import { page } from "./poses.js";
import { chooseRewind, differs, onChange, state, togglePolicy } from "./shots.js";
import { numberText, verdictText } from "./verdict_text.js";

/** What the game, each policy and the client made of the shot, a row each. */
export function renderVerdicts() {
  onChange((what) => {
    if (what === "rewind" || state.shot === undefined) return;
    const { shot } = state;
    const numbers = Object.entries(shot.numbers).map(([name, value]) => `${name} ${value}`);
    document.getElementById("shot-title").textContent = `Shot ${shot.index}`;
    document.getElementById("shot-facts").textContent = visibleText(
      [
        `frame ${shot.frame}`,
        `${numberText(shot.timeMs / 1000, 3)} s`,
        `by ${nameOf(shot.shooter)}`,
        ...numbers,
      ]
        .join(" · "),
    );
    const rows = [gameRow(shot), ...shot.results.map((result, i) => policyRow(result, i))];
    if (shot.view !== undefined) rows.push(viewRow(shot.view));
    document.getElementById("verdicts").replaceChildren(...rows);
    const reasons = shot.results.flatMap((result, i) =>
      result?.sentence === undefined ? [] : [
        element(
          "li",
          "",
          element("b", "", visibleText(page.policies[i].policy)),
          " ",
          result.sentence,
        ),
      ]
    );
    document.getElementById("reasons").replaceChildren(...reasons);
  });
}

function gameRow(shot) {
  return row("", "the game", "", "", verdictText(shot.game), "", "");
}

function policyRow(result, index) {
  const swatch = element("button", "swatch");
  swatch.type = "button";
  swatch.title = "show or hide";
  swatch.style.background = state.shown.has(index) ? `var(--policy-${index % 8})` : "none";
  swatch.style.borderColor = `var(--policy-${index % 8})`;
  swatch.addEventListener("click", (event) => {
    event.stopPropagation();
    togglePolicy(index);
  });
  const name = visibleText(page.policies[index].policy);
  if (result === null) return row(swatch, name, "", "", "cannot judge", "", "");
  const clamped = result.clamped === null ? "" : ` (clamped: ${result.clamped})`;
  const hole = result.holeMs === undefined
    ? ""
    : ` (hole of ${numberText(result.holeMs / 1000, 1)} s)`;
  const subject = result.targets.find((target) => isJudged(target, result));
  const margin = subject === undefined || subject[7] === null
    ? ""
    : subject[7] > 0
    ? `${numberText(subject[7])} beside`
    : `${numberText(-subject[7])} deep`;
  const line = row(
    swatch,
    name,
    `${numberText(result.usedMs, 1)} ms${clamped}${hole}`,
    numberText(result.usedFrame),
    verdictText(result.victim),
    margin,
    differs(result) ? `${result.cause} · ${result.rule}` : result.cause ?? "",
  );
  if (differs(result)) line.classList.add("differs");
  line.classList.add("jumps");
  line.addEventListener("click", () => chooseRewind(result.usedMs));
  return line;
}

/** True for a target whose margin says something: whom the policy or the game hit, or could have. */
function isJudged([id, , , , , , isAlive, , , , isEligible], { victim }) {
  return id === victim || id === state.shot.game || (isAlive === 1 && isEligible !== 0);
}

function viewRow(view) {
  const swatch = element("i", "swatch");
  swatch.style.borderColor = "var(--seen)";
  const error = view.targets[0]?.[7];
  const off = error === undefined || error === null ? "" : `${numberText(error)} from the truth`;
  const line = row(
    swatch,
    "on the shooter's screen",
    `${numberText(view.rewindMs, 1)} ms`,
    numberText(view.viewFrame),
    verdictText(view.victim),
    off,
    "",
  );
  line.classList.add("jumps");
  line.addEventListener("click", () => chooseRewind(view.rewindMs));
  return line;
}

function row(...cells) {
  const line = element("tr", "");
  cells.forEach((cell, i) => {
    const node = element(i === 1 ? "th" : "td", "", cell);
    if (i === 1) node.scope = "row";
    line.append(node);
  });
  return line;
}
