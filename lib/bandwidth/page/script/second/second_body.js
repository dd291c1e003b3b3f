import { element } from "../../../../page/script/element.js";
import { choose, events, shots } from "../runs.js";
import { quietText } from "../time/quiet_seconds.js";
import { pointOf } from "../time/time_axis.js";
import { BEFORE, excessOf } from "./excess.js";
import { bytesText, excessBars } from "./excess_bars.js";
import { packetCommand, packetTree } from "./packet_tree.js";
import { entityKey, entityLists, entityName, partLists, partName } from "./second_costs.js";
import { eventList, shotList } from "./second_events.js";
import { secondFigures } from "./second_figures.js";

const WHAT_BARS =
  "Bytes to all consumers, what is most above the usual first; the mark is the usual.";
/** What is said in the place of parts, where there are none. */
const QUIET = {
  "no frame recorded":
    "No frame was recorded in this second: it lies in a hole of the recording, and nothing was sent.",
  "nothing sent": "Nothing was sent in this second.",
};
const LINES = "The line is the whole recording.";

/**
 * What a second of a run is made of, as columns: its figures and parts, its entities, events and
 * shots, and its largest packet.
 *
 * @param isBefore whether it is compared with the seconds before it, not with a usual one
 */
export function secondBody(run, second, isBefore) {
  const list = run.moments?.seconds ?? [];
  const place = list.findIndex((moment) => moment.second === second);
  const moment = list[place];
  const left = block("Figures", secondFigures(run, second, isBefore));
  const quiet = quietText(run, second);
  const right = [];
  if (quiet !== undefined) {
    left.push(...block("Where its bytes went", [element("p", "hint", QUIET[quiet])]));
  } else if (moment === undefined) {
    left.push(...notKept(run, second, list));
  } else {
    left.push(...partsBlock(list, place, isBefore));
    right.push(...entitiesBlock(list, place, isBefore));
  }
  if (events !== undefined && events.events.length > 0) {
    right.push(...block("Recorded events", eventList(second)));
  }
  if (shots !== undefined && (shots.byFrame || shots.shots.length > 0)) {
    right.push(...block("Shots", shotList(second)));
  }
  const largest = moment?.largest ?? null;
  return [
    element("div", "", ...left),
    ...(right.length === 0 ? [] : [element("div", "", ...right)]),
    ...(largest === null
      ? []
      : [element("div", "whole", ...block("Largest packet", [packetTree(largest, run)]))]),
  ];
}

function block(title, nodes) {
  return [element("h3", "", title), ...nodes];
}

/** Seconds that a run has moments of, and the one at a place. */
function secondsOf(list, place) {
  return [list.map(({ second }) => second), list[place].second];
}

/** Says that nothing more is known of a second, and goes to the nearest ones of which more is. */
function notKept(run, second, list) {
  const near = [
    list.findLast((moment) => moment.second < second),
    list.find((moment) => moment.second > second),
  ];
  const buttons = near.filter((moment) => moment !== undefined).map((moment) => {
    const button = element("button", "link", `second ${moment.second}`);
    button.type = "button";
    button.addEventListener("click", () => choose(moment.second, run));
    return button;
  });
  const what = element("p", "hint", "What this second was made of is not on this page.");
  if (buttons.length > 0) what.append(" The nearest that it has: ", buttons[0]);
  if (buttons.length > 1) what.append(" and ", buttons[1]);
  return [what, ...packetCommand(run, pointOf(run, second)?.frame, 0)];
}

function usualName(isBefore) {
  return isBefore ? `mean of the ${BEFORE} seconds before` : "usually";
}

function partsBlock(list, place, isBefore) {
  const rows = excessOf(partLists(list), partName, place, isBefore);
  const rest = list[place].restBits;
  const more = `and ${bytesText(rest)} of parts that each took less than these`;
  return block("Where its bytes went", [
    element("p", "hint", `${WHAT_BARS} ${LINES}`),
    excessBars(rows, partName, ...secondsOf(list, place), usualName(isBefore)),
    ...(rest > 0 ? [element("p", "hint", more)] : []),
  ]);
}

function entitiesBlock(list, place, isBefore) {
  const rows = excessOf(entityLists(list), entityKey, place, isBefore);
  if (rows.length === 0) return block("Dearest entities", [element("p", "hint", "None was sent.")]);
  return block("Dearest entities", [
    element(
      "p",
      "hint",
      `Bytes of their records to all consumers, likewise. ${
        LINES.slice(0, -1)
      }, at the bottom where it is not among the dearest.`,
    ),
    excessBars(rows, entityName, ...secondsOf(list, place), usualName(isBefore)),
  ]);
}
