// Runs in a page: whether its parts keep out of each other's way and inside of what holds them.
import {
  clipsOf,
  forgetItems,
  isSeen,
  placeOf,
  seenBox,
  seenTexts,
} from "./page_items_test_helper.js";

/** Pixels that a box may be off. */
const SLACK = 1.5;

/** Texts over texts, what leaves its card or the screen, and texts that are cut off unsaid. */
export function layoutFaults() {
  scrollTo(0, 0);
  forgetItems();
  const texts = seenTexts();
  return [
    ...[...sidewaysFaults(), ...overlapFaults(texts), ...cutFaults(texts)],
    ...[...textsOutside(texts), ...leavingFaults()],
  ];
}

function sidewaysFaults() {
  const { clientWidth, scrollWidth } = document.documentElement;
  return scrollWidth > clientWidth
    ? [`the page is ${scrollWidth} px wide where ${clientWidth} are in sight`]
    : [];
}

function overlapFaults(texts) {
  const lines = texts.flatMap((text) =>
    text.lines.filter(({ seen }) => seen !== undefined).map(({ seen }) => {
      // Letters take the middle of their line; boxes of lines may touch.
      const inset = (seen.bottom - seen.top) * 0.22;
      return { ...seen, top: seen.top + inset, bottom: seen.bottom - inset, text };
    })
  ).sort((a, b) => a.top - b.top);
  const faults = new Set();
  for (let i = 0; i < lines.length; i++) {
    const one = lines[i];
    for (let k = i + 1; k < lines.length && lines[k].top < one.bottom; k++) {
      const other = lines[k];
      if (other.text === one.text) continue;
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const down = Math.min(one.bottom, other.bottom) - other.top;
      if (across <= SLACK || down <= SLACK || isLaidOver(one.text.element, other.text.element)) {
        continue;
      }
      faults.add(`text ${placeOf(one.text.node)} overlaps ${placeOf(other.text.node)}`);
    }
  }
  return [...faults];
}

/** Whether one stands in an opaque box that is laid over the page on purpose. */
function isLaidOver(one, other) {
  const isOpen = (element) => element.closest("dialog[open], [popover]:popover-open") !== null;
  return isOpen(one) || isOpen(other) || stayingBox(one) !== stayingBox(other);
}

/** The opaque box around an element that stays in sight while the page scrolls below it, if any. */
function stayingBox(element) {
  for (let node = element; node !== null; node = node.parentElement) {
    const { backgroundColor, position } = getComputedStyle(node);
    if (!/fixed|sticky/.test(position)) continue;
    return /^rgb\(|^color\([^/]*\)$/.test(backgroundColor) ? node : undefined;
  }
  return undefined;
}

function cutFaults(texts) {
  const faults = [];
  for (const { clips, element, lines, node } of texts) {
    const cutting = clips.find((clip) =>
      lines.some(({ whole }) =>
        (clip.clipsX && !clip.scrollsX &&
          (whole.right > clip.right + SLACK || whole.left < clip.left - SLACK)) ||
        (clip.clipsY && !clip.scrollsY &&
          (whole.bottom > clip.bottom + 4 || whole.top < clip.top - 4))
      )
    ) ?? ownCut(element);
    if (cutting === undefined || isSaid(element, cutting.node)) continue;
    faults.push(`text ${placeOf(node)} is cut by ${placeOf(cutting.node)}`);
  }
  return faults;
}

/** An element that cuts its own text. */
function ownCut(element) {
  if (element.matches("input, textarea")) return undefined;
  const { overflowX, overflowY } = getComputedStyle(element);
  const cutsX = /hidden|clip/.test(overflowX) && element.scrollWidth > element.clientWidth + SLACK;
  const cutsY = /hidden|clip/.test(overflowY) && element.scrollHeight > element.clientHeight + 4;
  return cutsX || cutsY ? { node: element } : undefined;
}

/** Whether who reads sees that there is more, or is told it. */
function isSaid(element, cutting) {
  for (let node = element; node !== null; node = node.parentElement) {
    const { textOverflow, webkitLineClamp } = getComputedStyle(node);
    if (textOverflow === "ellipsis" || webkitLineClamp !== "none" || node.title) return true;
    if (node === cutting) return false;
  }
  return false;
}

/** Words that are wider than the box that their element has. */
function textsOutside(texts) {
  return texts.flatMap(({ element, lines, node }) => {
    const fault = lines.map(({ seen }) =>
      seen && !isPutAway(element, seen) && outsideAll(element, seen)
    )
      .find(Boolean);
    return fault === undefined ? [] : [`text ${placeOf(node)} ${fault}`];
  });
}

function leavingFaults() {
  const faults = [];
  const told = new Set();
  for (const element of document.body.querySelectorAll("*")) {
    if (
      element.closest("script, style, option, noscript, svg *") || told.has(element.parentElement)
    ) {
      if (told.has(element.parentElement)) told.add(element);
      continue;
    }
    const box = element.getBoundingClientRect();
    if (box.width < 1 || box.height < 1 || !isSeen(element)) continue;
    const seen = seenBox(box, clipsOf(element));
    if (seen === undefined || isPutAway(element, box)) continue;
    const card = element.parentElement?.closest("section, dialog")?.getBoundingClientRect();
    const fault =
      outside(seen, { left: 0, right: document.documentElement.clientWidth }, "screen") ??
        (card && outside(seen, card, "card"));
    if (fault === undefined) continue;
    told.add(element);
    faults.push(`${placeOf(element)} ${fault}`);
  }
  return faults;
}

/** A link that comes into sight when it has the focus. */
function isPutAway(element, { bottom, right }) {
  return element.matches("a[href^='#']") && (right <= 0 || bottom <= 0);
}

/** How a box leaves the screen or the card that an element stands in; undefined where it does not. */
function outsideAll(element, box) {
  const card = element.parentElement?.closest("section, dialog")?.getBoundingClientRect();
  return outside(box, { left: 0, right: document.documentElement.clientWidth }, "screen") ??
    (card && outside(box, card, "card"));
}

function outside(box, holder, name) {
  const { top = -Infinity, bottom = Infinity } = holder;
  const by = Math.max(
    ...[holder.left - box.left, box.right - holder.right, top - box.top, box.bottom - bottom],
  );
  return by > SLACK ? `leaves the ${name} by ${Math.round(by)} px` : undefined;
}
