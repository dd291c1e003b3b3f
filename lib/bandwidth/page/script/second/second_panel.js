import { element } from "../../../../page/script/element.js";
import { choose, chosen, onChoose, runs, shownRuns } from "../runs.js";
import { quietText } from "../time/quiet_seconds.js";
import { pointOf, seconds, secondText } from "../time/time_axis.js";
import { changeButtons } from "./change_buttons.js";
import { BEFORE } from "./excess.js";
import { rankedMeasures, worstSeconds } from "./measures.js";
import { secondBody } from "./second_body.js";
import { keepSecondHash, listenToSecondHash, writeSecondHash } from "./second_hash.js";

let isBefore = false, remark = "";
/** The measure that a button went to a second by, and that second's rank; undefined after any other way. */
let asked;

/** Shows what one second of a run is made of, and goes to others of it. */
export function drawSecond() {
  const box = document.getElementById("second");
  if (box === null || seconds.length === 0 || runs.length === 0) return;
  const head = element("div", "second-head"), body = element("div", "second-body");
  const title = box.querySelector("h2");
  const wrong = element("p", "address-remark");
  wrong.setAttribute("role", "status");
  box.append(wrong, head, body);
  const render = () => {
    const { second } = chosen;
    const run = chosen.run ?? runs[0];
    if (second === undefined) return body.replaceChildren();
    title.textContent = titleOf(run, second);
    const focused = head.contains(document.activeElement)
      ? document.activeElement.dataset.does
      : undefined;
    head.replaceChildren(...headOf(run, second, render));
    body.replaceChildren(...secondBody(run, second, isBefore));
    if (focused !== undefined) head.querySelector(`[data-does="${CSS.escape(focused)}"]`)?.focus();
    wrong.textContent = "";
    [remark, asked] = ["", remark === "" ? undefined : asked];
  };
  onChoose(render);
  const remarkAddress = (said) => wrong.textContent = said;
  const isOpened = listenToSecondHash(remarkAddress);
  const said = wrong.textContent;
  if (!isOpened) chooseFirst();
  wrong.textContent = said;
  if (isOpened || said !== "") writeSecondHash();
  keepSecondHash();
}

/** At first the dearest second, so that there is something to see; joins make the very first dear. */
function chooseFirst() {
  const run = shownRuns()[0] ?? runs[0];
  const [measure] = rankedMeasures(run);
  const ranked = measure === undefined ? seconds : worstSeconds(run, measure);
  const isFirst = ranked[0] === seconds[0] && ranked.length > 1;
  remark = isFirst ? "most bytes after the first second" : "most bytes of all";
  choose(ranked[isFirst ? 1 : 0], run);
}

/** Which frames a second has. Where nothing was sent in the next one, that tells the last frame of this. */
function framesText(run, second) {
  const frame = pointOf(run, second)?.frame;
  if (frame === undefined) return "";
  const quiet = quietText(run, second);
  if (quiet !== undefined) return quiet;
  const next = run.figures.series.find((point) => point.second > second);
  if (next === undefined) return `from frame ${frame} to the last`;
  const last = next.kbps === 0 ? next.frame : next.frame - 1;
  if (last < frame) return `from frame ${frame}`;
  return last === frame ? `frame ${frame}` : `frames ${frame} to ${last}`;
}

/** `Second 70 · frames 4200 to 4259 · strict varint 4g`. */
function titleOf(run, second) {
  const [which] = secondText(second).split(" · ");
  const frames = framesText(run, second);
  return `${which[0].toUpperCase()}${which.slice(1)}${frames && ` · ${frames}`} · ${run.name}`;
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
  return [go, runChoice, baseChoice, worstButtons(run, second), ...changeButtons(run)];
}

/** Buttons to the worst second by each measure; again, to the next worst. */
function worstButtons(run, second) {
  const buttons = rankedMeasures(run).map((measure) => {
    const ranked = worstSeconds(run, measure);
    const made = button(measure.key, `worst second by ${measure.key}`, () => {
      const next = asked?.key === measure.key ? (asked.rank + 1) % ranked.length : 0;
      asked = { key: measure.key, rank: next };
      remark = `${ordinal(next)} by ${measure.key} of ${
        ranked.length === 1 ? "1 second" : `${ranked.length} seconds`
      }`;
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
