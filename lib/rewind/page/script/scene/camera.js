/** Least and most that a user can zoom. */
const ZOOM_MIN = 1 / 16;
const ZOOM_MAX = 256;

/** What a user did to a view: how many times larger, and how many units the middle moved. */
export const UNMOVED = { zoom: 1, right: 0, up: 0 };

/**
 * Places of a view on a canvas.
 *
 * @param box what has to be seen, in units
 * @param size width and height of the canvas in pixels, and what stays free in it: a margin on all
 *   sides, and more at the left
 * @param moved what the user did to the view
 */
export function cameraOf(box, { height, left = 0, margin, width }, moved = UNMOVED) {
  const spanX = Math.max(box.right - box.left, 1e-9);
  const spanY = Math.max(box.high - box.low, 1e-9);
  const room = (side) => Math.max(side - 2 * margin, side / 2, 1);
  const fit = Math.min(room(width - left) / spanX, room(height) / spanY);
  const middle = (width + left) / 2;
  const scale = fit * moved.zoom;
  const middleX = (box.left + box.right) / 2 + moved.right;
  const middleY = (box.low + box.high) / 2 + moved.up;
  return {
    ...{ fit, middle, scale, width, height },
    x: (u) => middle + (u - middleX) * scale,
    y: (v) => height / 2 - (v - middleY) * scale,
    u: (x) => middleX + (x - middle) / scale,
    v: (y) => middleY - (y - height / 2) / scale,
  };
}

/**
 * The view moved by pixels to the right and down, as a hand moves a map.
 *
 * @param camera any camera of the canvas: several moves may come before the next drawing
 */
export function panned(moved, { fit }, right, down) {
  const scale = fit * moved.zoom;
  return { ...moved, right: moved.right - right / scale, up: moved.up + down / scale };
}

/** The view so many times larger about a place of the canvas, which stays where it is. */
export function zoomed(moved, { fit, height, middle }, factor, x, y) {
  const zoom = Math.min(ZOOM_MAX, Math.max(ZOOM_MIN, moved.zoom * factor));
  const part = (1 / moved.zoom - 1 / zoom) / fit;
  return {
    zoom,
    right: moved.right + (x - middle) * part,
    up: moved.up - (y - height / 2) * part,
  };
}

/** A step of 1, 2 or 5 times a power of ten that takes at least so many pixels. */
export function readableStep(scale, pixelsMin) {
  const least = pixelsMin / scale;
  const power = 10 ** Math.floor(Math.log10(least));
  // Rounding may leave a step a hair too small.
  const factor = [1, 2, 5, 10].find((times) => times * power >= least * (1 - 1e-9));
  return factor * power;
}
