import { visibleText } from "../../../core/visible_text.ts";
import { element } from "../../../page/script/element.js";
import { numberText, percentText } from "./number_text.js";
import { onToggle, runs, shownRuns, swatch } from "./runs.js";
import { hideTooltip, showTooltip } from "./time/tooltip.js";

const PARTS_MAX = 11;
const HEADERS = [
  { keys: ["mask"], name: "masks", color: "mask" },
  { keys: ["entity"], name: "entity ids and kinds", color: "entity" },
  { keys: ["packet"], name: "packet headers", color: "packet" },
  { keys: ["tables"], name: "enum tables, at a join", color: "tables" },
  { keys: ["pieces"], name: "headers of pieces above the MTU", color: "pieces" },
  { keys: ["ip", "udp"], name: "IP and UDP headers", color: "ip" },
];

let parts = [];
let first;
let order = "given";

/** Shows what a mean packet of each run consists of, as stacked bars that can be sorted. */
export function drawFieldBars() {
  const box = document.getElementById("field-bars");
  if (box === null || runs.length === 0) return;
  parts = listParts();
  for (const button of document.querySelectorAll("[data-order]")) {
    button.addEventListener("click", () => {
      order = button.dataset.order;
      render(box);
    });
  }
  onToggle(() => render(box));
  render(box);
}

/** The fields that cost most over all runs, the other fields as one, and what is no field's. */
function listParts() {
  const fields = new Map();
  const headers = HEADERS.map((header) => ({ ...header, bits: new Map() }));
  const rest = { name: "", bits: new Map(), color: "rest" };
  const others = new Map();
  for (const run of runs) {
    const { costs, fields: listed, wireBytes } = run.figures;
    const changes = new Map(listed.map((cost) => [keyOf(cost), cost.changes]));
    // A page that leaves out fields knows the sum of all.
    let left = wireBytes * 8;
    for (const cost of costs) {
      left -= cost.bits;
      const header = headers.find(({ keys }) => keys.includes(cost.part));
      if (header === undefined) addField(fields, run, cost, changes.get(keyOf(cost)));
      else header.bits.set(run, (header.bits.get(run) ?? 0) + cost.bits);
    }
    others.set(run, left);
    rest.bits.set(run, left);
  }
  const sorted = [...fields.values()].sort((a, b) => b.share - a.share);
  for (const part of sorted.slice(PARTS_MAX)) {
    for (const [run, bits] of part.bits) rest.bits.set(run, rest.bits.get(run) + bits);
  }
  const isWhole = runs.every((run) => others.get(run) === 0);
  rest.name = isWhole ? `${sorted.length - PARTS_MAX} other fields` : "other fields";
  const top = sorted.slice(0, PARTS_MAX).map((part, i) => ({ ...part, color: i }));
  const isSpent = ({ bits }) => [...bits.values()].some((count) => count > 0);
  return [...top, rest, ...headers].filter(isSpent);
}

function addField(fields, run, cost, changes) {
  const key = keyOf(cost);
  let part = fields.get(key);
  if (part === undefined) {
    part = {
      name: visibleText(`${cost.kind}.${cost.field}`),
      bits: new Map(),
      share: 0,
      changes: new Map(),
    };
    fields.set(key, part);
  }
  part.bits.set(run, cost.bits);
  part.changes.set(run, changes);
  part.share += cost.share;
}

function keyOf({ kind, field }) {
  return JSON.stringify([kind, field]);
}

function bytesOf(part, run) {
  return (part.bits.get(run) ?? 0) / 8 / Math.max(1, run.figures.packets);
}

function totalOf(run) {
  return parts.reduce((sum, part) => sum + bytesOf(part, run), 0);
}

function render(box) {
  const stack = first === undefined ? parts : [first, ...parts.filter((part) => part !== first)];
  const rows = shownRuns();
  if (order === "name") rows.sort((a, b) => (a.name < b.name ? -1 : 1));
  if (order === "bytes") {
    const costOf = (run) => (first === undefined ? totalOf(run) : bytesOf(first, run));
    rows.sort((a, b) => costOf(b) - costOf(a));
  }
  const longest = Math.max(1e-9, ...rows.map(totalOf));
  box.replaceChildren(
    element("div", "legend", ...stack.map((part) => legendEntry(part, box))),
    ...rows.map((run) => barRow(run, stack, longest)),
  );
  for (const button of document.querySelectorAll("[data-order]")) {
    button.setAttribute("aria-pressed", String(button.dataset.order === order));
  }
}

/** A click moves a part to the start of every bar, where lengths can be compared. */
function legendEntry(part, box) {
  const mark = element("i", "part");
  mark.dataset.part = part.color;
  const entry = element("button", "", mark, part.name);
  entry.type = "button";
  entry.setAttribute("aria-pressed", String(part === first));
  entry.addEventListener("click", () => {
    first = part === first ? undefined : part;
    if (first !== undefined) order = "bytes";
    render(box);
  });
  return entry;
}

function barRow(run, stack, longest) {
  const bar = element("div", "bar");
  for (const part of stack) {
    const bytes = bytesOf(part, run);
    if (bytes === 0) continue;
    const segment = element("span", "segment");
    segment.dataset.part = part.color;
    const percent = (bytes / longest) * 100;
    segment.style.width = `${percent}%`;
    if (percent > 0.85 * part.name.length + 0.4) segment.append(part.name);
    segment.addEventListener("mousemove", (event) => {
      showTooltip(event.clientX, event.clientY, part.name, tooltipRows(part, run));
    });
    segment.addEventListener("mouseleave", hideTooltip);
    bar.append(segment);
  }
  const total = element("b", "total", `${numberText(totalOf(run), 1)} B`);
  return element("div", "bar-row", element("span", "name", swatch(run), run.name), bar, total);
}

function tooltipRows(part, pointed) {
  return shownRuns().map((run) => {
    const bytes = bytesOf(part, run);
    const share = totalOf(run) === 0 ? 0 : bytes / totalOf(run);
    const changes = part.changes?.get(run);
    const value = `${numberText(bytes, 2)} B · ${percentText(share)}` +
      (changes === undefined
        ? ""
        : ` · sent ${numberText(changes)}×, ${
          numberText(part.bits.get(run) / changes, 1)
        } bits a send`);
    return { run, name: run.name, value, isFocused: run === pointed };
  });
}
