import { redraw } from "../canvas.js";
import { panned, UNMOVED, zoomed } from "./camera.js";

const STEP = 1.4;
const PAN_PX = 40;
const KEYS = {
  "+": (figure) => zoomSubject(figure, STEP),
  "=": (figure) => zoomSubject(figure, STEP),
  "-": (figure) => zoomSubject(figure, 1 / STEP),
  "0": (figure) => figure.reset(),
  Escape: (figure) => figure.canvas.blur(),
  ArrowLeft: (figure) => pan(figure, PAN_PX, 0),
  ArrowRight: (figure) => pan(figure, -PAN_PX, 0),
  ArrowUp: (figure) => pan(figure, 0, PAN_PX),
  ArrowDown: (figure) => pan(figure, 0, -PAN_PX),
};

/**
 * A figure that can be zoomed and moved: by dragging, the wheel with Ctrl or ⌘ or while it has the
 * focus, two fingers, a double click, its buttons, and + - 0 and arrows. One finger scrolls the page
 * unless the view is larger than at first.
 */
export function listenToFigure(view) {
  const canvas = document.getElementById(view);
  const root = canvas.closest("figure");
  const figure = {
    ...{ view, canvas, moved: UNMOVED, box: undefined, camera: undefined, subject: undefined },
    labels: root.querySelector(".labels"),
    leftCount: root.querySelector(".left-count"),
    leftList: root.querySelector(".left-list"),
    controls: () => boxesIn(root),
    reset: () => move(figure, UNMOVED),
  };
  listenToButtons(figure, root);
  listenToKeys(figure);
  listenToWheel(figure);
  listenToPointers(figure);
  return figure;
}

function move(figure, moved) {
  figure.moved = moved;
  figure.canvas.classList.toggle("is-moved", moved.zoom > 1);
  redraw();
}

function pan(figure, right, down) {
  if (figure.camera) move(figure, panned(figure.moved, figure.camera, right, down));
}

function zoom(figure, factor, x, y) {
  if (figure.camera) move(figure, zoomed(figure.moved, figure.camera, factor, x, y));
}

/** Zooms about whom the shot is about, as far as he is in sight, else about the middle. */
function zoomSubject(figure, factor) {
  const { camera, subject } = figure;
  if (camera === undefined) return;
  const middle = [camera.width / 2, camera.height / 2];
  const isSeen = subject !== undefined && subject[0] >= 0 && subject[0] <= camera.width &&
    subject[1] >= 0 && subject[1] <= camera.height;
  zoom(figure, factor, ...(isSeen ? subject : middle));
}

/** Boxes, in pixels, of what lies over a figure. */
function boxesIn(root) {
  return [...root.querySelectorAll("figcaption, .tools")].map((node) => ({
    left: node.offsetLeft,
    right: node.offsetLeft + node.offsetWidth,
    top: node.offsetTop,
    bottom: node.offsetTop + node.offsetHeight,
  }));
}

function listenToButtons(figure, root) {
  for (const button of root.querySelectorAll(".tools button")) {
    button.addEventListener("click", () => KEYS[button.dataset.key](figure));
  }
}

function listenToKeys(figure) {
  figure.canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = KEYS[event.key];
    if (act === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    act(figure);
  });
}

function listenToWheel(figure) {
  const { canvas } = figure;
  canvas.addEventListener("wheel", (event) => {
    const isAsked = event.ctrlKey || event.metaKey || document.activeElement === canvas;
    if (!isAsked) return;
    event.preventDefault();
    // Lines and pages of a wheel are worth so many pixels.
    const pixels = event.deltaY * ([1, 16, 400][event.deltaMode] ?? 1);
    const factor = Math.exp(-Math.max(-200, Math.min(200, pixels)) * 0.003);
    zoom(figure, factor, event.offsetX, event.offsetY);
  }, { passive: false });
  canvas.addEventListener("dblclick", (event) => {
    zoom(figure, event.shiftKey ? 0.5 : 2, event.offsetX, event.offsetY);
  });
}

function listenToPointers(figure) {
  const { canvas } = figure;
  const fingers = new Map();
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, [event.offsetX, event.offsetY]);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!fingers.has(event.pointerId)) return;
    const before = [...fingers.values()];
    const isAlone = before.length === 1;
    if (isAlone && event.pointerType === "touch" && !canvas.classList.contains("is-moved")) return;
    fingers.set(event.pointerId, [event.offsetX, event.offsetY]);
    follow(figure, before, [...fingers.values()]);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, (event) => fingers.delete(event.pointerId));
  }
  // Two fingers are for the figure, whatever one of them alone does.
  canvas.addEventListener("touchmove", (event) => {
    if (event.touches.length > 1) event.preventDefault();
  }, { passive: false });
}

/** Moves a view as one finger, or two with the distance between them, moved. */
function follow(figure, before, after) {
  const [fromX, fromY] = middleOf(before);
  const [toX, toY] = middleOf(after);
  pan(figure, toX - fromX, toY - fromY);
  const spread = spreadOf(before);
  if (after.length < 2 || spread < 1 || figure.camera === undefined) return;
  zoom(figure, spreadOf(after) / spread, toX, toY);
}

function middleOf(points) {
  return [0, 1].map((k) => points.reduce((sum, point) => sum + point[k], 0) / points.length);
}

function spreadOf([first, second]) {
  return second === undefined ? 0 : Math.hypot(second[0] - first[0], second[1] - first[1]);
}
