/**
 * Pixels of a card's content on A4 between margins of 12 mm. A printer lays a page out anew without
 * telling scripts how wide it is; styles scale what is drawn for this to other papers.
 */
const PAPER_ROOM = 661;

let isPaper = false;
const listeners = [];

/** Calls back when what is drawn goes to paper, and when it is back on the screen. */
export function onPaper(listener) {
  listeners.push(listener);
}

/** True while what is drawn goes to paper. */
export function isOnPaper() {
  return isPaper;
}

/** Width in pixels that a drawing has in a box: on paper a part of a card, on the screen its own. */
export function roomIn(box, part = 1) {
  return isPaper ? PAPER_ROOM * part : box.clientWidth;
}

function change(isPaperNow) {
  isPaper = isPaperNow;
  for (const listener of listeners) listener();
}

addEventListener("beforeprint", () => change(true));
addEventListener("afterprint", () => change(false));
