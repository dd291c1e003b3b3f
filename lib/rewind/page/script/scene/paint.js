import { tone } from "../canvas.js";
import { policyColor, policyMark } from "../policy_look.js";
import { isFaint } from "./bodies.js";
import { alongRay, outlinesOf } from "./outlines.js";

/** Draws where an entity went, a dot a frame. */
export function drawTrail(context, camera, project, trail) {
  context.strokeStyle = tone("--trail");
  context.lineWidth = 1.2;
  context.beginPath();
  let before;
  const places = trail.map((pose) => project(pose.x, pose.y, pose.z));
  trail.forEach((pose, i) => {
    const [u, v] = places[i];
    if (before?.goesOn) context.lineTo(camera.x(u), camera.y(v));
    else context.moveTo(camera.x(u), camera.y(v));
    before = pose;
  });
  context.stroke();
  for (const place of places) drawDot(context, camera, place, 1.7, tone("--trail"));
}

/** Draws a ray as a line, or, along itself, as a cross with the circle of its radius. */
export function drawRay(context, camera, shot, project, view) {
  const accent = tone("--ray");
  const band = shot.radiusUnits * 2 * camera.scale;
  if (view === "aim") {
    drawCross(context, camera, accent);
    if (band > 2) drawCircle(context, camera, band / 2, accent);
    drawDot(context, camera, [0, 0], 2, accent);
    return;
  }
  const end = project(...alongRay(shot, shot.lengthUnits));
  if (band > 2) drawLine(context, camera, [0, 0], end, `${accent}33`, band);
  drawLine(context, camera, [0, 0], end, accent, 1.8);
  drawDot(context, camera, [0, 0], 4, accent);
}

function drawCross(context, camera, stroke) {
  const [x, y] = [camera.x(0), camera.y(0)];
  context.strokeStyle = stroke;
  context.lineWidth = 1.4;
  context.beginPath();
  for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
    context.moveTo(x + dx * 4, y + dy * 4);
    context.lineTo(x + dx * 14, y + dy * 14);
  }
  context.stroke();
}

function drawCircle(context, camera, radius, stroke) {
  context.strokeStyle = stroke;
  context.lineWidth = 1.4;
  context.beginPath();
  context.arc(camera.x(0), camera.y(0), radius, 0, 2 * Math.PI);
  context.stroke();
}

function drawLine(context, camera, from, to, stroke, width) {
  context.strokeStyle = stroke;
  context.lineWidth = width;
  context.setLineDash([]);
  context.beginPath();
  context.moveTo(camera.x(from[0]), camera.y(from[1]));
  context.lineTo(camera.x(to[0]), camera.y(to[1]));
  context.stroke();
}

/** Draws the outlines of a body's shapes; who is dead, or no target of the shooter's, faint. */
export function drawBody(context, camera, project, body) {
  const { dash = [], fill, pose, stroke, width } = body;
  context.globalAlpha = isFaint(body) ? 0.45 : 1;
  context.setLineDash(dash);
  context.strokeStyle = stroke;
  context.lineWidth = width;
  const outlines = outlinesOf(pose, project);
  for (const outline of outlines) {
    context.beginPath();
    outline.forEach(([u, v], i) => {
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
  if (outlines.length === 0) {
    drawDot(context, camera, project(pose.x, pose.y, pose.z), 4, stroke);
  }
  context.globalAlpha = 1;
}

/** Draws a policy's mark where the ray enters its target. */
export function drawEntry(context, camera, { index, result }, shot, project) {
  if (result.distanceUnits === undefined) return;
  const place = project(...alongRay(shot, result.distanceUnits));
  context.save();
  context.translate(camera.x(place[0]), camera.y(place[1]));
  const mark = new Path2D(policyMark(index));
  context.strokeStyle = tone("--card");
  context.lineWidth = 3;
  context.stroke(mark);
  context.fillStyle = policyColor(index);
  context.fill(mark);
  context.restore();
}

/** Draws the lines from labels that do not tell their outlines by where they stand. */
export function drawLeaders(context, placed) {
  context.lineWidth = 1;
  for (const { leader: { from, isNeeded, to }, wish } of placed) {
    if (!isNeeded) continue;
    context.strokeStyle = wish.tone;
    context.fillStyle = wish.tone;
    context.beginPath();
    context.moveTo(...from);
    context.lineTo(...to);
    context.stroke();
    context.beginPath();
    context.arc(...to, 2.5, 0, 2 * Math.PI);
    context.fill();
  }
}

function drawDot(context, camera, [u, v], radius, fill) {
  context.beginPath();
  context.arc(camera.x(u), camera.y(v), radius, 0, 2 * Math.PI);
  context.fillStyle = fill;
  context.fill();
}
