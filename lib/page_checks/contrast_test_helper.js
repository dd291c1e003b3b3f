// Runs in a page: whether its texts and marks can be told from what is behind them.
import {
  colorOf,
  contrastOf,
  forgetItems,
  groundOf,
  hex,
  isSeen,
  opacityOf,
  over,
  placeOf,
  seenTexts,
} from "./page_items_test_helper.js";

const TEXT_MIN = 4.5;
const LARGE_TEXT_MIN = 3;
const MARK_MIN = 3;
/** A picture is compared with a text by so many points a line. */
const ACROSS = 12;
/** Share of the points behind a line that may be darker or lighter: edges, lines of a grid. */
const STRAY = 0.1;

/** Texts that were found, to be compared with a picture that shows all but them. */
let texts;

/** Finds what is written on the page, in its own place of the document. */
export function findTexts() {
  forgetItems();
  texts = seenTexts().filter(({ element }) =>
    element.closest(":disabled, [aria-disabled='true']") === null
  ).map((text) => {
    const style = getComputedStyle(text.element);
    const isSvg = text.element instanceof SVGElement;
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    return {
      place: placeOf(text.node),
      color: colorOf(isSvg ? style.fill : style.color),
      opacity: opacityOf(text.element),
      wanted: isLarge ? LARGE_TEXT_MIN : TEXT_MIN,
      boxes: text.lines.flatMap(({ seen }) => seen === undefined ? [] : [inDocument(seen)]),
      worst: Infinity,
    };
  });
  return Math.ceil(document.documentElement.scrollHeight);
}

function inDocument({ left, top, right, bottom }) {
  return {
    ...{ left: left + scrollX, right: right + scrollX },
    ...{ top: top + scrollY, bottom: bottom + scrollY },
  };
}

/** Compares the texts with a picture (PNG, base64) of the page's rows from `top` on. */
export async function compareTexts(png, top) {
  const bytes = Uint8Array.from(atob(png), (character) => character.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const { height, width } = picture;
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  context.drawImage(picture, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  for (const text of texts) {
    for (const box of text.boxes) {
      const y = (box.top + box.bottom) / 2 - top;
      if (y < 0 || y >= height) continue;
      const found = [];
      for (let i = 0; i < ACROSS; i++) {
        const x = box.left + (i + 0.5) / ACROSS * (box.right - box.left);
        for (const row of [0.3, 0.5, 0.7]) {
          const line = Math.floor(box.top + row * (box.bottom - box.top) - top);
          if (x < 0 || x >= width || line < 0 || line >= height) continue;
          const at = 4 * (line * width + Math.floor(x));
          const behind = [data[at], data[at + 1], data[at + 2]];
          const shown = over(text.color, behind, text.opacity);
          found.push({ ratio: contrastOf(shown, behind), behind, shown });
        }
      }
      found.sort((a, b) => a.ratio - b.ratio);
      const low = found[Math.floor(found.length * STRAY)];
      if (low !== undefined && low.ratio < text.worst) {
        Object.assign(text, low, { worst: low.ratio });
      }
    }
  }
}

/** Texts that are too near in colour to what is behind them. */
export function pairTextFaults() {
  return texts.filter(({ wanted, worst }) => worst < wanted - 0.005).map((text) =>
    `text ${text.place}: ${hex(text.shown)} on ${hex(text.behind)} is ${text.worst.toFixed(2)}, ` +
    `wants ${text.wanted}`
  );
}

/**
 * Marks (elements without text that have a colour, shapes of SVG) that cannot be told from what
 * they stand on, but for those that a selector calls decoration.
 */
export function markFaults(decoration) {
  forgetItems();
  const faults = [];
  for (const mark of document.body.querySelectorAll("*")) {
    if (!isMark(mark) || (decoration !== "" && mark.closest(decoration))) continue;
    const ground = groundOf(mark);
    const opacity = opacityOf(mark);
    const inks = inksOf(mark).filter(([, , , alpha]) => alpha > 0)
      .map((ink) => over(ink, ground, opacity));
    if (inks.length === 0) continue;
    const best = Math.max(...inks.map((ink) => contrastOf(ink, ground)));
    if (best >= MARK_MIN - 0.005) continue;
    faults.push(
      `mark ${placeOf(mark)}: ${inks.map(hex).join(" or ")} on ${hex(ground)} is ` +
        `${best.toFixed(2)}, wants ${MARK_MIN}`,
    );
  }
  return faults;
}

const NO_MARKS = "input, select, textarea, canvas, br, hr, col, td, th, script, style";
const SHAPES = "path, line, polyline, polygon, rect, circle, ellipse";

function isMark(element) {
  if (element instanceof SVGElement) {
    return element.matches(SHAPES) && element.closest("defs") === null && isSeen(element);
  }
  if (element.matches(NO_MARKS)) return false;
  if (element.childElementCount > 0 || element.textContent.trim() !== "") return false;
  const { height, width } = element.getBoundingClientRect();
  return width >= 1 && height >= 1 && isSeen(element);
}

function inksOf(mark) {
  const style = getComputedStyle(mark);
  if (mark instanceof SVGElement) {
    const fill = mark.localName === "line" ? "none" : style.fill;
    return [fill, style.stroke].filter((ink) => ink !== "none").map(colorOf);
  }
  const sides = ["Top", "Right", "Bottom", "Left"].filter((side) =>
    parseFloat(style[`border${side}Width`]) > 0 && style[`border${side}Style`] !== "none"
  ).map((side) => style[`border${side}Color`]);
  const stops = style.backgroundImage.match(/(?:rgba?|color|oklch|oklab|hsl)\([^()]*\)/g) ?? [];
  return [style.backgroundColor, ...stops, ...sides].map(colorOf);
}

/** Variables that scripts draw with which are too near to what they are drawn on. */
export function variableFaults({ ground, marks, texts: written }) {
  const valueOf = (name) =>
    getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const behind = colorOf(valueOf(ground)).slice(0, 3);
  return [[marks, MARK_MIN], [written, TEXT_MIN]].flatMap(([names, wanted]) =>
    names.flatMap((name) => {
      if (valueOf(name) === "") return [`variable ${name} is not set`];
      const ratio = contrastOf(over(colorOf(valueOf(name)), behind), behind);
      if (ratio >= wanted - 0.005) return [];
      return [
        `variable ${name}: ${valueOf(name)} on ${ground} is ${ratio.toFixed(2)}, wants ${wanted}`,
      ];
    })
  );
}
