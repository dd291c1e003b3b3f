import { visibleText } from "../../../../core/visible_text.ts";
import { element } from "../../../../page/script/element.js";
import { numberText } from "../number_text.js";
import { choose, shots } from "../runs.js";
import { eventsIn, placeOf, startMs, timedEvents } from "../time/event_times.js";
import { secondAt, secondText, step } from "../time/time_axis.js";

/** Entries at sight, and with those that are folded. */
const SHOWN_MAX = 10, LISTED_MAX = 60;

/** Recorded events of a second, and buttons to the one before and the one after it. */
export function eventList(second) {
  const all = timedEvents();
  const here = eventsIn(second);
  const from = placeOf(all, second);
  return [
    ...(here.length === 0
      ? [element("p", "hint", "No event in this second.")]
      : folded(here, (event) => element("li", "", ...eventParts(event)))),
    ...elsewhere("event before", all[from - 1]),
    ...elsewhere("event after", all[from + here.length]),
  ];
}

/** A list with its first entries at sight, the others folded, and what it leaves out. */
function folded(all, itemOf) {
  const items = all.slice(0, LISTED_MAX).map(itemOf);
  const nodes = [element("ul", "events", ...items.slice(0, SHOWN_MAX))];
  const rest = items.slice(SHOWN_MAX), more = all.length - items.length;
  if (rest.length > 0) {
    const left = more > 0
      ? [element("p", "hint", `and ${numberText(more)} more that are not listed`)]
      : [];
    const summary = element("summary", "", `${numberText(rest.length + more)} more`);
    nodes.push(element("details", "", summary, element("ul", "events", ...rest), ...left));
  }
  return nodes;
}

function eventParts({ at, frame, label, text }) {
  return [
    element("b", "", label),
    ...(text === "" ? [] : [` ${text}`]),
    element("small", "", ` ${numberText(at, 2)} s · frame ${frame}`),
  ];
}

function elsewhere(what, event) {
  if (event === undefined) return [];
  const button = element("button", "link", `${what}: `, ...eventParts(event));
  button.type = "button";
  button.addEventListener("click", () => choose(secondAt(event.at)));
  return [element("p", "", button)];
}

/** Shots of a second, each a link to the page that shows it; frames of its events where none is known. */
export function shotList(second) {
  if (shots.byFrame) return frameList(second);
  const start = startMs();
  const at = (shot) => (shot.timeMs - (start ?? 0)) / 1000;
  const here = start === undefined
    ? []
    : shots.shots.filter((shot) => at(shot) >= second && at(shot) < second + step);
  if (here.length === 0) return [element("p", "hint", `No shot in ${secondText(second)}.`)];
  return folded(here, (shot) => {
    const link = element("a", "", `shot ${shot.index}`);
    link.href = linkTo(`shot-${shot.index}`);
    return element(
      "li",
      "",
      link,
      ` ${visibleText(shot.text)}`,
      element("small", "", ` ${numberText(at(shot), 2)} s · frame ${shot.frame}`),
    );
  });
}

/** Frames of a second's events, each a link to what the page of shots shows of it. */
function frameList(second) {
  const here = [...new Map(eventsIn(second).map((event) => [event.frame, event])).values()];
  if (here.length === 0) return [element("p", "hint", `No event in ${secondText(second)}.`)];
  return [
    element("p", "hint", "The page of shots was not there when this one was made."),
    ...folded(here, ({ frame, label }) => {
      const link = element("a", "", `frame ${frame}`);
      link.href = linkTo(`frame-${frame}`);
      return element("li", "", link, ` ${label}`);
    }),
  ];
}

/** Address of a place on the page of shots, with the way back. */
function linkTo(place) {
  const back = shots.from === undefined ? "" : `&from=${encodeURIComponent(shots.from)}`;
  return `${shots.href}#${place}${back}`;
}
