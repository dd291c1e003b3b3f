import { visibleText } from "../../../core/visible_text.ts";
import { element } from "../../../page/script/element.js";
import { compareNames } from "./compare_names.js";
import { yieldToNoRun } from "./no_run.js";
import { report } from "./runs.js";

/** Lets a click on a column's heading sort the rows of every table of class `sortable`. */
export function listenToTables() {
  for (const table of document.querySelectorAll("table.sortable")) makeSortable(table);
  for (const table of document.querySelectorAll(".causes")) yieldToNoRun(table.parentElement);
  for (const details of document.querySelectorAll("details[data-lists-of]")) {
    details.addEventListener("toggle", () => fillLists(details), { once: true });
  }
}

/** Lets the headings of a table sort its rows: each is a button, so that Enter and Space do as well. */
export function makeSortable(table) {
  const heads = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
  heads.forEach((head, column) => {
    if (head.dataset.fixed !== undefined) return;
    const button = element("button", "sort", ...head.childNodes);
    button.type = "button";
    if (head.title !== "") button.setAttribute("aria-label", head.title);
    head.append(button);
    head.addEventListener("click", () => sortRows(table, heads, column));
  });
}

/** Sorts the rows of every body, those that are fixed first, those without a value last. */
function sortRows(table, heads, column) {
  const isDown = heads[column].ariaSort !== "descending";
  for (const head of heads) head.ariaSort = "none";
  heads[column].ariaSort = isDown ? "descending" : "ascending";
  const keyOf = (row) => row.cells[column]?.dataset.value ?? row.cells[column]?.textContent ?? "";
  const bodies = [...table.tBodies].map((body) => ({
    body,
    rows: [...body.rows].filter((row) => row.dataset.fixed === undefined)
      .map((row) => ({ row, key: keyOf(row) })),
  }));
  const isNumeric = bodies.every(({ rows }) =>
    rows.every(({ key }) => isVoid(key) || Number.isFinite(Number(key)))
  );
  for (const { body, rows } of bodies) {
    rows.sort(({ key: a }, { key: b }) => {
      if (isVoid(a) || isVoid(b)) return Number(isVoid(a)) - Number(isVoid(b));
      const ascending = isNumeric ? Number(a) - Number(b) : compareNames(a, b);
      return isDown ? -ascending : ascending;
    });
    body.append(...rows.map(({ row }) => row));
  }
}

function isVoid(key) {
  return key === "" || key === "NaN";
}

/** Writes every list of a run as a table: its fields, its histograms, its seconds. */
function fillLists(details) {
  const run = report.runs[Number(details.dataset.listsOf)];
  for (const [key, list] of Object.entries(run)) {
    if (!Array.isArray(list)) continue;
    const content = list.length === 0 ? element("p", "", "none") : listTable(list);
    details.append(element("h3", "", visibleText(key)), content);
  }
}

function listTable(items) {
  const list = items.map((item) => Object.fromEntries(flatMembers(item, "")));
  const keys = [...new Set(list.flatMap((item) => Object.keys(item)))];
  const table = element("table", "figures sortable");
  table.append(
    element(
      "thead",
      "",
      element("tr", "", ...keys.map((key) => element("th", "", visibleText(key)))),
    ),
    element(
      "tbody",
      "",
      ...list.map((item) =>
        element(
          "tr",
          "",
          ...keys.map((key) => element("td", "", visibleText(String(item[key] ?? "")))),
        )
      ),
    ),
  );
  makeSortable(table);
  return element("div", "scroll", table);
}

/** Members of a value and of what is in it, under names such as `worst.frame`. */
function flatMembers(value, prefix) {
  return Object.entries(value).flatMap(([key, member]) =>
    typeof member === "object" && member !== null
      ? flatMembers(member, `${prefix}${key}.`)
      : [[`${prefix}${key}`, member]]
  );
}
