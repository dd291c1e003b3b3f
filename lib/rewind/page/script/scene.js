import { color } from "../../../page/script/color.js";
import { keepDrawn, policyColor } from "./canvas.js";
import { page, poseAtMs, trailOf } from "./poses.js";
import { outlineOf, viewsOf } from "./projection.js";
import { state, subjectsOf, victimAt } from "./shots.js";
import { numberText } from "./verdict_text.js";

const AROUND_MS = 300;

/** Draws the moment of the shot from above, from the side, and along the ray. */
export function drawScene() {
  for (const view of ["top", "side", "aim"]) {
    keepDrawn(document.getElementById(view), (context, width, height) => {
      if (state.shot === undefined) return;
      const scene = sceneOf(state.shot, view);
      const camera = cameraOf(scene, view, width, height);
      drawGrid(context, camera, width, height, view, scene);
      drawScenery(context, camera, scene, view);
    });
  }
}

/** What there is to draw: poses as the server, each policy and the client had them. */
function sceneOf(shot, view) {
  const ids = subjectsOf(shot);
  const poseAt = (id, ms) => {
    const pose = poseAtMs(id, shot.timeMs - ms);
    return pose && { ...pose, isFaint: !pose.isAlive || shot.bystanders?.includes(id) === true };
  };
  const at = (ms) => ids.map((id) => poseAt(id, ms)).filter((pose) => pose);
  const policies = shot.results.flatMap((result, index) =>
    result === null || !state.shown.has(index)
      ? []
      : [{ index, result, poses: result.targets.map(poseOfTarget) }]
  );
  return {
    shot,
    project: viewsOf(shot, page.up)[view],
    trails: ids.map((id) => trailOf(id, shot.timeMs - AROUND_MS, shot.timeMs + AROUND_MS)),
    now: at(0),
    scrubbed: at(state.rewindMs),
    policies,
    seen: (shot.view?.targets ?? []).map(poseOfTarget),
    shooter: poseAt(shot.shooter, 0),
  };
}

/** A target of a result; its last parts may be missing. */
function poseOfTarget([id, kind, x, y, z, yaw, isAlive, _, rotation, list, isEligible]) {
  const shapes = page.shapeLists?.[list] ?? page.kinds[kind]?.shapes ?? [];
  return { id, kind, x, y, z, yaw, rotation, shapes, isFaint: isAlive === 0 || isEligible === 0 };
}

function shapesOf({ shapes }) {
  return shapes.filter((shape) => shape !== null);
}

/** Scale and offset that show what matters, the same in both directions. */
function cameraOf(scene, view, width, height) {
  const box = { left: Infinity, right: -Infinity, low: Infinity, high: -Infinity };
  const take = ([x, y]) => {
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.low = Math.min(box.low, y);
    box.high = Math.max(box.high, y);
  };
  const poses = [...scene.now, ...scene.scrubbed, ...scene.seen];
  for (const { poses: more } of scene.policies) poses.push(...more);
  const near = poses.filter((pose) => !pose.isFaint || poses.length < 3);
  for (const pose of near) {
    for (const shape of shapesOf(pose)) {
      outlineOf(shape, pose, page.up, scene.project).forEach(take);
    }
    take(scene.project(pose.x, pose.y, pose.z));
  }
  // The ray goes on behind the last target; no need to show all of it.
  const reach = Number.isFinite(box.right) && view !== "aim" ? box.right * 1.12 : 64;
  take([0, 0]);
  if (view !== "aim") {
    const length = Math.min(scene.shot.lengthUnits, Math.max(reach, 32));
    take(scene.project(...alongRay(scene.shot, length)));
  }
  const pad = view === "aim" ? 1.25 : 1.08;
  const spanX = Math.max(box.right - box.left, 16) * pad;
  const spanY = Math.max(box.high - box.low, 16) * pad;
  const scale = Math.min(width / spanX, height / spanY);
  const midX = (box.left + box.right) / 2;
  const midY = (box.low + box.high) / 2;
  return {
    scale,
    x: (u) => width / 2 + (u - midX) * scale,
    y: (v) => height / 2 - (v - midY) * scale,
    midX,
    midY,
  };
}

function alongRay({ direction, origin }, units) {
  return origin.map((value, k) => value + direction[k] * units);
}

function drawGrid(context, camera, width, height, view, scene) {
  context.clearRect(0, 0, width, height);
  let step = 1;
  while (step * camera.scale < 44) step *= step.toString().startsWith("2") ? 2.5 : 2;
  context.strokeStyle = color("--grid");
  context.lineWidth = 1;
  context.beginPath();
  const left = camera.midX - width / 2 / camera.scale;
  for (let u = Math.ceil(left / step) * step; camera.x(u) < width; u += step) {
    context.moveTo(Math.round(camera.x(u)) + 0.5, 0);
    context.lineTo(Math.round(camera.x(u)) + 0.5, height);
  }
  const low = camera.midY - height / 2 / camera.scale;
  for (let v = Math.ceil(low / step) * step; camera.y(v) > 0; v += step) {
    context.moveTo(0, Math.round(camera.y(v)) + 0.5);
    context.lineTo(width, Math.round(camera.y(v)) + 0.5);
  }
  context.stroke();
  context.strokeStyle = context.fillStyle = color("--soft");
  const end = width - 12;
  context.beginPath();
  context.moveTo(end - step * camera.scale, height - 12);
  context.lineTo(end, height - 12);
  context.lineWidth = 2;
  context.stroke();
  label(context, `${numberText(step)} units`, end, height - 18, "right");
  if (view === "top") drawCompass(context, scene.shot);
}

/** Where the world's level axes point, since the view is turned with the ray. */
function drawCompass(context, shot) {
  const { top } = viewsOf(shot, page.up);
  for (const axis of [(page.up + 1) % 3, (page.up + 2) % 3]) {
    const [u, v] = top(...shot.origin.map((value, k) => (k === axis ? value + 1 : value)));
    context.beginPath();
    context.moveTo(26, 26);
    context.lineTo(26 + u * 15, 26 - v * 15);
    context.lineWidth = 1.2;
    context.stroke();
    label(context, "xyz"[axis], 26 + u * 21, 26 - v * 21 + 4, "center");
  }
}

function label(context, text, x, y, align, fill = color("--soft")) {
  context.font = "11.5px system-ui, sans-serif";
  context.textAlign = align;
  context.fillStyle = fill;
  context.fillText(text, x, y);
}

function drawScenery(context, camera, scene, view) {
  for (const trail of scene.trails) drawTrail(context, camera, scene.project, trail);
  drawRay(context, camera, scene, view);
  const paint = (poses, style) => {
    for (const pose of poses) drawPose(context, camera, scene.project, pose, style);
  };
  if (scene.shooter && view !== "aim") {
    paint([scene.shooter], { stroke: color("--soft"), width: 1, dash: [2, 3] });
  }
  paint(scene.now, { stroke: color("--ink"), width: 1.6, text: "now" });
  for (const { index, poses } of scene.policies) {
    paint(poses, { stroke: policyColor(index), width: 1.6 });
  }
  paint(scene.seen, { stroke: color("--seen"), width: 2, dash: [5, 4] });
  const isHit = victimAt(scene.shot, state.rewindMs) !== null;
  const accent = color(isHit ? "--hit" : "--scrub");
  paint(scene.scrubbed, { stroke: accent, fill: `${accent}38`, width: 2.4 });
  for (const { index, result } of scene.policies) {
    if (result.distanceUnits === undefined) continue;
    const place = scene.project(...alongRay(scene.shot, result.distanceUnits));
    dot(context, camera, place, 4, policyColor(index), color("--card"));
  }
}

function drawTrail(context, camera, project, trail) {
  context.strokeStyle = context.fillStyle = color("--trail");
  context.lineWidth = 1.2;
  context.beginPath();
  let before;
  for (const pose of trail) {
    const [u, v] = project(pose.x, pose.y, pose.z);
    if (before?.goesOn) context.lineTo(camera.x(u), camera.y(v));
    else context.moveTo(camera.x(u), camera.y(v));
    before = pose;
  }
  context.stroke();
  for (const pose of trail) {
    dot(context, camera, project(pose.x, pose.y, pose.z), 1.7, color("--trail"));
  }
}

function drawRay(context, camera, { shot, project }, view) {
  const accent = color("--ray");
  if (view === "aim") {
    const [x, y] = [camera.x(0), camera.y(0)];
    context.strokeStyle = accent;
    context.lineWidth = 1.4;
    context.beginPath();
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
      context.moveTo(x + dx * 4, y + dy * 4);
      context.lineTo(x + dx * 14, y + dy * 14);
    }
    context.stroke();
    const radius = shot.radiusUnits * camera.scale;
    if (radius > 1) {
      context.beginPath();
      context.arc(x, y, radius, 0, 2 * Math.PI);
      context.stroke();
    }
    dot(context, camera, [0, 0], 2, accent);
    return;
  }
  const end = project(...alongRay(shot, shot.lengthUnits));
  const band = shot.radiusUnits * 2 * camera.scale;
  if (band > 2) line(context, camera, [0, 0], end, `${accent}33`, band);
  line(context, camera, [0, 0], end, accent, 1.8);
  dot(context, camera, [0, 0], 4, accent);
}

function line(context, camera, from, to, stroke, width) {
  context.strokeStyle = stroke;
  context.lineWidth = width;
  context.setLineDash([]);
  context.beginPath();
  context.moveTo(camera.x(from[0]), camera.y(from[1]));
  context.lineTo(camera.x(to[0]), camera.y(to[1]));
  context.stroke();
}

function dot(context, camera, [u, v], radius, fill, edge) {
  context.beginPath();
  context.arc(camera.x(u), camera.y(v), radius, 0, 2 * Math.PI);
  context.fillStyle = fill;
  context.fill();
  if (edge === undefined) return;
  context.strokeStyle = edge;
  context.lineWidth = 1.5;
  context.stroke();
}

/** Outlines of a pose's shapes; who is dead, or no target of the shooter's, is drawn faint. */
function drawPose(context, camera, project, pose, { dash = [], fill, stroke, width }) {
  context.globalAlpha = pose.isFaint ? 0.35 : 1;
  context.setLineDash(dash);
  context.strokeStyle = stroke;
  context.lineWidth = width;
  for (const shape of shapesOf(pose)) {
    context.beginPath();
    outlineOf(shape, pose, page.up, project).forEach(([u, v], i) => {
      if (i === 0) context.moveTo(camera.x(u), camera.y(v));
      else context.lineTo(camera.x(u), camera.y(v));
    });
    context.closePath();
    if (fill !== undefined) {
      context.fillStyle = fill;
      context.fill();
    }
    context.stroke();
  }
  context.setLineDash([]);
  if (shapesOf(pose).length === 0) dot(context, camera, project(pose.x, pose.y, pose.z), 4, stroke);
  context.globalAlpha = 1;
}
