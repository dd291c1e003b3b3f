// Runs in a page: what stands on it, as text, boxes and colours, for the checks beside this file.

const CONTROLS = "input, select, textarea";

/** Names of tag, id and class, and the first words, by which a person finds an element. */
export function placeOf(node) {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  const classes = [...element.classList].map((name) => `.${name}`).join("");
  const card = element.closest("section")?.querySelector("h2")?.textContent.trim() ?? "";
  const words = String(node.value || node.textContent).trim().replace(/\s+/g, " ");
  return `${element.localName}${element.id && `#${element.id}`}${classes} ` +
    `"${words.slice(0, 40)}"${card && ` in "${card.slice(0, 30)}"`}`;
}

/** What was found out of elements, until the page changes. */
let known = { hidden: new Map(), clips: new Map() };

/** To be called before a check, since the page may have changed. */
export function forgetItems() {
  known = { hidden: new Map(), clips: new Map() };
}

/** Whether a person sees it: not hidden, closed, see-through or kept for screen readers alone. */
export function isSeen(element) {
  return element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    !isForReaders(element);
}

function isForReaders(element) {
  if (element === null) return false;
  const before = known.hidden.get(element);
  if (before !== undefined) return before;
  const { clipPath, overflowX, position } = getComputedStyle(element);
  let isHidden = clipPath === "inset(50%)" || clipPath === "inset(100%)";
  if (!isHidden && position === "absolute" && overflowX !== "visible") {
    const { height, width } = element.getBoundingClientRect();
    isHidden = width <= 1 && height <= 1;
  }
  isHidden ||= isForReaders(element.parentElement);
  known.hidden.set(element, isHidden);
  return isHidden;
}

/** Boxes that cut what leaves them, innermost first, and whether a person can scroll in them. */
export function clipsOf(element) {
  const { position } = getComputedStyle(element);
  return position === "fixed" ? [] : clipsWithin(element.parentElement);
}

/** Boxes that cut what stands in `holder`, which is one of them where it cuts. */
function clipsWithin(holder) {
  if (holder === null || holder === document.body) return [];
  const before = known.clips.get(holder);
  if (before !== undefined) return before;
  const { overflowX, overflowY, position } = getComputedStyle(holder);
  const clips = position === "fixed" ? [] : clipsWithin(holder.parentElement);
  const cuts = holder.localName !== "svg" && (overflowX !== "visible" || overflowY !== "visible");
  const all = cuts ? [clipOf(holder, overflowX, overflowY), ...clips] : clips;
  known.clips.set(holder, all);
  return all;
}

function clipOf(node, overflowX, overflowY) {
  const box = node.getBoundingClientRect();
  const left = box.left + node.clientLeft, top = box.top + node.clientTop;
  return {
    ...{ node, left, top, right: left + node.clientWidth, bottom: top + node.clientHeight },
    clipsX: overflowX !== "visible",
    clipsY: overflowY !== "visible",
    scrollsX: /auto|scroll/.test(overflowX),
    scrollsY: /auto|scroll/.test(overflowY),
  };
}

/** The part of a box that is in sight where nothing is scrolled; undefined when none is. */
export function seenBox(box, clips) {
  let { left, top, right, bottom } = box;
  for (const clip of clips) {
    if (clip.clipsX) [left, right] = [Math.max(left, clip.left), Math.min(right, clip.right)];
    if (clip.clipsY) [top, bottom] = [Math.max(top, clip.top), Math.min(bottom, clip.bottom)];
  }
  return right - left > 1 && bottom - top > 1 ? { left, top, right, bottom } : undefined;
}

/**
 * Every text in sight: its element, the boxes of its lines (whole and as far as they are seen), and
 * what cuts it. Values of controls count.
 */
export function seenTexts() {
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const add = (node, element, boxes) => {
    if (!isSeen(element)) return;
    // An element cuts its own text, but not itself.
    const clips = node === element ? clipsOf(element) : clipsWithin(element);
    const lines = [...boxes].filter(({ height, width }) => width > 0 && height > 0)
      .map((whole) => ({ whole, seen: seenBox(whole, clips) }));
    if (lines.length > 0) texts.push({ node, element, lines, clips });
  };
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.parentElement;
    if (node.data.trim() === "" || element.closest("script, style, option, noscript")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    add(node, element, range.getClientRects());
  }
  for (const control of document.querySelectorAll(CONTROLS)) {
    if (/^(checkbox|radio|range|color|hidden|file)$/.test(control.type)) continue;
    add(control, control, [inside(control)]);
  }
  return texts;
}

/** Box of what a control shows, without its padding. */
function inside(control) {
  const { left, top, right, bottom } = control.getBoundingClientRect();
  const style = getComputedStyle(control);
  const px = (name) => parseFloat(style[name]) || 0;
  const box = {
    left: left + px("paddingLeft") + px("borderLeftWidth"),
    top: top + px("paddingTop") + px("borderTopWidth"),
    right: right - px("paddingRight") - px("borderRightWidth"),
    bottom: bottom - px("paddingBottom") - px("borderBottomWidth"),
  };
  return { ...box, width: box.right - box.left, height: box.bottom - box.top };
}

const colors = new Map();
let pixel;

/** Any colour of CSS as red, green, blue (0 to 255) and alpha (0 to 1). */
export function colorOf(text) {
  const known = colors.get(text);
  if (known !== undefined) return known;
  pixel ??= new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  pixel.clearRect(0, 0, 1, 1);
  pixel.fillStyle = "#000";
  pixel.fillStyle = text;
  pixel.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = pixel.getImageData(0, 0, 1, 1).data;
  const value = [r, g, b, a / 255];
  colors.set(text, value);
  return value;
}

/** A colour laid over an opaque one. */
export function over([r, g, b, alpha], behind, opacity = 1) {
  const a = alpha * opacity;
  return [r, g, b].map((part, i) => part * a + behind[i] * (1 - a));
}

/** Ratio of the luminances of two opaque colours, from 1 to 21, as WCAG 2 has it. */
export function contrastOf(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color) {
  const [r, g, b] = color.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** How much of an element is left by its own opacity and that of all that hold it. */
export function opacityOf(element) {
  let opacity = 1;
  for (let node = element; node !== null; node = node.parentElement) {
    opacity *= Number(getComputedStyle(node).opacity);
  }
  return opacity;
}

/** What the boxes that hold an element paint behind it. */
export function groundOf(element) {
  const holders = [];
  for (let node = element.parentElement; node !== null; node = node.parentElement) {
    holders.unshift(node);
  }
  return holders.reduce(
    (ground, node) => over(colorOf(getComputedStyle(node).backgroundColor), ground),
    colorOf("Canvas").slice(0, 3),
  );
}

export function hex(color) {
  return `#${color.slice(0, 3).map((p) => Math.round(p).toString(16).padStart(2, "0")).join("")}`;
}
