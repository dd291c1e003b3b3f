import { element } from "../../../../page/script/element.js";
import { onPaper, roomIn } from "../../../../page/script/paper.js";
import { compareNames } from "../compare_names.js";
import { numberText, percentText } from "../number_text.js";
import { noRunText } from "../no_run.js";
import { onToggle, runs, shownRuns, swatch } from "../runs.js";
import { hideTooltip, showTooltip } from "../time/tooltip.js";
import { bytesOf, byWeight, listParts, shareOf, totalOf } from "./field_parts.js";
import { partsTable } from "./parts_table.js";
import { labelSegments, shareText } from "./segment_labels.js";

/** Bars from which on they are drawn lower. */
const COMPACT_FROM = 16;

/** Part of a card that a bar has on paper, as the style of paper says it. */
const PAPER_BAR = 0.5;

let parts = [];
let first;
let order = "given";
let segments = [];

/** Shows what a mean packet of each run consists of, as stacked bars that can be sorted. */
export function drawFieldBars() {
  const box = document.getElementById("field-bars");
  if (box === null || runs.length === 0) return;
  parts = listParts(runs);
  for (const button of document.querySelectorAll("[data-order]")) {
    button.addEventListener("click", () => {
      order = button.dataset.order;
      render(box);
    });
  }
  document.getElementById("parts-table").addEventListener("toggle", fillTable);
  onToggle(() => render(box));
  render(box);
  new ResizeObserver(() => label(box)).observe(box);
  onPaper(() => label(box));
}

function render(box) {
  const weights = byWeight(parts, shownRuns());
  const isFirst = ({ part }) => part === first;
  const stack = [...weights.filter(isFirst), ...weights.filter((weight) => !isFirst(weight))];
  const rows = sortedRuns();
  const longest = Math.max(1e-9, ...rows.map((run) => totalOf(parts, run)));
  segments = [];
  const ordered = stack.map(({ part }) => part);
  box.classList.toggle("compact", rows.length >= COMPACT_FROM);
  box.replaceChildren(
    ...(rows.length === 0
      ? [noRunText()]
      : [element("div", "legend", ...weights.map((weight) => legendEntry(weight, box)))]),
    ...rows.map((run) => barRow(run, ordered, longest)),
  );
  label(box);
  fillTable();
  for (const button of document.querySelectorAll("[data-order]")) {
    button.setAttribute("aria-pressed", String(button.dataset.order === order));
  }
}

function sortedRuns() {
  const rows = shownRuns();
  if (order === "name") rows.sort((a, b) => compareNames(a.name, b.name));
  if (order === "bytes") {
    const costOf = (run) => (first === undefined ? totalOf(parts, run) : bytesOf(first, run));
    rows.sort((a, b) => costOf(b) - costOf(a));
  }
  return rows;
}

function label(box) {
  const bar = box.querySelector(".bar");
  if (bar !== null) labelSegments(segments, roomIn(bar, PAPER_BAR));
}

function fillTable() {
  const details = document.getElementById("parts-table");
  if (!details.open) return;
  const stack = byWeight(parts, shownRuns()).map(({ part }) => part);
  const rows = sortedRuns();
  details.querySelector(".scroll").replaceChildren(
    rows.length === 0 ? noRunText() : partsTable(stack, rows),
  );
}

/** A click moves a part to the start of every bar, where lengths can be compared. */
function legendEntry({ part, weight }, box) {
  const mark = element("i", "part");
  mark.dataset.part = part.color;
  const entry = element("button", "", mark, `${part.name} `, element("b", "", shareText(weight)));
  entry.type = "button";
  entry.setAttribute("aria-pressed", String(part === first));
  entry.addEventListener("click", () => {
    const place = [...box.querySelectorAll(".legend button")].indexOf(entry);
    first = part === first ? undefined : part;
    if (first !== undefined) order = "bytes";
    render(box);
    box.querySelectorAll(".legend button")[place].focus();
  });
  return entry;
}

function barRow(run, stack, longest) {
  const bar = element("div", "bar");
  const spent = stack.filter((part) => bytesOf(part, run) > 0);
  for (const part of spent) {
    const node = element("span", "segment");
    node.dataset.part = part.color;
    const width = bytesOf(part, run) / longest;
    node.style.width = `${width * 100}%`;
    node.addEventListener("mousemove", (event) => {
      showTooltip(event.clientX, event.clientY, part.name, tooltipRows(part, run));
    });
    node.addEventListener("mouseleave", hideTooltip);
    bar.append(node);
    const { name, short } = part;
    segments.push({ node, name, short, part: width, share: shareOf(part, parts, run) });
  }
  const total = `${numberText(totalOf(parts, run), 1)} B`;
  bar.setAttribute("role", "img");
  const shares = spent.map((part) => `${part.name} ${shareText(shareOf(part, parts, run))}`);
  bar.setAttribute("aria-label", `${run.name}: ${total} a packet; ${shares.join(", ")}`);
  const name = element("span", "name", swatch(run), run.short);
  name.title = run.name;
  return element("div", "bar-row", name, bar, element("b", "total", total));
}

function tooltipRows(part, pointed) {
  return shownRuns().map((run) => {
    const changes = part.changes?.get(run);
    const value =
      `${numberText(bytesOf(part, run), 2)} B · ${percentText(shareOf(part, parts, run))}` +
      (changes === undefined
        ? ""
        : ` · sent ${numberText(changes)}×, ${
          numberText(part.bits.get(run) / changes, 1)
        } bits a send`);
    return { run, name: run.name, value, isFocused: run === pointed };
  });
}
