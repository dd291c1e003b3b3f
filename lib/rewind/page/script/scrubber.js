import { visibleText } from "../../../core/visible_text.ts";
import { element } from "../../../page/script/element.js";
import { redraw } from "./canvas.js";
import { goBack } from "./links/go_back.js";
import { markNode } from "./policy_look.js";
import { frameAtMs, page } from "./poses.js";
import { chooseRewind, onChange, reachOf, state, victimAt } from "./shots.js";
import { numberText, verdictText } from "./verdict_text.js";

/** Colours of a flip bar: misses are quiet, each victim is loud. */
export function flipGradient(shot, endMs = page.scrubMs) {
  const stops = shot.spans.flatMap(([fromMs, toMs, victim]) => {
    const tone = victim === null ? "var(--flip-miss)" : "var(--flip-hit)";
    const at = (ms) => `${numberText(Math.min(1, ms / endMs) * 100, 3)}%`;
    return [`${tone} ${at(fromMs)}`, `${tone} ${at(toMs)}`];
  });
  return stops.length === 0 ? "none" : `linear-gradient(to right, ${stops.join(", ")})`;
}

/** Milliseconds without a change after which the verdict is spoken. */
const STOPPED_MS = 400;

/** The slider, the flip bar under it, and a mark where each policy and the client stand. */
export function listenToScrubber() {
  const slider = document.getElementById("rewind");
  const bar = document.getElementById("flips");
  slider.addEventListener("input", () => chooseRewind(Number(slider.value)));
  bar.addEventListener("click", ({ clientX }) => {
    const { left, width } = bar.getBoundingClientRect();
    chooseRewind((clientX - left) / width * reachOf(state.shot));
  });
  onChange((what) => {
    if (state.shot === undefined) return;
    slider.max = reachOf(state.shot);
    slider.value = state.rewindMs;
    if (what !== "rewind") renderMarks();
    renderReadout();
    speakSoon(what);
    redraw();
  });
}

function renderReadout() {
  const { rewindMs, shot } = state;
  const frame = numberText(frameAtMs(shot.timeMs - rewindMs), 2);
  const victim = victimAt(shot, rewindMs);
  document.getElementById("readout").replaceChildren(
    element("b", "", `${numberText(rewindMs, 1)} ms back`),
    ` frame ${frame} · the ray would `,
    element("b", victim === null ? "" : "is-hit", verdictText(victim)),
  );
  const text = `${numberText(rewindMs, 1)} ms back, frame ${frame}, would ${verdictText(victim)}`;
  document.getElementById("rewind").setAttribute("aria-valuetext", visibleText(text));
}

let timer;

/** Tells screen readers what the ray does where the scrubbing stopped. */
function speakSoon(what) {
  if (what !== "rewind" && what !== "shot") return;
  clearTimeout(timer);
  timer = setTimeout(() => {
    const { rewindMs, shot } = state;
    const game = shot.game === undefined ? "" : `; the game says ${verdictText(shot.game)}`;
    document.getElementById("spoken").textContent = visibleText(
      `Shot ${shot.index}, ${numberText(rewindMs, 1)} ms back: the ray would ${
        verdictText(victimAt(shot, rewindMs))
      }${game}.`,
    );
  }, STOPPED_MS);
}

function renderMarks() {
  const { shot } = state;
  const bar = document.getElementById("flips");
  bar.style.background = flipGradient(shot, reachOf(shot));
  const marks = shot.results.flatMap((result, index) =>
    result === null || !state.shown.has(index)
      ? []
      : [mark(result.usedMs, page.policies[index].policy, markNode(index))]
  );
  if (shot.view !== undefined) {
    marks.push(mark(shot.view.rewindMs, "on the shooter's screen", element("i", "key seen")));
  }
  bar.replaceChildren(...marks);
}

/** A mark that jumps there, for who points at it; the buttons of the table do for all others. */
function mark(ms, name, sign) {
  const node = element("span", "flip-mark", sign);
  node.style.color = sign.style.color || "var(--seen)";
  const isFar = ms > reachOf(state.shot);
  node.title = visibleText(`${name}: ${numberText(ms, 1)} ms${isFar ? ", beyond this end" : ""}`);
  node.classList.toggle("beyond", isFar);
  node.style.left = `${Math.min(1, ms / reachOf(state.shot)) * 100}%`;
  node.addEventListener("click", (event) => {
    event.stopPropagation();
    goBack(ms);
  });
  return node;
}
