import { visibleText } from "../../../../core/visible_text.ts";
import { element } from "../../../../page/script/element.js";
import { numberText } from "../number_text.js";
import { choose, chosen, events, onChoose, runs, shots, shownRuns } from "../runs.js";
import { pointOf, seconds, secondText } from "../time/time_axis.js";
import { BEFORE, excessOf } from "./excess.js";
import { excessBars } from "./excess_bars.js";
import { rankedMeasures, worstSeconds } from "./measures.js";
import { packetTree } from "./packet_tree.js";
import { eventList, shotList } from "./second_events.js";
import { secondFigures } from "./second_figures.js";
import { keepSecondHash, listenToSecondHash } from "./second_hash.js";

let isBefore = false, remark = "";
/** The measure that a button went to a second by, and that second's rank; undefined after any other way. */
let asked;

/** Shows what one second of a run is made of, and goes to others of it. */
export function drawSecond() {
  const box = document.getElementById("second");
  if (box === null || seconds.length === 0 || runs.length === 0) return;
  const head = element("div", "second-head"), body = element("div", "second-body");
  const title = box.querySelector("h2");
  box.append(head, body);
  const render = () => {
    const { second } = chosen;
    const run = chosen.run ?? runs[0];
    if (second === undefined) return body.replaceChildren();
    title.textContent = titleOf(run, second);
    const focused = head.contains(document.activeElement)
      ? document.activeElement.dataset.does
      : undefined;
    head.replaceChildren(...headOf(run, second, render));
    body.replaceChildren(...bodyOf(run, second));
    if (focused !== undefined) head.querySelector(`[data-does="${CSS.escape(focused)}"]`)?.focus();
    [remark, asked] = ["", remark === "" ? undefined : asked];
  };
  onChoose(render);
  if (!listenToSecondHash()) chooseFirst();
  keepSecondHash();
}

/** At first the dearest second, so that there is something to see; joins make the very first dear. */
function chooseFirst() {
  const run = shownRuns()[0] ?? runs[0];
  const [measure] = rankedMeasures(run);
  const ranked = measure === undefined ? seconds : worstSeconds(run, measure);
  const isFirst = ranked[0] === seconds[0] && ranked.length > 1;
  remark = isFirst ? "the dearest after the first second" : "the dearest second";
  choose(ranked[isFirst ? 1 : 0], run);
}

/** `Second 70 · frames 4200 to 4259 · strict varint 4g`. */
function titleOf(run, second) {
  const [which] = secondText(second).split(" · ");
  const frame = pointOf(run, second)?.frame;
  const next = run.figures.series.find((point) => point.second > second)?.frame;
  const frames = frame === undefined
    ? ""
    : next === undefined || next <= frame
    ? ` · from frame ${frame}`
    : ` · frames ${frame} to ${next - 1}`;
  return `${which[0].toUpperCase()}${which.slice(1)}${frames} · ${run.name}`;
}

function headOf(run, second, render) {
  const place = seconds.indexOf(second);
  const go = element(
    "span",
    "go",
    button("◂", "second before", () => choose(seconds[place - 1], run), place <= 0),
    button("▸", "second after", () => choose(seconds[place + 1], run), place >= seconds.length - 1),
  );
  const choices = [...shownRuns(), ...runs.filter(({ isShown }) => !isShown)];
  const runChoice = select(
    "run",
    choices.map((other) => [String(runs.indexOf(other)), other.name, other === run]),
    (value) => choose(second, runs[Number(value)]),
  );
  const baseChoice = select(
    "compared with",
    [["all", "a usual second (median)", !isBefore], [
      "before",
      `the ${BEFORE} seconds before`,
      isBefore,
    ]],
    (value) => {
      isBefore = value === "before";
      render();
    },
  );
  return [go, runChoice, baseChoice, worstButtons(run, second)];
}

/** Buttons to the worst second by each measure; again, to the next worst. */
function worstButtons(run, second) {
  const buttons = rankedMeasures(run).map((measure) => {
    const ranked = worstSeconds(run, measure);
    const made = button(measure.key, `worst second by ${measure.key}`, () => {
      const next = asked?.key === measure.key ? (asked.rank + 1) % ranked.length : 0;
      asked = { key: measure.key, rank: next };
      remark = `${ordinal(next)} by ${measure.key} of ${ranked.length} seconds`;
      choose(ranked[next], run);
    });
    if (ranked[0] === second) made.classList.add("is-worst");
    return made;
  });
  const said = element("output", "hint", remark);
  return element("span", "worst-by", "worst second by ", ...buttons, said);
}

function ordinal(rank) {
  return rank === 0 ? "the worst" : `number ${rank + 1}`;
}

function bodyOf(run, second) {
  const moments = run.moments;
  const list = moments?.seconds ?? [];
  const place = list.findIndex((moment) => moment.second === second);
  const moment = list[place];
  const blocks = [block("Figures", secondFigures(run, second, isBefore))];
  const beside = [];
  if (events !== undefined && events.events.length > 0) {
    beside.push(...block("Recorded events", eventList(second)));
  }
  if (shots !== undefined && (shots.byFrame || shots.shots.length > 0)) {
    beside.push(...block("Shots", shotList(second)));
  }
  if (beside.length > 0) blocks.push(beside);
  if (moment === undefined) {
    blocks.push([element("p", "hint", "What this second was made of is not on this page.")]);
  } else {
    blocks.push(partsBlock(list, place), entitiesBlock(list, place));
    if (moment.largest !== null) {
      blocks.push(block("Largest packet", [packetTree(moment.largest, run)], "wide"));
    }
  }
  return blocks.map((nodes) => {
    const column = element("div", "", ...nodes);
    if (nodes.isWide) column.className = "wide";
    return column;
  });
}

function block(title, nodes, isWide = false) {
  return Object.assign([element("h3", "", title), ...nodes], { isWide: isWide !== false });
}

function usualName() {
  return isBefore ? `mean of the ${BEFORE} seconds before` : "usually";
}

function partsBlock(list, place) {
  const lists = list.map(({ parts, restBits }) => ({ items: parts, restBits }));
  const rows = excessOf(lists, partName, place, isBefore);
  const rest = list[place].restBits;
  return block("Where its bytes went", [
    element("p", "hint", `${WHAT_BARS} ${LINES}`),
    excessBars(rows, partName, place, usualName()),
    ...(rest > 0
      ? [element("p", "hint", `and ${numberText(rest)} bits of parts that are not listed`)]
      : []),
  ]);
}

const WHAT_BARS =
  "Bytes to all consumers, what is most above the usual first; the mark is the usual.";
const LINES = "The line is the whole recording.";

function entitiesBlock(list, place) {
  const lists = list.map(({ entities }) => ({
    items: entities,
    restBits: entities.length === 0 ? 0 : 1,
  }));
  const rows = excessOf(lists, (item) => JSON.stringify([item.kind, item.id]), place, isBefore);
  if (rows.length === 0) return block("Dearest entities", [element("p", "hint", "None was sent.")]);
  return block("Dearest entities", [
    element("p", "hint", `Bytes of their records to all consumers, likewise. ${LINES}`),
    excessBars(rows, entityName, place, usualName()),
  ]);
}

function entityName({ id, kind }) {
  return visibleText([kind, id === "" ? '""' : String(id)].filter((word) => word !== "").join(" "));
}

const PARTS = {
  ip: "IP headers",
  udp: "UDP headers",
  pieces: "headers of pieces above the MTU",
  packet: "packet headers",
  entity: "entity ids and kinds",
  mask: "masks",
  tables: "enum tables, at a join",
};

function partName({ field, kind, part }) {
  return part === "field" ? visibleText(`${kind}.${field}`) : PARTS[part] ?? visibleText(part);
}

function button(text, name, act, isDisabled = false) {
  const made = element("button", "", text);
  made.type = "button";
  made.disabled = isDisabled;
  made.dataset.does = name;
  made.setAttribute("aria-label", name);
  made.addEventListener("click", act);
  return made;
}

/** A list to choose from: `[value, text, isSelected]`. */
function select(name, options, act) {
  const list = element("select", "");
  list.append(
    ...options.map(([value, text, isSelected]) => new Option(text, value, false, isSelected)),
  );
  list.dataset.does = name;
  list.addEventListener("change", () => act(list.value));
  return element("label", "", `${name} `, list);
}
