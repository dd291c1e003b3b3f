import { visibleText } from "../../../core/visible_text.ts";
import { element } from "../../../page/script/element.js";
import { noRunText } from "./no_run.js";
import { onToggle, shownRuns, swatch } from "./runs.js";

/** Lets the figures be found by name, and writes the table where a page has too many runs for it. */
export function listenToFigures() {
  const box = document.getElementById("figures-table");
  if (box === null) return;
  for (const id of ["figure-filter", "figure-differs"]) {
    document.getElementById(id).addEventListener("input", () => filter(box));
  }
  const details = document.getElementById("figures-of-many");
  if (details === null) {
    onToggle(() => filter(box));
    return filter(box);
  }
  let isStale = true;
  const write = () => {
    if (!isStale || !details.open) return;
    isStale = false;
    const shown = shownRuns();
    box.replaceChildren(shown.length === 0 ? noRunText() : figuresTable(shown));
    filter(box);
  };
  details.addEventListener("toggle", write);
  onToggle(() => {
    isStale = true;
    write();
  });
}

/** Members of a value and of what is in it, under names such as `kbps.mean`; lists are left out. */
export function flatFigures(value, prefix = "") {
  return Object.entries(value).flatMap(([key, member]) => {
    if (Array.isArray(member)) return [];
    if (typeof member === "object" && member !== null) {
      return flatFigures(member, `${prefix}${key}.`);
    }
    return [[`${prefix}${key}`, member ?? "none"]];
  });
}

function figuresTable(runs) {
  const columns = runs.map(({ figures }) => new Map(flatFigures(figures)));
  const keys = [...new Set(columns.flatMap((column) => [...column.keys()]))];
  const heads = runs.map((run) => headCell("col", swatch(run), run.name));
  const rows = keys.map((key) =>
    element(
      "tr",
      "",
      headCell("row", visibleText(key)),
      ...columns.map((column) => element("td", "", visibleText(String(column.get(key) ?? "")))),
    )
  );
  return element(
    "table",
    "figures",
    element("thead", "", element("tr", "", headCell("col", "figure"), ...heads)),
    element("tbody", "", ...rows),
  );
}

function headCell(scope, ...children) {
  const cell = element("th", "", ...children);
  cell.scope = scope;
  return cell;
}

function filter(box) {
  const rows = [...(box.querySelector("tbody")?.rows ?? [])];
  const wanted = document.getElementById("figure-filter").value.trim().toLowerCase();
  const isDiffering = document.getElementById("figure-differs").checked;
  let count = 0;
  for (const row of rows) {
    const [name, ...cells] = row.cells;
    const texts = cells.filter((cell) => !cell.classList.contains("off"))
      .map((cell) => cell.textContent);
    row.hidden = !name.textContent.toLowerCase().includes(wanted) ||
      (isDiffering && new Set(texts).size < 2);
    if (!row.hidden) count++;
  }
  document.getElementById("figure-count").textContent = `${count} of ${rows.length} figures`;
}
