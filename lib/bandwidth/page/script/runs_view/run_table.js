import { element } from "../../../../page/script/element.js";
import { view } from "../runs.js";
import { isMatch, onMatch } from "./selection.js";

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
}

/** A body a group, under a line that says of each column from where to where it goes. */
function arrange(table) {
  const rows = [...table.querySelectorAll("tbody tr[data-run]")];
  for (const row of rows) row.hidden = !isMatch({ index: Number(row.dataset.run) });
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
  if (any === undefined) return element("td", "");
  const valueOf = (cell) => Number(cell.dataset.value);
  const end = (isBeyond) =>
    cells.reduce((a, b) => (isBeyond(valueOf(b), valueOf(a)) ? b : a)).textContent;
  const [least, most] = [end((a, b) => a < b), end((a, b) => a > b)];
  const text = least === most ? [least] : [least, element("small", "", " to "), most];
  const start = any.classList.contains("start") ? " start" : "";
  const main = any.classList.contains("main") ? " main" : "";
  const cell = element("td", `number${start}${main}`, ...text);
  cell.dataset.label = any.dataset.label;
  return cell;
}
