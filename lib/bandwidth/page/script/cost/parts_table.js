import { element } from "../../../../page/script/element.js";
import { numberText, percentText } from "../number_text.js";
import { swatch } from "../runs.js";
import { makeSortable } from "../tables.js";
import { bytesOf, shareOf, totalOf } from "./field_parts.js";

/** A table of what bars show: a line a run, a column a part, bytes of a mean packet and share. */
export function partsTable(stack, runs) {
  const heads = ["run", "total", ...stack.map((part) => part.name)];
  const rows = runs.map((run) =>
    element(
      "tr",
      "",
      cell("th", run.name, swatch(run), run.name),
      cell("td", totalOf(stack, run), `${numberText(totalOf(stack, run), 1)} B`),
      ...stack.map((part) => {
        const bytes = bytesOf(part, run);
        return cell(
          "td",
          bytes,
          `${numberText(bytes, 2)} B`,
          element("small", "", percentText(shareOf(part, stack, run))),
        );
      }),
    )
  );
  const table = element(
    "table",
    "parts sortable",
    element("thead", "", element("tr", "", ...heads.map((name) => headCell(name)))),
    element("tbody", "", ...rows),
  );
  makeSortable(table);
  return table;
}

function headCell(name) {
  const head = element("th", "", name);
  head.scope = "col";
  return head;
}

function cell(tag, value, ...children) {
  const node = element(tag, "", ...children);
  if (tag === "th") node.scope = "row";
  node.dataset.value = value;
  return node;
}
