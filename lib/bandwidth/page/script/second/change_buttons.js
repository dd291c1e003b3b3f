import { element } from "../../../../page/script/element.js";
import { numberText } from "../number_text.js";
import { choose } from "../runs.js";
import { secondAt, step } from "../time/time_axis.js";
import { bitsByKey, isMostly, steadyKeys } from "./excess.js";
import { bytesText } from "./excess_bars.js";
import { lastingChanges } from "./lasting_changes.js";
import { median } from "./median.js";
import { entityKey, entityListsAtMost, entityName, partLists, partName } from "./second_costs.js";

/** Parts and entities that have a button. */
const PARTS_MAX = 6, ENTITIES_MAX = 3;
/** Parts, and entities, that are looked at: those that the most seconds list. */
const KEYS_MAX = 100;
const TABLES = partName({ part: "tables" });
const found = new WeakMap();

/** Buttons to the seconds from which on parts and entities of a run take another amount. */
export function changeButtons(run) {
  if (run.moments === undefined) return [];
  if (!found.has(run)) found.set(run, changesOf(run.moments.seconds));
  const { parts, entities } = found.get(run);
  const shown = [...parts.slice(0, PARTS_MAX), ...entities.slice(0, ENTITIES_MAX)];
  if (shown.length === 0) return [];
  const more = parts.length + entities.length - shown.length;
  return [
    element(
      "span",
      "worst-by",
      "lasting changes ",
      ...shown.map((change) => changeButton(change, run)),
      ...(more > 0 ? [element("span", "hint", `and ${more} smaller`)] : []),
    ),
  ];
}

function changeButton({ name, second, text, title }, run) {
  const button = element("button", "", name, element("small", "", ` ${text} from ${second} s`));
  button.type = "button";
  button.dataset.does = `change of ${name}`;
  button.title = title;
  button.addEventListener("click", () => choose(secondAt(second + step / 2), run));
  return button;
}

function changesOf(moments) {
  const totals = moments.map(({ parts, restBits }) =>
    parts.reduce((sum, { bits }) => sum + bits, restBits)
  );
  const total = median(totals) ?? 0;
  const listOf = (lists, keyOf, nameOf) => {
    const all = bitsByKey(lists, keyOf, steadyKeys(lists, keyOf, KEYS_MAX));
    const names = new Map(
      lists.flatMap(({ items }) => items.map((item) => [keyOf(item), nameOf(item)])),
    );
    const series = new Map([...all].map(([key, { bits }]) => [key, bits]));
    return lastingChanges(series, total).map(({ after, before, key, place }) => ({
      name: names.get(key),
      second: moments[place].second,
      text: changeText(before, after, all.get(key).isListed, place),
      title: `${bytesText(before)} a second before, ${bytesText(after)} after, to all consumers`,
    }));
  };
  return {
    // What only a join sends lasts for no longer than joins come.
    parts: listOf(partLists(moments), partName, partName).filter(({ name }) => name !== TABLES),
    entities: listOf(entityListsAtMost(moments), entityKey, entityName),
  };
}

/** How many times as much, where both sides are listed; else what is known. */
function changeText(before, after, isListed, place) {
  const isKnown = [isListed.slice(0, place), isListed.slice(place)].map(isMostly);
  if (!isKnown[0]) return `to ${bytesText(after)}`;
  if (!isKnown[1]) return `down from ${bytesText(before)}`;
  return before < 1
    ? `to ${bytesText(after)}`
    : `×${numberText(Number((after / before).toPrecision(2)))}`;
}
