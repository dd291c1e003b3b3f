import { element } from "../../../page/script/element.js";
import { redraw } from "./canvas.js";
import { frameAtMs, page } from "./poses.js";
import { chooseRewind, onChange, state, victimAt } from "./shots.js";
import { numberText, verdictText } from "./verdict_text.js";

/** Colours of a flip bar: misses are quiet, each victim is loud. */
export function flipGradient(shot) {
  const stops = shot.spans.flatMap(([fromMs, toMs, victim]) => {
    const tone = victim === null ? "var(--flip-miss)" : "var(--flip-hit)";
    const at = (ms) => `${numberText(Math.min(1, ms / page.scrubMs) * 100, 3)}%`;
    return [`${tone} ${at(fromMs)}`, `${tone} ${at(toMs)}`];
  });
  return stops.length === 0 ? "none" : `linear-gradient(to right, ${stops.join(", ")})`;
}

/** The slider, the flip bar under it, and a mark where each policy and the client stand. */
export function listenToScrubber() {
  const slider = document.getElementById("rewind");
  slider.max = page.scrubMs;
  slider.addEventListener("input", () => chooseRewind(Number(slider.value)));
  onChange((what) => {
    if (state.shot === undefined) return;
    slider.value = state.rewindMs;
    if (what !== "rewind") renderMarks();
    renderReadout();
    redraw();
  });
}

function renderReadout() {
  const { rewindMs, shot } = state;
  const frame = frameAtMs(shot.timeMs - rewindMs);
  document.getElementById("readout").replaceChildren(
    element("b", "", `${numberText(rewindMs, 1)} ms back`),
    ` frame ${numberText(frame, 2)} · the ray would `,
    element(
      "b",
      victimAt(shot, rewindMs) === null ? "" : "is-hit",
      verdictText(victimAt(shot, rewindMs)),
    ),
  );
}

function renderMarks() {
  const { shot } = state;
  const bar = document.getElementById("flips");
  bar.style.background = flipGradient(shot);
  const marks = shot.results.flatMap((result, index) =>
    result === null || !state.shown.has(index)
      ? []
      : [mark(result.usedMs, page.policies[index].policy, `--policy-${index % 8}`)]
  );
  if (shot.view !== undefined) marks.push(mark(shot.view.rewindMs, "seen", "--seen"));
  bar.replaceChildren(...marks);
}

/** A mark that jumps there. */
function mark(ms, name, tone) {
  const node = element("button", "mark");
  node.type = "button";
  node.title = `${name}: ${numberText(ms, 1)} ms`;
  node.style.left = `${Math.min(1, ms / page.scrubMs) * 100}%`;
  node.style.background = `var(${tone})`;
  node.addEventListener("click", () => chooseRewind(ms));
  return node;
}
