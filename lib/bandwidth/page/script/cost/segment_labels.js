import { percentText } from "../number_text.js";

const PADDING = 10;
const widths = new Map();
let context;

/** Width of a text in a font, in pixels. */
function widthOf(text, font) {
  const key = `${font} ${text}`;
  if (!widths.has(key)) {
    context ??= new OffscreenCanvas(1, 1).getContext("2d");
    context.font = font;
    widths.set(key, context.measureText(text).width);
  }
  return widths.get(key);
}

/**
 * Writes into segments what fits: name and share, in full or in short, the short name, or nothing.
 *
 * @param segments `{node, name, short, share, part}`; `part` is that of the width of its bar
 * @param barWidth pixels of a bar
 */
export function labelSegments(segments, barWidth) {
  if (segments.length === 0) return;
  const { font } = getComputedStyle(segments[0].node);
  for (const { name, node, part, share, short } of segments) {
    const room = part * barWidth - PADDING - 1;
    const texts = [`${name} ${shareText(share)}`, `${short} ${shareText(share)}`, short];
    node.textContent = texts.find((text) => widthOf(text, font) <= room) ?? "";
  }
}

/** A share in percent, with as few digits as tell it from others at a glance. */
export function shareText(share) {
  return percentText(share >= 0.1 ? Math.round(share * 100) / 100 : share);
}
