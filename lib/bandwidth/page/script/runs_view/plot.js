import { roomIn } from "../../../../page/script/paper.js";
import { axisText, numberText } from "../number_text.js";
import { worstOf } from "./front.js";
import { dotShape, placeLabels, ticksTo } from "./plot_scale.js";

const SVG = "http://www.w3.org/2000/svg";
const MARGIN = { left: 52, right: 14, top: 12, bottom: 38 };
const LABEL_MAX = 30;
const RADIUS = 4.5;
const FRONT_RADIUS = 6.5;

const measure = document.createElement("canvas").getContext("2d");

/**
 * Draws points of a trade-off into a box, both axes from 0, with a line along the front of each
 * place.
 *
 * @param front a set of points
 * @param figure `{name, unit}` of the upright axis
 * @param labelOf text beside a run's dot, where there is room
 * @returns a dot a point that has both figures: `{node, mark, label, point, run, x, y, radius}`
 */
export function drawPlot(box, points, front, figure, labelOf) {
  const width = Math.max(260, roomIn(box));
  const height = width < 520 ? 290 : 340;
  const there = points.filter(({ x, y }) => !Number.isNaN(x + y));
  const inner = {
    ...{ left: MARGIN.left, top: MARGIN.top },
    ...{ right: width - MARGIN.right, bottom: height - MARGIN.bottom },
  };
  const xTicks = ticksTo(Math.max(0, ...there.map(({ x }) => x)), width < 520 ? 4 : 8);
  const yTicks = ticksTo(Math.max(0, ...there.map(({ y }) => y)), 5);
  const xOf = (x) => inner.left + (x / xTicks[xTicks.length - 1]) * (inner.right - inner.left);
  const yOf = (y) => inner.bottom - (y / yTicks[yTicks.length - 1]) * (inner.bottom - inner.top);
  const dots = there.map((point) => {
    const radius = front.has(point) ? FRONT_RADIUS : RADIUS;
    return { point, run: point.run, x: xOf(point.x), y: yOf(point.y), radius };
  });
  dots.sort((a, b) => a.radius - b.radius);
  const list = svg("g", { role: "list", "aria-label": "Runs" });
  for (const dot of dots) list.append(dotNode(dot, figure, front.has(dot.point)));
  const title = `kbps of a consumer against ${figure.name}: ${dots.length} runs`;
  box.replaceChildren(
    svg(
      "svg",
      {
        viewBox: `0 0 ${width} ${height}`,
        ...{ width, height, role: "application", "aria-label": title },
      },
      axes(xTicks, yTicks, xOf, yOf, inner, figure),
      ...frontSteps(dots, front).map(frontLine),
      list,
      svg("g", { "aria-hidden": "true" }, ...labels(dots, front, inner, labelOf)),
    ),
  );
  return dots;
}

/** Lets a dot say whether its run is shown, in its colour and shape. */
export function lookOfDot({ label, mark, node, radius, run }) {
  node.dataset.color = run.color;
  node.classList.toggle("off", !run.isShown);
  node.setAttribute("aria-pressed", String(run.isShown));
  mark.setAttribute("d", dotShape(run.dash, radius));
  label?.classList.toggle("off", !run.isShown);
}

function axes(xTicks, yTicks, xOf, yOf, inner, { name, unit }) {
  const middle = (inner.top + inner.bottom) / 2;
  return svg(
    "g",
    { class: "axes", "aria-hidden": "true" },
    ...yTicks.flatMap((tick) => [
      svg("path", { d: `M${inner.left} ${yOf(tick)}H${inner.right}` }),
      text(inner.left - 7, yOf(tick) + 4, axisText(tick), "end"),
    ]),
    ...xTicks.map((tick) => text(xOf(tick), inner.bottom + 16, axisText(tick), "middle")),
    text(inner.right, inner.bottom + 33, "kbps of a connected consumer, mean", "end"),
    svg(
      "g",
      { transform: `translate(12 ${middle}) rotate(-90)` },
      text(0, 0, `${name}, ${unit}`, "middle"),
    ),
  );
}

/** Dots of each front with more than one, cheapest first. */
function frontSteps(dots, front) {
  const places = new Map();
  for (const dot of dots.filter(({ point }) => front.has(point))) {
    const { place } = dot.point;
    places.set(place, [...(places.get(place) ?? []), dot]);
  }
  return [...places.values()].filter((list) => list.length > 1)
    .map((list) => list.sort((a, b) => a.x - b.x || b.y - a.y));
}

/** Stairs: between two runs of a front nothing is as cheap as one and as good as the other. */
function frontLine([first, ...rest]) {
  const steps = rest.map(({ x, y }) => `H${x.toFixed(1)}V${y.toFixed(1)}`).join("");
  return svg("path", { class: "front-line", d: `M${first.x} ${first.y}${steps}` });
}

/** Where the line of a front runs. */
function stairBoxes(list) {
  return list.slice(1).flatMap(({ x, y }, i) => [
    { left: list[i].x, right: x, top: list[i].y - 2, bottom: list[i].y + 2 },
    {
      ...{ left: x - 2, right: x + 2 },
      ...{ top: Math.min(y, list[i].y), bottom: Math.max(y, list[i].y) },
    },
  ]);
}

function dotNode(dot, { name, unit }, isFront) {
  const { isCompared, run, x, y } = dot.point;
  dot.mark = svg("path", { class: "mark" });
  const cross = svg("path", { class: "cross", d: "M-6 -6L6 6M6 -6L-6 6" });
  const stand = isFront ? ", on the front" : isCompared ? "" : ", not compared";
  dot.node = svg(
    "g",
    {
      class: "dot",
      role: "button",
      tabindex: "-1",
      transform: `translate(${dot.x.toFixed(1)} ${dot.y.toFixed(1)})`,
      "aria-label": `${run.name}: ${numberText(x, 1)} kbps, ${name} ${
        numberText(y, 2)
      } ${unit}${stand}`,
    },
    svg("circle", { class: "reach", r: String(dot.radius + 5) }),
    dot.mark,
    ...(isCompared ? [] : [cross]),
  );
  return svg("g", { role: "listitem" }, dot.node);
}

function labels(dots, front, inner, labelOf) {
  measure.font = "11px system-ui, sans-serif";
  const worst = worstOf(dots.map(({ point }) => point));
  const isTold = ({ point }) => front.has(point) || point === worst;
  const rank = (dot) => (isTold(dot) ? 2 : 0) + (dot.run.isShown ? 1 : 0);
  const named = uniqueNames([...dots].sort((a, b) => rank(b) - rank(a)), isTold, labelOf)
    .map(({ dot, name }) => ({ dot, name, ...dot, width: measure.measureText(name).width }));
  const places = placeLabels(named, inner, frontSteps(dots, front).flatMap(stairBoxes));
  return named.flatMap(({ dot, name }, i) => {
    if (places[i] === undefined) return [];
    dot.label = text(places[i].x, places[i].y + 4, name, "start");
    dot.label.setAttribute("class", "dot-label");
    return [dot.label];
  });
}

/** Names that no other dot has as well; of those that tell most a longer one, where there is one. */
function uniqueNames(dots, isTold, labelOf) {
  const short = countedNames(dots.map(({ run }) => labelOf(run)));
  const long = countedNames(dots.map(({ run }) => run.short));
  return dots.map((dot, i) => {
    const own = short[i] ?? (isTold(dot) ? long[i] : undefined);
    return { dot, name: own ?? "" };
  });
}

/** Each name as it is shown; undefined where another is shown alike. */
function countedNames(wholes) {
  const names = wholes.map((whole) =>
    whole.length > LABEL_MAX ? `${whole.slice(0, LABEL_MAX - 1)}…` : whole
  );
  return names.map((name) => (names.indexOf(name) === names.lastIndexOf(name) ? name : undefined));
}

function text(x, y, content, anchor) {
  const node = svg("text", { x: x.toFixed(1), y: y.toFixed(1), "text-anchor": anchor });
  node.textContent = content;
  return node;
}

function svg(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}
