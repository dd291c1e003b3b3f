import { visibleText } from "../../../core/visible_text.ts";
import { element } from "../../../page/script/element.js";
import { goBack } from "./links/go_back.js";
import { nameOf } from "./names.js";
import { markNode } from "./policy_look.js";
import { page } from "./poses.js";
import { differs, onChange, state, togglePolicy } from "./shots.js";
import { renderClaims } from "./verdict/claims.js";
import { judgedTarget } from "./verdict/judged_target.js";
import { numberText, unitsText, verdictText } from "./verdict_text.js";

const HEADS = ["", "", "back", "frame", "verdict", "units", "cause"];
const CLAMPS = {
  now: "held at now: it asks for the future",
  limit: "cut by the policy's limit",
  ring: "cut by the ring",
  recording: "cut by the recording's start",
};

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
    const body = document.getElementById("verdicts");
    const focused = body.contains(document.activeElement) ? document.activeElement.id : "";
    const rows = [gameRow(shot), ...shot.results.map((result, i) => policyRow(shot, result, i))];
    if (shot.view !== undefined) rows.push(viewRow(shot.view));
    body.replaceChildren(...rows);
    // The button that was pressed is a new one now.
    if (focused !== "") document.getElementById(focused)?.focus();
    renderClaims(shot);
  });
}

function gameRow(shot) {
  return row("", "the game", "", "", verdictText(shot.game), "", "");
}

function policyRow(shot, result, index) {
  const name = visibleText(page.policies[index].policy);
  const isShown = state.shown.has(index);
  const toggle = button(`toggle-${index}`, "swatch", markNode(index, isShown));
  toggle.title = isShown ? "hide in the figures" : "show in the figures";
  toggle.setAttribute("aria-label", `${name} in the figures`);
  toggle.setAttribute("aria-pressed", String(isShown));
  toggle.addEventListener("click", (event) => {
    event.stopPropagation();
    togglePolicy(index);
  });
  if (result === null) {
    return row(toggle, name, "", "", "cannot judge: a number is missing", "", "");
  }
  const clamped = result.clamped === null ? "" : ` (${CLAMPS[result.clamped]})`;
  const hole = result.holeMs === undefined
    ? ""
    : ` (hole of ${numberText(result.holeMs / 1000, 1)} s)`;
  const units = judgedTarget(shot, result)?.[7] ?? null;
  const line = row(
    toggle,
    jump(`jump-${index}`, name, result.usedMs, index < 9 ? String(index + 1) : undefined),
    `${numberText(result.usedMs, 1)} ms${clamped}${hole}`,
    numberText(result.usedFrame),
    verdictText(result.victim),
    units === null ? "" : units > 0 ? `${unitsText(units)} beside` : `${unitsText(-units)} deep`,
    differs(result) ? `${result.cause} · ${result.rule}` : result.cause ?? "",
  );
  if (differs(result)) line.classList.add("differs");
  return jumping(line, result.usedMs);
}

function viewRow(view) {
  const swatch = element("i", "key seen");
  const error = view.targets[0]?.[7];
  const off = error === undefined || error === null ? "" : `${unitsText(error)} from the truth`;
  const line = row(
    swatch,
    jump("jump-view", "on the shooter's screen", view.rewindMs),
    `${numberText(view.rewindMs, 1)} ms`,
    numberText(view.viewFrame),
    verdictText(view.victim),
    off,
    "",
  );
  return jumping(line, view.rewindMs);
}

/** The whole row jumps, for who points at it; its button does for all others. */
function jumping(line, ms) {
  line.classList.add("jumps");
  line.addEventListener("click", () => goBack(ms));
  return line;
}

function jump(id, name, ms, key) {
  const node = button(
    id,
    "jump",
    ...(key === undefined ? [] : [element("kbd", "", key), " "]),
    name,
  );
  node.setAttribute("aria-label", `${name}: rewind ${numberText(ms, 1)} ms`);
  if (key !== undefined) node.setAttribute("aria-keyshortcuts", key);
  return node;
}

function button(id, className, ...children) {
  const node = element("button", className, ...children);
  node.type = "button";
  node.id = id;
  return node;
}

/** A row whose parts keep their roles where the table is shown as cards. */
function row(...cells) {
  const line = element("tr", "");
  line.setAttribute("role", "row");
  cells.forEach((cell, i) => {
    const node = element(i === 1 ? "th" : "td", "", cell);
    if (i === 1) node.scope = "row";
    node.setAttribute("role", i === 1 ? "rowheader" : "cell");
    if (cell === "") node.classList.add("empty");
    if (i > 1) node.dataset.head = HEADS[i];
    line.append(node);
  });
  return line;
}
