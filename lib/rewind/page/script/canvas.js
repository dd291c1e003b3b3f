import { color, onColors } from "../../../page/script/color.js";

const tones = new Map();

/** Value of a colour variable in the present scheme, looked up once. */
export function tone(name) {
  if (!tones.has(name)) tones.set(name, color(name));
  return tones.get(name);
}

const redraws = [];
let isWaiting = false;

/** Draws everything again before the next frame of the screen. */
export function redraw() {
  if (isWaiting) return;
  isWaiting = true;
  requestAnimationFrame(drawAll);
}

function drawAll() {
  isWaiting = false;
  for (const draw of redraws) draw();
}

/** Keeps a canvas as large as its box and drawn by `draw(context, width, height)`. */
export function keepDrawn(canvas, draw) {
  const context = canvas.getContext("2d");
  redraws.push(() => {
    const { clientWidth: width, clientHeight: height } = canvas;
    const ratio = globalThis.devicePixelRatio || 1;
    const [wide, high] = [width, height].map((side) => Math.max(1, Math.round(side * ratio)));
    if (canvas.width !== wide) canvas.width = wide;
    if (canvas.height !== high) canvas.height = high;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    draw(context, width, height);
  });
  new ResizeObserver(redraw).observe(canvas);
}

/** A printer asks for no frame: what it gets is drawn when the colours change. */
function drawAnew() {
  tones.clear();
  drawAll();
}

onColors(drawAnew);
