import { element } from "../../../../page/script/element.js";
import { swatch } from "../runs.js";

const ROWS_MAX = 12;
/** Pixels between pointer and tooltip, and between it and the edge of the screen. */
const BESIDE = 18, EDGE = 4;
const box = element("div", "tooltip");
box.hidden = true;
document.body.append(box);
let shownAt = 0;

/**
 * Shows the tooltip beside the pointer.
 *
 * @param heading what is pointed at
 * @param rows `{run?, name, value, isFocused?}`, the first twelve of which are shown
 * @param notes lines below them
 */
export function showTooltip(clientX, clientY, heading, rows, notes = []) {
  const lines = rows.slice(0, ROWS_MAX).map(({ run, name, value, isFocused }) => {
    const line = element("tr", isFocused ? "focused" : "");
    line.append(
      element("td", "", ...(run === undefined ? [] : [swatch(run)])),
      element("td", "name", name),
      element("td", "value", value),
    );
    return line;
  });
  const more = rows.length - lines.length;
  box.replaceChildren(
    element("b", "", heading),
    element("table", "", ...lines),
    ...(more > 0 ? [element("small", "", `and ${more} more`)] : []),
    ...notes.map((note) => element("p", "", note)),
  );
  box.hidden = false;
  shownAt = scrollY;
  box.style.left = box.style.top = "0";
  const { width, height } = box.getBoundingClientRect();
  const screen = document.documentElement.clientWidth;
  const isLeft = clientX + BESIDE + width > screen;
  const left = isLeft ? clientX - BESIDE - width : clientX + BESIDE;
  const below = clientY + 14;
  // Where neither side has room, it would lie under the finger.
  const isOver = left < EDGE;
  const top = isOver && clientY - BESIDE - height > EDGE ? clientY - BESIDE - height : below;
  box.style.left = `${Math.max(EDGE, Math.min(left, screen - width - EDGE))}px`;
  box.style.top = `${Math.max(EDGE, Math.min(top, innerHeight - height - 2 * EDGE))}px`;
}

/** Hides the tooltip. */
export function hideTooltip() {
  box.hidden = true;
}

/** Hides it where the page has gone on since: word of a scroll may come after what it led to. */
export function hideScrolledTooltip() {
  if (scrollY !== shownAt) hideTooltip();
}
