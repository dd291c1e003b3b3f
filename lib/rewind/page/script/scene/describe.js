import { visibleText } from "../../../../core/visible_text.ts";
import { nameOf } from "../names.js";
import { page, poseAtMs } from "../poses.js";
import { onChange, state, victimAt } from "../shots.js";
import { numberText, unitsText, verdictText } from "../verdict_text.js";
import { compassArms } from "./compass.js";
import { focusOf } from "./gather.js";
import { onTurn, orientation } from "./orientation.js";
import { viewAxesOf } from "./view_axes.js";

const VIEWS = { top: "from above", side: "from the side", aim: "along its ray" };

/** Nobody wants to hear each step of a slider that is dragged. */
const QUIET_MS = 300;

/** Keeps the name of a figure in words that say what it shows. */
export function describeFigure(view, canvas) {
  let waiting;
  const tell = () => canvas.setAttribute("aria-label", sentencesOf(view));
  onChange((what) => {
    clearTimeout(waiting);
    if (what === "rewind") waiting = setTimeout(tell, QUIET_MS);
    else tell();
  });
  onTurn(tell);
}

function sentencesOf(view) {
  const { rewindMs, shot } = state;
  const scrubbed = rewindMs === 0 ? [] : [
    `Scrubbed ${numberText(rewindMs, 1)} ms back the ray would ` +
    `${verdictText(victimAt(shot, rewindMs))}`,
  ];
  const sentences = [
    `Shot ${shot.index} ${VIEWS[view]}: ${nameOf(shot.shooter)} shoots, the game says ` +
    verdictText(shot.game),
    ...[...focusOf(shot)].map((id) => targetSentence(shot, id)),
    ...(shot.undrawn === undefined ? [] : [undrawnText(shot.undrawn)]),
    ...scrubbed,
    `Axes: ${compassWords(viewAxesOf(shot, page.up, orientation)[view])}`,
  ];
  return visibleText(`${sentences.join(". ")}.`);
}

/** How many bodies are left out, in words. */
export function undrawnText(count) {
  return `${count} more ${count === 1 ? "is" : "are"} not drawn`;
}

/** Where a target stands at the shot, and where policies had it. */
function targetSentence(shot, id) {
  const pose = poseAtMs(id, shot.timeMs);
  const name = nameOf(id);
  const stands = pose === undefined
    ? `${name} is not there at the shot`
    : `${name} stands ${standsAt(shot, pose)} at the shot`;
  const margins = shot.results.flatMap((result, i) => {
    const target = result?.targets.find(([other]) => other === id);
    if (target === undefined || target[7] === null || !state.shown.has(i)) return [];
    const words = target[7] > 0
      ? `misses it by ${unitsText(target[7])}`
      : `hits it ${unitsText(-target[7])} deep`;
    return [`${page.policies[i].policy} ${words}`];
  });
  return [stands, ...margins].join(", ");
}

/** Distance from the ray's origin along it and off it, in units. */
function standsAt({ direction, origin }, { x, y, z }) {
  const away = [x, y, z].map((value, k) => value - origin[k]);
  const along = away.reduce((sum, value, k) => sum + value * direction[k], 0);
  const beside = Math.hypot(...away.map((value, k) => value - along * direction[k]));
  const where = along < 0 ? "behind the shooter" : "along the ray";
  return `${unitsText(Math.abs(along))} units ${where} and ${unitsText(beside)} off it`;
}

const TURNS = [
  ...["right", "upper right", "up", "upper left", "left", "lower left", "down", "lower right"],
];

/** Where the world's axes point in a view, in words. */
export function compassWords(axes) {
  return compassArms(axes).map(({ isFlat, name, toward, x, y }) => {
    if (!isFlat) return `${name} ${toward > 0 ? "towards you" : "away from you"}`;
    const eighth = Math.round(Math.atan2(y, x) / (Math.PI / 4));
    return `${name} ${TURNS[(eighth + 8) % 8]}`;
  }).join(", ");
}
