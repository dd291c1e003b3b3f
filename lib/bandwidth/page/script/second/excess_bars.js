import { element } from "../../../../page/script/element.js";
import { numberText } from "../number_text.js";

const ROWS_MAX = 10;
const SVG = "http://www.w3.org/2000/svg";
const LINE_WIDTH = 120, LINE_HEIGHT = 20;

/** Bytes, kB or MB of some bits. */
export function bytesText(bits) {
  const bytes = bits / 8;
  const [size, unit] = bytes >= 1e6 ? [1e6, "MB"] : bytes >= 1e3 ? [1e3, "kB"] : [1, "B"];
  return `${numberText(Number((bytes / size).toPrecision(3)))} ${unit}`;
}

/**
 * Bars of what things took in a second, each with a mark where it usually ends, how much more that is,
 * and its line over all seconds.
 *
 * @param rows `{item, bits, usual, isKnown, over}` as `excessOf` gives them
 * @param nameOf name of an item
 * @param seconds the second of each element of `over`
 * @param second which one is looked into
 * @param usual what `usual` is called
 */
export function excessBars(rows, nameOf, seconds, second, usual) {
  const longest = Math.max(1, ...rows.map((row) => Math.max(row.bits, row.usual)));
  const lines = rows.map((row) => {
    const line = lineOver(row.over, seconds, second);
    return excessRow(row, nameOf(row.item), longest, usual, line);
  });
  const box = element("div", "excess", ...lines.slice(0, ROWS_MAX));
  const rest = lines.slice(ROWS_MAX);
  if (rest.length > 0) {
    const summary = element("summary", "", `${rest.length} more`);
    box.append(element("details", "", summary, ...rest));
  }
  return box;
}

function excessRow({ bits, isKnown, usual }, name, longest, usualText, line) {
  const bar = element("i", "amount"), mark = element("i", "usual");
  bar.style.width = `${(bits / longest) * 100}%`;
  mark.style.left = `${(usual / longest) * 100}%`;
  mark.title = `${usualText}: ${bytesText(usual)}`;
  const more = element("b", "", changeText(bits, usual, isKnown));
  const row = element(
    "div",
    "excess-row",
    element("span", "name", name),
    element("span", "track", bar, mark),
    element("span", "figures", bytesText(bits), " ", more),
    line,
  );
  row.classList.toggle("much", isMuch(bits, usual));
  row.title = `${name}: ${bytesText(bits)}, ${usualText} ${bytesText(usual)}`;
  return row;
}

/** True of what took at least half as much again as usual. */
function isMuch(bits, usual) {
  return bits >= 1.5 * usual && bits - usual >= 64;
}

/** `+12 B (×3.1)`, `−12 B`, or words. */
function changeText(bits, usual, isKnown) {
  const difference = bits - usual;
  if (usual < 1) return isKnown ? "usually none" : "usually not listed";
  if (Math.abs(difference) < 0.005 * usual) return "as usual";
  const sign = difference < 0 ? "−" : "+";
  const text = `${isKnown ? "" : "about "}${sign}${bytesText(Math.abs(difference))}`;
  const times = Number((bits / usual).toPrecision(2));
  return isKnown && bits >= 1.95 * usual ? `${text} (×${numberText(times)})` : text;
}

/** A little line of what it took second by second, with a mark at the one that is looked into. */
function lineOver(over, seconds, second) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${LINE_WIDTH} ${LINE_HEIGHT}`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  const most = Math.max(1, ...over);
  const from = seconds[0], length = Math.max(1, seconds.at(-1) - from);
  const x = (at) => ((at - from) / length) * LINE_WIDTH;
  const y = (bits) => LINE_HEIGHT - 1 - (bits / most) * (LINE_HEIGHT - 3);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute(
    "d",
    over.map((bits, i) => `${i === 0 ? "M" : "L"}${x(seconds[i]).toFixed(1)} ${y(bits).toFixed(1)}`)
      .join(
        "",
      ),
  );
  const mark = document.createElementNS(SVG, "path");
  mark.setAttribute("d", `M${x(second).toFixed(1)} 0V${LINE_HEIGHT}`);
  mark.setAttribute("class", "here");
  svg.append(mark, path);
  return svg;
}
