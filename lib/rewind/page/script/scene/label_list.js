import { element } from "../../../../page/script/element.js";

/** Font of labels, which style/figures.css gives them as well. */
const FONT = "11.5px system-ui, sans-serif";

/** Height of a label in pixels, and what its text leaves free on both sides together. */
const HEIGHT = 17;
const PADDING = 11;

const widths = new Map();

/** Labels with the sizes of their texts, and of their brief ones, in pixels. */
export function measured(context, wishes) {
  context.font = FONT;
  return wishes.map((wish) => ({
    ...wish,
    width: widthOf(context, wish.text),
    briefWidth: widthOf(context, wish.brief ?? wish.text),
    height: HEIGHT,
  }));
}

function widthOf(context, text) {
  if (!widths.has(text)) {
    // Names of many shots would stay forever.
    if (widths.size > 2000) widths.clear();
    widths.set(text, Math.ceil(context.measureText(text).width) + PADDING);
  }
  return widths.get(text);
}

/** Shows labels over a figure as a list, so that they can be read aloud as well. */
export function showLabels(list, placed) {
  while (list.children.length > placed.length) list.lastChild.remove();
  placed.forEach(({ place, wish }, i) => {
    const item = list.children[i] ?? list.appendChild(element("li", ""));
    if (item.textContent !== wish.text) item.textContent = wish.text;
    const { style } = item;
    style.transform = `translate(${Math.round(place.left)}px, ${Math.round(place.top)}px)`;
    style.width = `${wish.width}px`;
    style.borderLeftColor = wish.tone;
  });
}

/**
 * Says in a figure how many have no label, and, for those who listen, what their labels would say.
 * True when what is seen of it changed.
 */
export function showLeft({ leftCount, leftList }, wishes) {
  const texts = wishes.map(({ text }) => text);
  while (leftList.children.length > texts.length) leftList.lastChild.remove();
  texts.forEach((text, i) => {
    const item = leftList.children[i] ?? leftList.appendChild(element("li", ""));
    if (item.textContent !== text) item.textContent = text;
  });
  const count = texts.length === 0 ? "" : `+${texts.length} without a label`;
  if (leftCount.textContent === count) return false;
  leftCount.textContent = count;
  leftCount.hidden = count === "";
  return true;
}
