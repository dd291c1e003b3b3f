import { element } from "../../../../page/script/element.js";
import { onToggle, runs, show, shownRuns, view } from "../runs.js";
import { bestOf, firstShown, frontOf, worstOf } from "./front.js";
import { points, weighedFigure } from "./points.js";
import { isFiltered, matches, onMatch } from "./selection.js";

/** Runs that are shown at first, and the best of them. */
const FIRST_MAX = 8;

/** What a choice was of, in words, while it stands. */
let reason = "";

/** Shows the first runs, says how many are shown, and lets buttons show others. */
export function listenToBar() {
  const listen = (id, choose, why) =>
    document.getElementById(id)?.addEventListener("click", () => showOnly(choose(), why?.() ?? ""));
  listen("show-all", matches);
  listen("show-none", () => []);
  listen("show-front", () => runsOf(frontOf(points())), () => `the front (${weighingText()})`);
  listen(
    "show-best",
    () => runsOf(bestOf(points(), FIRST_MAX)),
    () => `the best (${weighingText()})`,
  );
  onMatch(() => isFiltered() ? showOnly(matches(), "") : showFirst());
  onToggle(say);
  showFirst();
}

function runsOf(list) {
  return list.map(({ run }) => run);
}

/** Which runs are looked at, in words: kbps against a figure. */
export function weighingText() {
  const figure = weighedFigure();
  return figure === undefined ? "kbps" : `kbps against ${figure.name}`;
}

function showFirst() {
  const all = points();
  const first = firstShown(all, FIRST_MAX);
  if (first.length === all.length) return showOnly(runsOf(all), "");
  showOnly(runsOf(first), firstText(all, first));
}

function firstText(all, first) {
  const front = frontOf(all);
  const worst = worstOf(all);
  const last = worst === undefined || front.includes(worst) ? "" : " and the worst";
  if (front.length === 0) return `from the cheapest to the dearest${last}`;
  const kept = front.filter((point) => first.includes(point)).length;
  const part = kept === front.length ? `the ${kept}` : `${kept} of the ${front.length}`;
  return `${part} on the front (${weighingText()})${last}`;
}

function showOnly(some, why) {
  const wanted = new Set(some);
  reason = "";
  show((run) => wanted.has(run));
  reason = why;
  say();
}

function say() {
  const said = document.getElementById("runs-said");
  if (said === null) return;
  const count = shownRuns().length;
  const matched = matches().length;
  const total = `${count} of ${runs.length} ${runs.length === 1 ? "run" : "runs"} shown`;
  const rest = matched === 0
    ? ", none matches the filters"
    : matched < runs.length && matched !== count
    ? `, ${matched} match`
    : "";
  const bad = view.tradeOff.kbps.length - runs.length;
  const unverified = bad === 0 ? "" : `, ${bad} not verified`;
  const text = `${total}${rest}${unverified}`;
  said.replaceChildren(
    element("b", "", text),
    ...(reason === "" ? [] : [element("small", "", `: ${reason}`)]),
  );
  reason = "";
  const front = document.getElementById("show-front");
  if (front !== null) front.disabled = frontOf(points()).length === 0;
  const all = document.getElementById("show-all");
  if (all !== null) all.textContent = matched > 3 ? `all ${matched}` : "all";
}
