import { element } from "../../../../page/script/element.js";
import { view } from "../runs.js";
import { isMatching, onMatch } from "./selection.js";

let facet;

/** Lets the table list the runs that match, in groups of one facet where that is chosen. */
export function listenToTable() {
  const table = document.querySelector("table.runs");
  if (table === null) return;
  const choice = document.getElementById("run-group");
  choice?.addEventListener("change", () => {
    facet = choice.value === "" ? undefined : Number(choice.value);
    arrange(table);
  });
  onMatch(() => arrange(table));
  const button = document.getElementById("all-columns");
  if (button === null) return;
  button.parentElement.hidden = false;
  button.addEventListener("click", () => showColumns(table, button, !isWhole(table)));
  showColumns(table, button, false);
}

function isWhole(table) {
  return table.classList.contains("whole");
}

/** Shows every column, or those that most readers look for. */
function showColumns(table, button, isAll) {
  table.classList.toggle("whole", isAll);
  button.setAttribute("aria-pressed", String(isAll));
  const said = button.parentElement.querySelector("small");
  said.textContent = said.textContent.replace(/^\d+/, () => {
    const heads = [...table.tHead.rows[1].cells].slice(2);
    return String(heads.filter((head) => isAll || !head.classList.contains("more")).length);
  });
  for (const head of table.tHead.rows[0].querySelectorAll("[data-common]")) {
    head.dataset.all ??= String(head.colSpan);
    head.colSpan = isAll ? Number(head.dataset.all) : Math.max(1, Number(head.dataset.common));
  }
}

/** A body a group, under a line that says of each column from where to where it goes. */
function arrange(table) {
  const rows = [...table.querySelectorAll("tbody tr[data-run]")];
  for (const row of rows) row.hidden = !isMatching(Number(row.dataset.run));
  for (const body of [...table.tBodies]) body.remove();
  if (facet === undefined) return void table.append(element("tbody", "", ...rows));
  const { name, of, values } = view.facets[facet];
  values.forEach((value, place) => {
    const own = rows.filter((row) => of[Number(row.dataset.run)] === place);
    const shown = own.filter((row) => !row.hidden);
    const head = shown.length === 0 ? [] : [groupRow(`${name}: ${value}`, shown)];
    table.append(element("tbody", "", ...head, ...own));
  });
}

function groupRow(title, rows) {
  const count = `${rows.length} ${rows.length === 1 ? "run" : "runs"}`;
  const name = element("th", "pinned", element("b", "", title), element("small", "", count));
  name.scope = "rowgroup";
  const columns = Math.max(...rows.map((row) => row.cells.length));
  const cells = Array.from({ length: columns - 1 }, (_, i) => spanCell(rows, i + 1));
  const row = element("tr", "group-row", name, ...cells);
  row.dataset.fixed = "";
  return row;
}

/** From the least to the greatest of a column, as its cells say them. */
function spanCell(rows, column) {
  const cells = rows.map((row) => row.cells[column])
    .filter((cell) => Number.isFinite(Number(cell?.dataset.value ?? NaN)));
  const [any] = cells;
  if (any === undefined) {
    const isMore = rows.some((row) => row.cells[column]?.classList.contains("more"));
    return element("td", isMore ? "more" : "");
  }
  const valueOf = (cell) => Number(cell.dataset.value);
  const end = (isBeyond) =>
    cells.reduce((a, b) => (isBeyond(valueOf(b), valueOf(a)) ? b : a)).textContent;
  const [least, most] = [end((a, b) => a < b), end((a, b) => a > b)];
  const text = least === most ? [least] : [least, element("small", "", " to "), most];
  const kept = ["start", "main", "more"].filter((name) => any.classList.contains(name));
  const cell = element("td", ["number", ...kept].join(" "), ...text);
  cell.dataset.label = any.dataset.label;
  return cell;
}
