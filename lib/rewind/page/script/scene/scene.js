import { keepDrawn, tone } from "../canvas.js";
import { nameOf } from "../names.js";
import { page } from "../poses.js";
import { onChange, state } from "../shots.js";
import { focusBox } from "./auto_camera.js";
import { bodiesOf } from "./bodies.js";
import { cameraOf } from "./camera.js";
import { COMPASS_BOX, drawCompass } from "./compass.js";
import { describeFigure, undrawnText } from "./describe.js";
import { listenToFigure } from "./figure.js";
import { gatherScene } from "./gather.js";
import { drawGrid, drawScaleBar } from "./grid.js";
import { measured, showLabels, showLeft } from "./label_list.js";
import { labelWishes } from "./label_wishes.js";
import { listenToOrientation, onTurn, orientation } from "./orientation.js";
import { alongRay, poseBox } from "./outlines.js";
import { drawBody, drawEntry, drawLeaders, drawRay, drawTrail } from "./paint.js";
import { placeLabels } from "./place_labels.js";
import { viewsOf } from "./projection.js";
import { originWish } from "./ray_origin.js";
import { viewAxesOf } from "./view_axes.js";

/** Pixels of a figure for each label that it may have. */
const LABEL_AREA = 10_000;

/** Height of what lies over the edges of a figure: whom the shot is about stays off it. */
const CHIP_PX = 27;

/** Draws the moment of the shot from above, from the side, and along the ray. */
export function drawScene() {
  listenToOrientation();
  onChange((what) => {
    if (what === "shot") sayUndrawn(state.shot);
  });
  for (const view of ["top", "side", "aim"]) {
    const figure = listenToFigure(view);
    const begin = () => {
      figure.box = undefined;
      figure.reset();
    };
    onChange((what) => {
      if (what === "shot") begin();
    });
    onTurn(begin);
    keepDrawn(figure.canvas, (context, width, height) => {
      if (state.shot !== undefined) drawFigure(figure, context, width, height);
    });
    describeFigure(view, figure.canvas);
  }
}

/** Says in each figure how many bodies it leaves out. */
function sayUndrawn({ undrawn = 0 }) {
  for (const note of document.querySelectorAll("figure .undrawn")) {
    note.textContent = undrawnText(undrawn);
    note.hidden = undrawn === 0;
  }
}

function drawFigure(figure, context, width, height) {
  const { shot } = state;
  const project = viewsOf(shot, page.up, orientation)[figure.view];
  const axes = viewAxesOf(shot, page.up, orientation)[figure.view];
  const share = Math.min(width, height) * (figure.view === "aim" ? 0.12 : 0.06);
  const margin = Math.max(share, CHIP_PX);
  figure.box ??= focusBox(shot, figure.view, project);
  const left = figure.view === "aim" ? 0 : COMPASS_BOX.right - margin;
  const camera = cameraOf(figure.box, { width, height, left, margin }, figure.moved);
  figure.camera = camera;
  const scene = gatherScene();
  const zero = orientation.isWorld && figure.view !== "aim" ? project(0, 0, 0) : [0, 0];
  drawGrid(context, camera, zero);
  for (const trail of scene.trails) drawTrail(context, camera, project, trail);
  drawRay(context, camera, shot, project, figure.view);
  const bodies = bodiesOf(scene, figure.view);
  for (const body of bodies) drawBody(context, camera, project, body);
  for (const policy of scene.policies) drawEntry(context, camera, policy, shot, project);
  drawCompass(context, axes);
  const bar = drawScaleBar(context, camera);
  drawLabels(figure, context, scene, bodies, project, bar);
}

function drawLabels(figure, context, scene, bodies, project, bar) {
  const { camera } = figure;
  const { height, width } = camera;
  const placed = bodies.map((body) => ({ ...body, box: onCanvas(body.pose, project, camera) }));
  figure.subject = middleOf(
    placed.filter(({ rank }) => rank < 2).sort((a, b) => a.rank - b.rank)[0],
  );
  const most = Math.min(14, Math.max(2, Math.floor((width * height) / LABEL_AREA)));
  const wishes = [
    ...labelWishes(placed, new Set([...scene.focus, scene.shot.shooter]), nameOf),
    ...originWish(scene, figure.view, camera),
  ]
    .sort((a, b) => a.rank - b.rank).filter(({ box }) => isSeen(box, camera));
  const chosen = measured(context, wishes.slice(0, most));
  const room = {
    obstacles: placed.map(({ box }) => box),
    lines: figure.view === "aim" ? [] : [rayOnCanvas(scene.shot, project, camera)],
    points: pointsOnCanvas(scene, figure.view, project, camera),
  };
  const place = () => {
    const taken = [COMPASS_BOX, bar, ...figure.controls()];
    return placeLabels(chosen, { width, height }, { ...room, taken });
  };
  const leftOf = (labels) => {
    const named = new Set(labels.map(({ source }) => source));
    return [...chosen.filter((wish) => !named.has(wish)), ...wishes.slice(most)];
  };
  let labels = place();
  // What is said of those without a label takes room itself.
  for (let i = 0; i < 2 && showLeft(figure, leftOf(labels)); i++) labels = place();
  drawLeaders(context, labels);
  const isLost = placed.length > 0 && placed.every(({ box }) => !isSeen(box, camera));
  showLabels(figure.labels, isLost ? [lostLabel(context, camera)] : labels);
}

function isSeen({ bottom, left, right, top }, { height, width }) {
  return right > 0 && left < width && bottom > 0 && top < height;
}

/** What a figure says from which everybody was moved away. */
function lostLabel(context, { height, width }) {
  const [wish] = measured(context, [{
    text: "nobody is here; fit shows the shot",
    tone: tone("--soft"),
  }]);
  return { wish, place: { left: (width - wish.width) / 2, top: height / 2 } };
}

/** Boxes of the marks that a figure is looked at for: the cross, a ray's origin, where it enters. */
function pointsOnCanvas({ policies, shot }, view, project, camera) {
  const around = ([u, v], radius) => {
    const [x, y] = [camera.x(u), camera.y(v)];
    return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
  };
  const entries = policies.filter(({ result }) => result.distanceUnits !== undefined)
    .map(({ result }) => around(project(...alongRay(shot, result.distanceUnits)), 7));
  return [around([0, 0], view === "aim" ? 14 : 5), ...entries];
}

function middleOf(body) {
  if (body === undefined) return undefined;
  const { bottom, left, right, top } = body.box;
  return [(left + right) / 2, (top + bottom) / 2];
}

function rayOnCanvas(shot, project, camera) {
  const ends = [shot.origin, alongRay(shot, shot.lengthUnits)];
  return ends.map((end) => project(...end)).map(([u, v]) => [camera.x(u), camera.y(v)]);
}

function onCanvas(pose, project, camera) {
  const { high, left, low, right } = poseBox(pose, project);
  return {
    left: camera.x(left),
    right: camera.x(right),
    top: camera.y(high),
    bottom: camera.y(low),
  };
}
