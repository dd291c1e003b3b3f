export { policyColor } from "./policy_look.js";

const redraws = [];
let isWaiting = false;

/** Draws everything again before the next frame of the screen. */
export function redraw() {
  if (isWaiting) return;
  isWaiting = true;
  requestAnimationFrame(() => {
    isWaiting = false;
    for (const draw of redraws) draw();
  });
}

/** Keeps a canvas as large as its box and drawn by `draw(context, width, height)`. */
export function keepDrawn(canvas, draw) {
  const context = canvas.getContext("2d");
  redraws.push(() => {
    const { clientWidth: width, clientHeight: height } = canvas;
    const ratio = globalThis.devicePixelRatio || 1;
    canvas.width = Math.max(1, Math.round(width * ratio));
    canvas.height = Math.max(1, Math.round(height * ratio));
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    draw(context, width, height);
  });
  new ResizeObserver(redraw).observe(canvas);
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
