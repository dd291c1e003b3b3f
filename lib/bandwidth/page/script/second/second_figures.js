import { element } from "../../../../page/script/element.js";
import { numberText } from "../number_text.js";
import { pointOf, pointsOf } from "../time/time_axis.js";
import { BEFORE } from "./excess.js";
import { MEASURES } from "./measures.js";
import { median } from "./median.js";

const MUCH = 1.5;

/** Figures of a second beside those of a usual one, or of those before it, as a table. */
export function secondFigures(run, second, isBefore) {
  const point = pointOf(run, second);
  if (point === undefined) return [element("p", "hint", "The run has no figures of this second.")];
  const points = pointsOf(run);
  const place = points.indexOf(point);
  const before = points.slice(Math.max(0, place - BEFORE), place);
  const compared = isBefore && before.length > 0 ? before : points;
  const rows = MEASURES.filter(({ value }) => value(point) !== undefined).map((measure) => {
    const now = measure.value(point);
    const values = compared.map(measure.value).filter((value) => value !== undefined);
    const usual = compared === points ? median(values) : mean(values);
    const row = element(
      "tr",
      now > MUCH * usual ? "much" : "",
      element("th", "", measure.name),
      element("td", "number", measure.text(now)),
      element("td", "number", measure.text(usual)),
      element(
        "td",
        "number",
        measure.text(now) === measure.text(usual) ? "" : ratioText(now, usual),
      ),
    );
    row.firstChild.scope = "row";
    return row;
  });
  const heads = ["", "this second", compared === points ? "usual second" : "before", ""];
  const head = element(
    "tr",
    "",
    ...heads.map((text, i) => element("th", i > 0 ? "number" : "", text)),
  );
  return [
    element("table", "second-figures", element("thead", "", head), element("tbody", "", ...rows)),
  ];
}

function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function ratioText(now, usual) {
  const ratio = Number((now / usual).toPrecision(2));
  // Of nothing, to nothing, and what is as usual needs no ratio.
  return usual === 0 || now === 0 || ratio === 1 ? "" : `×${numberText(ratio)}`;
}
