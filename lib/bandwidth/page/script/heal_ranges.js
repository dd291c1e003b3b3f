import { element } from "../../../page/script/element.js";
import { logPlace } from "./histograms.js";
import { axisText, numberText } from "./number_text.js";
import { noRunText } from "./no_run.js";
import { onToggle, shownRuns, swatch } from "./runs.js";

/** Shows how long wrong fields stayed wrong, from the median to the longest, on a log axis. */
export function drawHealRanges() {
  const box = document.getElementById("heal-ranges");
  if (box === null) return;
  onToggle(() => render(box));
  render(box);
}

function render(box) {
  const shown = shownRuns();
  if (shown.length === 0) return box.replaceChildren(noRunText());
  const rows = shown.filter(({ figures }) => figures.divergence.wrongFieldFrames > 0);
  const never = shown.length - rows.length;
  const rest = never === 0 ? [] : [element("p", "never", neverText(never, shown.length))];
  if (rows.length === 0) {
    box.replaceChildren(...rest);
    return;
  }
  const longest = ({ figures: { healFrames, divergence } }) =>
    Math.max(healFrames.max, divergence.longestStreakFrames);
  const end = Math.max(10, ...rows.map(longest));
  box.replaceChildren(...rest, ...rows.map((run) => rangeRow(run, end)), axis(end));
}

function neverText(count, all) {
  return count === all
    ? "In no run that is shown was a field ever wrong."
    : `${count} of ${all} runs that are shown: never wrong.`;
}

function rangeRow(run, end) {
  const { healFrames, divergence } = run.figures;
  const name = element("span", "name", swatch(run), run.short);
  name.title = run.name;
  const line = element("div", "range");
  const marks = [
    ["p50", healFrames.p50],
    ["p99", healFrames.p99],
    ["max", healFrames.max],
    ["streak", divergence.longestStreakFrames],
  ];
  const place = (frames) => logPlace(frames, 1, end) * 100;
  const span = element("i", "span");
  span.dataset.color = run.color;
  span.style.left = `${place(healFrames.p50)}%`;
  span.style.right = `${100 - place(healFrames.max)}%`;
  line.append(span);
  for (const [label, frames] of marks) {
    if (frames === 0) continue;
    const mark = element("i", `mark ${label}`);
    mark.dataset.color = run.color;
    mark.style.left = `${place(frames)}%`;
    mark.title = `${label === "streak" ? "longest streak" : label}: ${numberText(frames)} frames`;
    line.append(mark);
  }
  const text = `p50 ${numberText(healFrames.p50)} · p99 ${numberText(healFrames.p99)} · max ` +
    `${numberText(healFrames.max)} · longest streak ${numberText(divergence.longestStreakFrames)}`;
  return element("div", "heal", name, line, element("small", "", text));
}

function axis(end) {
  const line = element("div", "range axis");
  for (let frames = 1; frames <= end; frames *= 10) {
    const tick = element("small", "", frames === 1 ? "1 frame" : axisText(frames));
    tick.style.left = `${logPlace(frames, 1, end) * 100}%`;
    line.append(tick);
  }
  return element("div", "heal", line);
}
