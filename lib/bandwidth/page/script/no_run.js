import { element } from "../../../page/script/element.js";
import { onToggle, shownRuns } from "./runs.js";

/** What stands in the place of everything that shows runs while none is shown. */
export const NO_RUN = "No run is shown.";

/** That sentence as a paragraph. */
export function noRunText() {
  return element("p", "hint no-run", NO_RUN);
}

/** Puts the sentence in the place of an element while no run is shown. */
export function yieldToNoRun(node) {
  const text = noRunText();
  node.before(text);
  const place = () => {
    const isNone = shownRuns().length === 0;
    text.hidden = !isNone;
    node.classList.toggle("void-of-runs", isNone);
  };
  onToggle(place);
  place();
}
