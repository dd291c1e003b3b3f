import { visibleText } from "../../../../core/visible_text.ts";
import { redraw } from "../canvas.js";
import { page } from "../poses.js";
import { chooseRewind, state } from "../shots.js";
import { numberText } from "../verdict_text.js";

/** A share in per cent, with one decimal. */
export function percentText(share) {
  return `${numberText(share * 100, 1)} %`;
}

/**
 * Lets values of the curve be read by pointer and keys; a click or Enter scrubs the shot to there.
 *
 * @param best the best point of the sweep
 * @param policies those with an accuracy
 */
export function listenToCurve(canvas, best, policies) {
  const { sweep } = page;
  const line = document.getElementById("reading");
  const curve = { scale: undefined, read: undefined };
  canvas.setAttribute("aria-label", curveSentences(best, policies));
  const read = (point, isScrubbed = false) => {
    curve.read = point;
    line.textContent = readingText(point, best, isScrubbed);
    redraw();
  };
  const scrub = () => {
    if (curve.read === undefined || state.shot === undefined) return;
    chooseRewind(curve.read.rewindMs);
    read(curve.read, true);
  };
  const readAt = ({ offsetX }) => {
    const point = curve.scale && nearest(sweep, curve.scale.ms(offsetX));
    if (point !== undefined && point !== curve.read) read(point);
  };
  canvas.addEventListener("pointermove", readAt);
  canvas.addEventListener("click", (event) => {
    readAt(event);
    scrub();
  });
  for (const end of ["pointerleave", "blur"]) {
    canvas.addEventListener(end, () => read(undefined));
  }
  listenToKeys(canvas, curve, { best, read, scrub });
  read(undefined);
  return curve;
}

function listenToKeys(canvas, curve, { best, read, scrub }) {
  const { sweep } = page;
  const places = {
    ArrowLeft: (at) => at - 1,
    ArrowRight: (at) => at + 1,
    PageUp: (at) => at + 10,
    PageDown: (at) => at - 10,
    Home: () => 0,
    End: () => sweep.length - 1,
  };
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isScrub = event.key === "Enter" || event.key === " ";
    const place = places[event.key];
    if (!isScrub && place === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (isScrub) return scrub();
    const at = place(sweep.indexOf(curve.read ?? best));
    read(sweep[Math.min(Math.max(at, 0), sweep.length - 1)]);
  });
}

function nearest(sweep, ms) {
  return sweep.reduce((a, b) => Math.abs(b.rewindMs - ms) < Math.abs(a.rewindMs - ms) ? b : a);
}

function pointText({ accuracy, rewindMs }) {
  return `${numberText(rewindMs, 1)} ms back: ${percentText(accuracy)} of the shots agree`;
}

function readingText(point, best, isScrubbed) {
  if (point === undefined) return `Best ${pointText(best)}.`;
  if (state.shot === undefined) return `${pointText(point)}.`;
  const shot = `shot ${state.shot.index}`;
  return isScrubbed
    ? `${pointText(point)}; ${shot} is scrubbed to there.`
    : `${pointText(point)}; a click scrubs ${shot} to there.`;
}

function curveSentences(best, policies) {
  const [first] = page.sweep;
  const named = policies.map(({ accuracy, policy }) => `${policy} ${percentText(accuracy)}`);
  return visibleText([
    `Accuracy over rewind: best ${pointText(best)}, ${pointText(first)}, ` +
    `${pointText(page.sweep.at(-1))}.`,
    ...(named.length === 0 ? [] : [`Policies: ${named.join(", ")}.`]),
    "Arrows read values, Enter scrubs the shot to one.",
  ].join(" "));
}
