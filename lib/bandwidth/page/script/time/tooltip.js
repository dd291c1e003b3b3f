import { element } from "../../../../page/script/element.js";
import { swatch } from "../runs.js";

const ROWS_MAX = 12;
const box = element("div", "tooltip");
box.hidden = true;
document.body.append(box);

/**
 * Shows the tooltip beside the pointer.
 *
 * @param heading what is pointed at
 * @param rows `{run?, name, value, isFocused?}`, the first twelve of which are shown
 */
export function showTooltip(clientX, clientY, heading, rows) {
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
  );
  box.hidden = false;
  const { width, height } = box.getBoundingClientRect();
  const isLeft = clientX + 18 + width > innerWidth;
  box.style.left = `${Math.max(4, isLeft ? clientX - 18 - width : clientX + 18)}px`;
  box.style.top = `${Math.max(4, Math.min(clientY + 14, innerHeight - height - 8))}px`;
}

/** Hides the tooltip. */
export function hideTooltip() {
  box.hidden = true;
}
