// Made by `deno task page-assets`; what it is made from is edited instead.

/** Script of the page. */
export const SCRIPT: string = `"use strict";
(() => {
  // lib/page/script/color.js
  function color(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  // lib/rewind/page/look/policy_looks.ts
  var POLICY_COLORS = 14;
  var MARK_PATHS = [
    "M-4.5 0A4.5 4.5 0 1 0 4.5 0A4.5 4.5 0 1 0-4.5 0Z",
    "M-4-4H4V4H-4Z",
    "M0-5L5 0L0 5L-5 0Z",
    "M0-4.8L4.8 4H-4.8Z",
    "M0 4.8L4.8-4H-4.8Z",
    "M-1.7-5H1.7V-1.7H5V1.7H1.7V5H-1.7V1.7H-5V-1.7H-1.7Z"
  ];
  var KNOWN = [
    ...["none", "ping", "rtt+interp", "half-rtt+interp"],
    ...["source", "unity", "stamped", "acked"]
  ];
  function policyLooks(texts) {
    const taken = /* @__PURE__ */ new Set();
    return texts.map((text2) => {
      const look = lookOf(text2);
      for (let step = 0; step < MARK_PATHS.length; step++) {
        const mark2 = (look.mark + step) % MARK_PATHS.length;
        const key = \`\${look.color} \${mark2}\`;
        if (taken.has(key)) continue;
        taken.add(key);
        return { color: look.color, mark: mark2 };
      }
      return look;
    });
  }
  function lookOf(text2) {
    const known = KNOWN.indexOf(text2.includes(":") ? text2.slice(0, text2.indexOf(":")) : text2);
    if (known >= 0) return { color: known, mark: known % MARK_PATHS.length };
    const hash = hashOf(text2);
    return {
      color: KNOWN.length + hash % (POLICY_COLORS - KNOWN.length),
      mark: (hash >>> 8) % MARK_PATHS.length
    };
  }
  var BASIS = 2166136265;
  function hashOf(text2) {
    let hash = BASIS;
    for (let i = 0; i < text2.length; i++) {
      hash = Math.imul(hash ^ text2.charCodeAt(i), 16777619);
    }
    hash = Math.imul(hash ^ hash >>> 15, 739982445);
    return (hash ^ hash >>> 13) >>> 0;
  }

  // lib/rewind/page/script/rotation.js
  function shorterArc(from, to) {
    const rest = (to - from) % 360;
    if (rest > 180) return rest - 360;
    return rest <= -180 ? rest + 360 : rest;
  }
  function yawBetween(from, to, part) {
    return from + shorterArc(from, to) * part;
  }
  function unitRotation(rotation) {
    const length = Math.hypot(...rotation) || 1;
    return rotation.map((value) => value / length);
  }
  function rotationBetween(from, to, part) {
    const dot2 = from.reduce((sum, value, i) => sum + value * to[i], 0);
    const angle = Math.acos(Math.min(1, Math.abs(dot2)));
    const sin = Math.sin(angle);
    const a = sin > 1e-6 ? Math.sin((1 - part) * angle) / sin : 1 - part;
    const b = (sin > 1e-6 ? Math.sin(part * angle) / sin : part) * (dot2 < 0 ? -1 : 1);
    return unitRotation(from.map((value, i) => a * value + b * to[i]));
  }
  function turnedBy({ rotation, yaw }, up, [x, y, z]) {
    if (rotation) {
      const [qx, qy, qz, qw] = rotation;
      const [tx, ty, tz] = [
        2 * (qy * z - qz * y),
        2 * (qz * x - qx * z),
        2 * (qx * y - qy * x)
      ];
      return [
        x + qw * tx + qy * tz - qz * ty,
        y + qw * ty + qz * tx - qx * tz,
        z + qw * tz + qx * ty - qy * tx
      ];
    }
    const turn = yaw * Math.PI / 180;
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    const [a, b] = [(up + 1) % 3, (up + 2) % 3];
    const turned = [x, y, z];
    const [first, second] = [turned[a], turned[b]];
    turned[a] = first * cos - second * sin;
    turned[b] = first * sin + second * cos;
    return turned;
  }

  // lib/rewind/page/script/shapes.js
  function shapesBetween(early, late, part) {
    if (early === late) return early;
    return early.map((shape, i) => {
      const next = shape === null ? void 0 : partnerOf(shape, i, early, late);
      return next === void 0 ? shape : shapeBetween(shape, next, part);
    });
  }
  function partnerOf(shape, index, early, late) {
    if (late[index]) return late[index];
    return late.find(
      (other, i) => other && early[i] === null && other.shape === shape.shape && other.name === shape.name
    );
  }
  function shapeBetween(from, to, part) {
    const between = (a, b) => a + (b - a) * part;
    const mixed = { ...from };
    for (const [key, value] of Object.entries(from)) {
      if (typeof value === "number") mixed[key] = between(value, to[key]);
      if (Array.isArray(value)) mixed[key] = value.map((number, k) => between(number, to[key][k]));
    }
    return mixed;
  }

  // lib/rewind/page/script/tracks.js
  function unpackTrack(track, page2) {
    const { kinds, poses, shapeLists } = page2;
    const { jumps, kind, rotation, shapes, x, y, yaw, z } = track;
    return {
      ...track,
      x: summed(x, poses.quantum),
      y: summed(y, poses.quantum),
      z: summed(z, poses.quantum),
      yaw: yaw && summed(yaw, 0.1),
      rotation: rotation?.map((axis) => summed(axis, 1e-4)),
      jumps: new Set(jumps),
      shapes: shapes === void 0 ? Array(x.length).fill(kinds[kind].shapes) : spread(shapes, shapeLists, x.length)
    };
  }
  function summed(steps, unit) {
    let sum = 0;
    return Float64Array.from(steps, (step) => (sum += step) * unit);
  }
  function spread(changes, lists, length) {
    const spreadOut = Array(length).fill([]);
    for (let i = 0; i < changes.length; i += 2) spreadOut.fill(lists[changes[i + 1]], changes[i]);
    return spreadOut;
  }
  function rowOf({ flips, id, jumps, kind, rotation, shapes, x, y, yaw, z }, i) {
    return {
      ...{ id, kind, x: x[i], y: y[i], z: z[i], yaw: yaw === void 0 ? 0 : yaw[i] },
      rotation: rotation && unitRotation(rotation.map((axis) => axis[i])),
      isAlive: flips.filter((at) => at <= i).length % 2 === 0,
      shapes: shapes[i],
      goesOn: i + 1 < x.length && !jumps.has(i)
    };
  }
  function poseOnTrack(track, i, part) {
    const from = rowOf(track, i);
    if (!from.goesOn || !(part > 0)) return from;
    const to = rowOf(track, i + 1);
    return {
      ...from,
      x: from.x + (to.x - from.x) * part,
      y: from.y + (to.y - from.y) * part,
      z: from.z + (to.z - from.z) * part,
      yaw: yawBetween(from.yaw, to.yaw, part),
      rotation: from.rotation && rotationBetween(from.rotation, to.rotation, part),
      // The dead do not duck.
      shapes: to.isAlive ? shapesBetween(from.shapes, to.shapes, part) : from.shapes
    };
  }

  // lib/rewind/page/script/poses.js
  var page = JSON.parse(document.getElementById("page").textContent);
  var { frames, timesMs } = page.poses;
  var tracks = /* @__PURE__ */ new Map();
  for (const track of page.poses.tracks) {
    if (!tracks.has(track.id)) tracks.set(track.id, []);
    tracks.get(track.id).push(unpackTrack(track, page));
  }
  function indexAtMs(timeMs) {
    let low = -1;
    let high = timesMs.length - 1;
    while (low < high) {
      const middle = low + high + 1 >> 1;
      if (timesMs[middle] <= timeMs) low = middle;
      else high = middle - 1;
    }
    return low;
  }
  function frameAtMs(timeMs) {
    const i = Math.max(0, indexAtMs(timeMs));
    if (i + 1 >= frames.length || timesMs[i + 1] <= timesMs[i]) return frames[i];
    const part = Math.max(0, (timeMs - timesMs[i]) / (timesMs[i + 1] - timesMs[i]));
    return (frames[i] + (frames[i + 1] - frames[i] >>> 0) * part) % 2 ** 32;
  }
  function poseAtMs(id, timeMs) {
    const index = indexAtMs(timeMs);
    const track = trackAt(id, index);
    if (track === void 0) return void 0;
    const part = (timeMs - timesMs[index]) / (timesMs[index + 1] - timesMs[index]);
    return poseOnTrack(track, index - track.start, part);
  }
  function trailOf(id, fromMs, toMs) {
    const trail = [];
    for (let index = Math.max(0, indexAtMs(fromMs)); index < frames.length; index++) {
      if (timesMs[index] > toMs) break;
      const track = timesMs[index] < fromMs ? void 0 : trackAt(id, index);
      if (track !== void 0) trail.push(rowOf(track, index - track.start));
    }
    return trail;
  }
  function trackAt(id, index) {
    if (index < 0) return void 0;
    return tracks.get(id)?.find(({ start, x }) => start <= index && index < start + x.length);
  }

  // lib/rewind/page/script/policy_look.js
  var looks = policyLooks(page.policies.map(({ policy }) => policy));
  function policyColor(index) {
    return color(\`--policy-\${looks[index].color}\`);
  }

  // lib/rewind/page/script/canvas.js
  var redraws = [];
  var isWaiting = false;
  function redraw() {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      for (const draw of redraws) draw();
    });
  }
  function keepDrawn(canvas, draw) {
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

  // lib/rewind/page/script/names.js
  function nameOf(entity) {
    return page.names?.[entity] ?? String(entity);
  }

  // lib/rewind/page/script/verdict_text.js
  function numberText(value, digitsMax = 2) {
    return String(Number(value.toFixed(digitsMax)));
  }
  function verdictText(verdict) {
    if (verdict === void 0) return "unknown";
    if (verdict === null) return "miss";
    return verdict === "hit" ? "hit" : \`hit \${nameOf(verdict)}\`;
  }

  // lib/rewind/page/script/accuracy_curve.js
  function drawCurve() {
    const canvas = document.getElementById("curve");
    if (canvas === null || page.sweep.length < 2) return;
    keepDrawn(canvas, (context, width, height) => {
      const { rewindMs: firstMs } = page.sweep[0];
      const { rewindMs: lastMs } = page.sweep.at(-1);
      const known = page.policies.map(({ accuracy }) => accuracy).filter((value) => value !== null);
      const all = [...page.sweep.map(({ accuracy }) => accuracy), ...known];
      const low = Math.max(0, Math.floor(Math.min(...all) * 20 - 0.2) / 20);
      const high = 1;
      const x = (ms) => 44 + (ms - firstMs) / (lastMs - firstMs || 1) * (width - 58);
      const y = (share) => 12 + (high - share) / (high - low || 1) * (height - 40);
      context.clearRect(0, 0, width, height);
      drawAxes(context, { x, y, low, high, firstMs, lastMs, width, height });
      page.policies.forEach(({ accuracy }, i) => {
        if (accuracy === null) return;
        context.strokeStyle = policyColor(i);
        context.globalAlpha = 0.8;
        context.setLineDash([3, 4]);
        stroke(context, [[x(firstMs), y(accuracy)], [x(lastMs), y(accuracy)]], 1.4);
        context.setLineDash([]);
        context.globalAlpha = 1;
      });
      context.strokeStyle = color("--scrub");
      stroke(context, page.sweep.map((point) => [x(point.rewindMs), y(point.accuracy)]), 2.2);
      const best = page.sweep.reduce((a, b) => b.accuracy > a.accuracy ? b : a);
      context.fillStyle = color("--scrub");
      context.beginPath();
      context.arc(x(best.rewindMs), y(best.accuracy), 4, 0, 2 * Math.PI);
      context.fill();
      const isLeft = x(best.rewindMs) < width / 2;
      text(
        context,
        \`\${numberText(best.rewindMs)} ms · \${numberText(best.accuracy * 100, 1)} %\`,
        x(best.rewindMs) + (isLeft ? 9 : -9),
        y(best.accuracy) + 16,
        isLeft ? "left" : "right",
        color("--ink"),
        color("--card")
      );
    });
  }
  function drawAxes(context, { firstMs, height, high, lastMs, low, width, x, y }) {
    context.strokeStyle = color("--grid");
    const step = high - low > 0.4 ? 0.2 : high - low > 0.15 ? 0.1 : 0.05;
    for (let share = high; share >= low - 1e-9; share -= step) {
      stroke(context, [[44, y(share)], [width - 14, y(share)]], 1);
      text(context, \`\${numberText(share * 100, 0)} %\`, 38, y(share) + 4, "right");
    }
    for (let i = 0; i <= 5; i++) {
      const ms = firstMs + (lastMs - firstMs) * i / 5;
      text(
        context,
        \`\${numberText(ms, 0)}\${i === 5 ? " ms" : ""}\`,
        x(ms),
        height - 8,
        i === 5 ? "right" : "center"
      );
    }
  }
  function stroke(context, points, width) {
    context.lineWidth = width;
    context.beginPath();
    points.forEach(([px, py], i) => i === 0 ? context.moveTo(px, py) : context.lineTo(px, py));
    context.stroke();
  }
  function text(context, words, x, y, align, fill = color("--soft"), halo = void 0) {
    context.font = "11.5px system-ui, sans-serif";
    context.textAlign = align;
    if (halo !== void 0) {
      context.strokeStyle = halo;
      context.lineWidth = 6;
      context.lineJoin = "round";
      context.strokeText(words, x, y);
    }
    context.fillStyle = fill;
    context.fillText(words, x, y);
  }

  // lib/rewind/page/script/projection.js
  function axesOf({ direction }, upAxis) {
    const [a, b] = [(upAxis + 1) % 3, (upAxis + 2) % 3];
    const vector = (first2, second2, third) => {
      const axes = [0, 0, 0];
      [axes[a], axes[b], axes[upAxis]] = [first2, second2, third];
      return axes;
    };
    const flat = Math.hypot(direction[a], direction[b]);
    const [first, second] = flat < 1e-6 ? [1, 0] : [direction[a] / flat, direction[b] / flat];
    const left = vector(0 - second, first, 0);
    const above = cross(left, direction);
    const sign = above[upAxis] < 0 ? -1 : 1;
    return {
      ahead: vector(first, second, 0),
      left,
      up: vector(0, 0, 1),
      above: above.map((value) => value * sign)
    };
  }
  function cross([ax, ay, az], [bx, by, bz]) {
    return [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx];
  }
  function viewsOf(shot, upAxis) {
    const { above, ahead, left, up } = axesOf(shot, upAxis);
    const [ox, oy, oz] = shot.origin;
    const project = (u, v) => (x, y, z) => [
      (x - ox) * u[0] + (y - oy) * u[1] + (z - oz) * u[2],
      (x - ox) * v[0] + (y - oy) * v[1] + (z - oz) * v[2]
    ];
    const right = left.map((value) => -value);
    return { top: project(ahead, left), side: project(ahead, up), aim: project(right, above) };
  }
  function outlineOf(shape, pose, upAxis, project) {
    const place = (x, y, z) => {
      const [dx, dy, dz] = shape.turns ? turnedBy(pose, upAxis, [x, y, z]) : [x, y, z];
      return project(pose.x + dx, pose.y + dy, pose.z + dz);
    };
    if (shape.shape === "sphere") return circle(place(...shape.center), shape.radius);
    if (shape.shape === "capsule") {
      const ends = [place(...shape.from), place(...shape.to)];
      return hull(ends.flatMap((end) => circle(end, shape.radius)));
    }
    const { min, max } = shape;
    const corners = [];
    for (const x of [min[0], max[0]]) {
      for (const y of [min[1], max[1]]) {
        for (const z of [min[2], max[2]]) corners.push(place(x, y, z));
      }
    }
    return hull(corners);
  }
  var POINTS = 32;
  function circle([x, y], radius) {
    return Array.from({ length: POINTS }, (_, i) => {
      const angle = i * 2 * Math.PI / POINTS;
      return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
    });
  }
  function hull(points) {
    const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    const half = (list) => {
      const chain = [];
      for (const p of list) {
        while (chain.length > 1 && turnOf(chain.at(-2), chain.at(-1), p) <= 0) chain.pop();
        chain.push(p);
      }
      chain.pop();
      return chain;
    };
    return [...half(sorted), ...half(sorted.reverse())];
  }
  function turnOf(a, b, c) {
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
  }

  // lib/rewind/page/script/shots.js
  var state = {
    shot: page.shots[0],
    rewindMs: 0,
    shown: new Set(page.policies.map((_, i) => i))
  };
  var listeners = [];
  function onChange(listener) {
    listeners.push(listener);
  }
  function tell(what) {
    for (const listener of listeners) listener(what);
  }
  function chooseShot(shot) {
    state.shot = shot;
    const used = shot.results.filter((result) => result !== null).map((result) => result.usedMs);
    state.rewindMs = Math.min(page.scrubMs, used.find((ms) => ms > 0) ?? 0);
    tell("shot");
  }
  function chooseRewind(ms) {
    state.rewindMs = Math.min(Math.max(ms, 0), page.scrubMs);
    tell("rewind");
  }
  function togglePolicy(index) {
    if (!state.shown.delete(index)) state.shown.add(index);
    tell("policies");
  }
  function differs(result) {
    return result !== null && result.cause !== void 0 && result.cause !== "agrees";
  }
  function victimAt(shot, rewindMs) {
    const span = shot.spans.find(([fromMs, toMs]) => fromMs <= rewindMs && rewindMs <= toMs);
    return span === void 0 ? null : span[2];
  }
  function subjectsOf(shot) {
    const ids = /* @__PURE__ */ new Set();
    for (const result of shot.results) {
      for (const [id] of result?.targets ?? []) ids.add(id);
    }
    for (const [, , victim] of shot.spans) if (victim !== null) ids.add(victim);
    for (const [id] of shot.view?.targets ?? []) ids.add(id);
    if (typeof shot.game === "number") ids.add(shot.game);
    ids.delete(shot.shooter);
    return [...ids];
  }

  // lib/rewind/page/script/scene.js
  var AROUND_MS = 300;
  function drawScene() {
    for (const view of ["top", "side", "aim"]) {
      keepDrawn(document.getElementById(view), (context, width, height) => {
        if (state.shot === void 0) return;
        const scene = sceneOf(state.shot, view);
        const camera = cameraOf(scene, view, width, height);
        drawGrid(context, camera, width, height, view, scene);
        drawScenery(context, camera, scene, view);
      });
    }
  }
  function sceneOf(shot, view) {
    const ids = subjectsOf(shot);
    const poseAt = (id, ms) => {
      const pose = poseAtMs(id, shot.timeMs - ms);
      return pose && { ...pose, isFaint: !pose.isAlive || shot.bystanders?.includes(id) === true };
    };
    const at = (ms) => ids.map((id) => poseAt(id, ms)).filter((pose) => pose);
    const policies = shot.results.flatMap(
      (result, index) => result === null || !state.shown.has(index) ? [] : [{ index, result, poses: result.targets.map(poseOfTarget) }]
    );
    return {
      shot,
      project: viewsOf(shot, page.up)[view],
      trails: ids.map((id) => trailOf(id, shot.timeMs - AROUND_MS, shot.timeMs + AROUND_MS)),
      now: at(0),
      scrubbed: at(state.rewindMs),
      policies,
      seen: (shot.view?.targets ?? []).map(poseOfTarget),
      shooter: poseAt(shot.shooter, 0)
    };
  }
  function poseOfTarget([id, kind, x, y, z, yaw, isAlive, _, rotation, list, isEligible]) {
    const shapes = page.shapeLists?.[list] ?? page.kinds[kind]?.shapes ?? [];
    return { id, kind, x, y, z, yaw, rotation, shapes, isFaint: isAlive === 0 || isEligible === 0 };
  }
  function shapesOf({ shapes }) {
    return shapes.filter((shape) => shape !== null);
  }
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
      midY
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
    label(context, \`\${numberText(step)} units\`, end, height - 18, "right");
    if (view === "top") drawCompass(context, scene.shot);
  }
  function drawCompass(context, shot) {
    const { top } = viewsOf(shot, page.up);
    for (const axis of [(page.up + 1) % 3, (page.up + 2) % 3]) {
      const [u, v] = top(...shot.origin.map((value, k) => k === axis ? value + 1 : value));
      context.beginPath();
      context.moveTo(26, 26);
      context.lineTo(26 + u * 15, 26 - v * 15);
      context.lineWidth = 1.2;
      context.stroke();
      label(context, "xyz"[axis], 26 + u * 21, 26 - v * 21 + 4, "center");
    }
  }
  function label(context, text2, x, y, align, fill = color("--soft")) {
    context.font = "11.5px system-ui, sans-serif";
    context.textAlign = align;
    context.fillStyle = fill;
    context.fillText(text2, x, y);
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
    const isHit2 = victimAt(scene.shot, state.rewindMs) !== null;
    const accent = color(isHit2 ? "--hit" : "--scrub");
    paint(scene.scrubbed, { stroke: accent, fill: \`\${accent}38\`, width: 2.4 });
    for (const { index, result } of scene.policies) {
      if (result.distanceUnits === void 0) continue;
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
    if (band > 2) line(context, camera, [0, 0], end, \`\${accent}33\`, band);
    line(context, camera, [0, 0], end, accent, 1.8);
    dot(context, camera, [0, 0], 4, accent);
  }
  function line(context, camera, from, to, stroke2, width) {
    context.strokeStyle = stroke2;
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
    if (edge === void 0) return;
    context.strokeStyle = edge;
    context.lineWidth = 1.5;
    context.stroke();
  }
  function drawPose(context, camera, project, pose, { dash = [], fill, stroke: stroke2, width }) {
    context.globalAlpha = pose.isFaint ? 0.35 : 1;
    context.setLineDash(dash);
    context.strokeStyle = stroke2;
    context.lineWidth = width;
    for (const shape of shapesOf(pose)) {
      context.beginPath();
      outlineOf(shape, pose, page.up, project).forEach(([u, v], i) => {
        if (i === 0) context.moveTo(camera.x(u), camera.y(v));
        else context.lineTo(camera.x(u), camera.y(v));
      });
      context.closePath();
      if (fill !== void 0) {
        context.fillStyle = fill;
        context.fill();
      }
      context.stroke();
    }
    context.setLineDash([]);
    if (shapesOf(pose).length === 0) dot(context, camera, project(pose.x, pose.y, pose.z), 4, stroke2);
    context.globalAlpha = 1;
  }

  // lib/page/script/element.js
  function element(tag, className, ...children) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    node.append(...children);
    return node;
  }

  // lib/rewind/page/script/scrubber.js
  function flipGradient(shot) {
    const stops = shot.spans.flatMap(([fromMs, toMs, victim]) => {
      const tone = victim === null ? "var(--flip-miss)" : "var(--flip-hit)";
      const at = (ms) => \`\${numberText(Math.min(1, ms / page.scrubMs) * 100, 3)}%\`;
      return [\`\${tone} \${at(fromMs)}\`, \`\${tone} \${at(toMs)}\`];
    });
    return stops.length === 0 ? "none" : \`linear-gradient(to right, \${stops.join(", ")})\`;
  }
  function listenToScrubber() {
    const slider = document.getElementById("rewind");
    slider.max = page.scrubMs;
    slider.addEventListener("input", () => chooseRewind(Number(slider.value)));
    onChange((what) => {
      if (state.shot === void 0) return;
      slider.value = state.rewindMs;
      if (what !== "rewind") renderMarks();
      renderReadout();
      redraw();
    });
  }
  function renderReadout() {
    const { rewindMs, shot } = state;
    const frame = frameAtMs(shot.timeMs - rewindMs);
    document.getElementById("readout").replaceChildren(
      element("b", "", \`\${numberText(rewindMs, 1)} ms back\`),
      \` frame \${numberText(frame, 2)} · the ray would \`,
      element(
        "b",
        victimAt(shot, rewindMs) === null ? "" : "is-hit",
        verdictText(victimAt(shot, rewindMs))
      )
    );
  }
  function renderMarks() {
    const { shot } = state;
    const bar = document.getElementById("flips");
    bar.style.background = flipGradient(shot);
    const marks = shot.results.flatMap(
      (result, index) => result === null || !state.shown.has(index) ? [] : [mark(result.usedMs, page.policies[index].policy, \`--policy-\${index % 8}\`)]
    );
    if (shot.view !== void 0) marks.push(mark(shot.view.rewindMs, "seen", "--seen"));
    bar.replaceChildren(...marks);
  }
  function mark(ms, name, tone) {
    const node = element("button", "mark");
    node.type = "button";
    node.title = \`\${name}: \${numberText(ms, 1)} ms\`;
    node.style.left = \`\${Math.min(1, ms / page.scrubMs) * 100}%\`;
    node.style.background = \`var(\${tone})\`;
    node.addEventListener("click", () => chooseRewind(ms));
    return node;
  }

  // lib/rewind/page/script/shot_list.js
  var rows = [];
  function listShots() {
    const list = document.getElementById("shots");
    for (const shot of page.shots) rows.push({ shot, node: shotRow(shot) });
    list.append(...rows.map(({ node }) => node));
    fillPolicies();
    fillCauses();
    for (const filter of document.querySelectorAll("[data-filter]")) {
      filter.addEventListener("change", applyFilters);
    }
    list.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step === void 0) return;
      event.preventDefault();
      const shown = rows.filter(({ node }) => !node.hidden);
      const at = shown.findIndex(({ shot }) => shot === state.shot);
      const next = shown[Math.min(Math.max(at + step, 0), shown.length - 1)];
      if (next === void 0) return;
      chooseShot(next.shot);
      next.node.focus();
    });
    onChange((what) => {
      if (what === "rewind") return;
      for (const { shot, node } of rows) {
        node.setAttribute("aria-current", String(shot === state.shot));
      }
    });
    applyFilters();
  }
  function shotRow(shot) {
    const dots = element("span", "dots");
    shot.results.forEach((result) => {
      const tone = result === null || result.cause === void 0 ? "unknown" : differs(result) ? "wrong" : "right";
      dots.append(element("i", tone));
    });
    const bar = element("span", "flip");
    bar.style.background = flipGradient(shot);
    const node = element(
      "button",
      "shot",
      element("b", "", String(shot.index)),
      element("span", "when", \`\${numberText(shot.timeMs / 1e3, 2)} s · by \${nameOf(shot.shooter)}\`),
      element("span", isHit(shot) ? "game is-hit" : "game", verdictText(shot.game)),
      dots,
      bar
    );
    node.type = "button";
    node.addEventListener("click", () => chooseShot(shot));
    return node;
  }
  function isHit({ game }) {
    return game !== void 0 && game !== null;
  }
  function fillPolicies() {
    const select = document.querySelector("[data-filter='policy']");
    page.policies.forEach(({ policy }, i) => {
      const option = element("option", "", policy);
      option.value = i;
      select.append(option);
    });
  }
  function fillCauses() {
    const select = document.querySelector("[data-filter='cause']");
    const causes = new Set(page.shots.flatMap(({ results }) => results.map((r) => r?.cause)));
    for (const cause of [...causes].filter((word) => word && word !== "agrees").sort()) {
      select.append(element("option", "", cause));
    }
  }
  function applyFilters() {
    const value = (name) => document.querySelector(\`[data-filter='\${name}']\`).value;
    const policy = value("policy") === "" ? void 0 : Number(value("policy"));
    const cause = value("cause");
    const game = value("game");
    const onlyDiffering = document.querySelector("[data-filter='differs']").checked;
    for (const { shot, node } of rows) {
      const results = policy === void 0 ? shot.results : [shot.results[policy]];
      const isShown = (!onlyDiffering || results.some(differs)) && (cause === "" || results.some((result) => result?.cause === cause)) && (game === "" || (game === "miss" ? shot.game === null : isHit(shot)));
      node.hidden = !isShown;
    }
    const shown = rows.filter(({ node }) => !node.hidden);
    document.getElementById("shot-count").textContent = \`\${shown.length} of \${rows.length}\`;
    const isGone = !shown.some(({ shot }) => shot === state.shot);
    if (isGone && shown.length > 0) chooseShot(shown[0].shot);
  }

  // lib/core/visible_text.ts
  var INVISIBLE = /[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]/gu;
  function visibleText(text2, charactersMax = Infinity) {
    const cut = text2.length <= charactersMax ? text2 : \`\${text2.slice(0, charactersMax - 1)}…\`;
    return cut.replace(INVISIBLE, (character) => \`\\\\u{\${character.codePointAt(0).toString(16)}}\`);
  }

  // lib/rewind/page/script/verdicts.js
  function renderVerdicts() {
    onChange((what) => {
      if (what === "rewind" || state.shot === void 0) return;
      const { shot } = state;
      const numbers = Object.entries(shot.numbers).map(([name, value]) => \`\${name} \${value}\`);
      document.getElementById("shot-title").textContent = \`Shot \${shot.index}\`;
      document.getElementById("shot-facts").textContent = visibleText(
        [
          \`frame \${shot.frame}\`,
          \`\${numberText(shot.timeMs / 1e3, 3)} s\`,
          \`by \${nameOf(shot.shooter)}\`,
          ...numbers
        ].join(" · ")
      );
      const rows2 = [gameRow(shot), ...shot.results.map((result, i) => policyRow(result, i))];
      if (shot.view !== void 0) rows2.push(viewRow(shot.view));
      document.getElementById("verdicts").replaceChildren(...rows2);
      const reasons = shot.results.flatMap(
        (result, i) => result?.sentence === void 0 ? [] : [
          element(
            "li",
            "",
            element("b", "", visibleText(page.policies[i].policy)),
            " ",
            result.sentence
          )
        ]
      );
      document.getElementById("reasons").replaceChildren(...reasons);
    });
  }
  function gameRow(shot) {
    return row("", "the game", "", "", verdictText(shot.game), "", "");
  }
  function policyRow(result, index) {
    const swatch = element("button", "swatch");
    swatch.type = "button";
    swatch.title = "show or hide";
    swatch.style.background = state.shown.has(index) ? \`var(--policy-\${index % 8})\` : "none";
    swatch.style.borderColor = \`var(--policy-\${index % 8})\`;
    swatch.addEventListener("click", (event) => {
      event.stopPropagation();
      togglePolicy(index);
    });
    const name = visibleText(page.policies[index].policy);
    if (result === null) return row(swatch, name, "", "", "cannot judge", "", "");
    const clamped = result.clamped === null ? "" : \` (clamped: \${result.clamped})\`;
    const hole = result.holeMs === void 0 ? "" : \` (hole of \${numberText(result.holeMs / 1e3, 1)} s)\`;
    const subject = result.targets.find((target) => isJudged(target, result));
    const margin = subject === void 0 || subject[7] === null ? "" : subject[7] > 0 ? \`\${numberText(subject[7])} beside\` : \`\${numberText(-subject[7])} deep\`;
    const line2 = row(
      swatch,
      name,
      \`\${numberText(result.usedMs, 1)} ms\${clamped}\${hole}\`,
      numberText(result.usedFrame),
      verdictText(result.victim),
      margin,
      differs(result) ? \`\${result.cause} · \${result.rule}\` : result.cause ?? ""
    );
    if (differs(result)) line2.classList.add("differs");
    line2.classList.add("jumps");
    line2.addEventListener("click", () => chooseRewind(result.usedMs));
    return line2;
  }
  function isJudged([id, , , , , , isAlive, , , , isEligible], { victim }) {
    return id === victim || id === state.shot.game || isAlive === 1 && isEligible !== 0;
  }
  function viewRow(view) {
    const swatch = element("i", "swatch");
    swatch.style.borderColor = "var(--seen)";
    const error = view.targets[0]?.[7];
    const off = error === void 0 || error === null ? "" : \`\${numberText(error)} from the truth\`;
    const line2 = row(
      swatch,
      "on the shooter's screen",
      \`\${numberText(view.rewindMs, 1)} ms\`,
      numberText(view.viewFrame),
      verdictText(view.victim),
      off,
      ""
    );
    line2.classList.add("jumps");
    line2.addEventListener("click", () => chooseRewind(view.rewindMs));
    return line2;
  }
  function row(...cells) {
    const line2 = element("tr", "");
    cells.forEach((cell, i) => {
      const node = element(i === 1 ? "th" : "td", "", cell);
      if (i === 1) node.scope = "row";
      line2.append(node);
    });
    return line2;
  }

  // lib/rewind/page/script/main.js
  drawCurve();
  if (page.shots.length > 0) {
    drawScene();
    listenToScrubber();
    renderVerdicts();
    listShots();
    const first = page.shots.find(({ results }) => results.some(differs)) ?? page.shots[0];
    chooseShot(first);
  }
  redraw();
})();
`;

/** Style of the page. */
export const STYLE: string = `/* lib/page/base.css */
:root {
  color-scheme: light;
  --page: #f3f5f7;
  --card: #ffffff;
  --ink: #14181d;
  --soft: #5d6874;
  --line: #dde2e7;
  --hover: #f0f4f8;
}
@media (prefers-color-scheme: dark) {
  :root {
    color-scheme: dark;
    --page: #0d1014;
    --card: #15191f;
    --ink: #e7ebef;
    --soft: #94a0ac;
    --line: #262d35;
    --hover: #1b2129;
  }
}
* {
  box-sizing: border-box;
}
body {
  margin: 0 auto;
  padding: 28px 32px 48px;
  background: var(--page);
  color: var(--ink);
  font:
    14px/1.45 system-ui,
    -apple-system,
    "Segoe UI",
    Roboto,
    sans-serif;
}
header {
  display: flex;
  flex-wrap: wrap;
  gap: 16px 48px;
  align-items: end;
  margin-bottom: 20px;
}
header > div {
  flex: 1 1 320px;
  min-width: 0;
}
.kicker {
  margin: 0;
  color: var(--soft);
  font-size: 12px;
  letter-spacing: 0.06em;
}
h1 {
  margin: 2px 0 0;
  font-size: 26px;
  line-height: 1.2;
  letter-spacing: -0.015em;
  overflow-wrap: anywhere;
}
dl {
  display: flex;
  flex-wrap: wrap;
  gap: 8px 28px;
  margin: 0;
}
dt {
  color: var(--soft);
  font-size: 12px;
}
dd {
  margin: 0;
  font-size: 16px;
  font-weight: 600;
  font-variant-numeric: tabular-nums;
}
section {
  min-width: 0;
  margin: 0 0 16px;
  padding: 18px 20px;
  background: var(--card);
  border: 1px solid var(--line);
  border-radius: 8px;
}
h2 {
  margin: 0;
  font-size: 15px;
}
.hint {
  margin: 2px 0 12px;
  color: var(--soft);
  font-size: 12.5px;
}
.notice {
  margin: 0 0 16px;
}
.columns {
  display: grid;
  gap: 0 16px;
}
.scroll {
  overflow-x: auto;
}
table {
  border-collapse: collapse;
}
th {
  text-align: left;
}
thead th {
  color: var(--soft);
}
.number {
  text-align: right;
}
.legend {
  display: flex;
  flex-wrap: wrap;
}

/* lib/rewind/page/style/colors.css */
:root {
  --grid: #eceff2;
  --current: #e2ecf9;
  --right: #0a8a5b;
  --wrong: #d1431f;
  --ray: #d1431f;
  --hit: #0a8a5b;
  --scrub: #1f66d1;
  --seen: #a12ca6;
  --trail: #b4bec8;
  --flip-hit: #0a8a5b;
  --flip-miss: #dfe4e9;
  --policy-0: #66717d;
  --policy-1: #a47a00;
  --policy-2: #6a4bc4;
  --policy-3: #0c7fa3;
  --policy-4: #c41f5b;
  --policy-5: #7a5230;
  --policy-6: #5d7d1c;
  --policy-7: #b85c00;
  --policy-8: #2f3a8f;
  --policy-9: #00716b;
  --policy-10: #94649b;
  --policy-11: #6b6400;
  --policy-12: #333c45;
  --policy-13: #a0584f;
}
@media (prefers-color-scheme: dark) {
  :root {
    --grid: #1d232a;
    --current: #1d2f48;
    --right: #45c98f;
    --wrong: #ff8a70;
    --ray: #ff8a70;
    --hit: #45c98f;
    --scrub: #69a7ff;
    --seen: #dd7ee0;
    --trail: #4a5563;
    --flip-hit: #2fa876;
    --flip-miss: #2a313a;
    --policy-0: #a5b0bb;
    --policy-1: #e6bd42;
    --policy-2: #a893f5;
    --policy-3: #4fc7e8;
    --policy-4: #ff7aa5;
    --policy-5: #c79a74;
    --policy-6: #a9c75b;
    --policy-7: #ff9350;
    --policy-8: #8c9af5;
    --policy-9: #4fd0c4;
    --policy-10: #d3a9dc;
    --policy-11: #d3cf6b;
    --policy-12: #eef2f6;
    --policy-13: #e8a79c;
  }
}

/* lib/rewind/page/style/layout.css */
body {
  max-width: 1560px;
}
h2 small {
  margin-left: 6px;
  color: var(--soft);
  font-weight: 400;
}
.notice {
  padding: 10px 14px;
  background: var(--card);
  border: 1px solid var(--line);
  border-left: 3px solid var(--wrong);
  border-radius: 6px;
}
.columns {
  grid-template-columns: 3fr 2fr;
}
table {
  width: 100%;
  font-size: 13px;
}
th {
  font-weight: 600;
}
thead th {
  font-size: 12px;
  font-weight: 400;
}
td,
th {
  padding: 5px 10px 5px 0;
}
tbody tr {
  border-top: 1px solid var(--line);
}
.number {
  font-variant-numeric: tabular-nums;
}
.swatch {
  display: inline-block;
  width: 13px;
  height: 13px;
  padding: 0;
  border: 2px solid transparent;
  border-radius: 4px;
  vertical-align: -2px;
}
button.swatch {
  cursor: pointer;
}

/* lib/rewind/page/style/policies.css */
.strong {
  font-weight: 600;
  white-space: nowrap;
}
.policies th[scope] {
  overflow-wrap: anywhere;
}
.policies .bar {
  width: 110px;
}
.bar span {
  display: block;
  height: 6px;
  background: var(--scrub);
  border-radius: 3px;
}
.causes {
  padding-left: 14px;
  color: var(--soft);
}
.curve {
  display: block;
  width: 100%;
  height: 168px;
}

/* lib/rewind/page/style/shot_list.css */
.list {
  position: sticky;
  top: 12px;
  display: flex;
  flex-direction: column;
  max-height: calc(100vh - 24px);
  padding: 18px 0 0;
}
.list h2,
.filters {
  padding: 0 18px;
}
.filters {
  display: grid;
  grid-template-columns: 1fr 1fr;
  gap: 6px;
  margin: 10px 0;
  font-size: 12.5px;
}
.filters label {
  display: flex;
  gap: 5px;
  align-items: center;
}
select {
  min-width: 0;
  width: 100%;
  padding: 4px 6px;
  background: var(--card);
  color: var(--ink);
  border: 1px solid var(--line);
  border-radius: 5px;
  font: inherit;
}
#shots {
  overflow-y: auto;
  min-height: 160px;
  border-top: 1px solid var(--line);
}
.shot {
  display: grid;
  grid-template-columns: 40px 1fr auto;
  gap: 1px 8px;
  width: 100%;
  padding: 6px 18px 7px;
  content-visibility: auto;
  contain-intrinsic-size: auto 52px;
  background: none;
  color: inherit;
  border: 0;
  border-bottom: 1px solid var(--grid);
  font: inherit;
  font-size: 12.5px;
  text-align: left;
  font-variant-numeric: tabular-nums;
  cursor: pointer;
}
.shot[hidden] {
  display: none;
}
.shot:hover {
  background: var(--hover);
}
.shot[aria-current=true] {
  background: var(--current);
}
.when {
  color: var(--soft);
}
.is-hit {
  color: var(--right);
}
.dots {
  grid-column: 1 / 3;
  display: flex;
  gap: 4px;
  align-items: center;
}
.dots i {
  width: 8px;
  height: 8px;
  border-radius: 50%;
  border: 1.5px solid var(--right);
}
.dots .wrong {
  background: var(--wrong);
  border-color: var(--wrong);
}
.dots .unknown {
  border-color: var(--trail);
}
.flip {
  align-self: center;
  width: 92px;
  height: 6px;
  border-radius: 2px;
}

/* lib/rewind/page/style/scene.css */
.stage {
  display: grid;
  grid-template-columns: 330px 1fr;
  gap: 0 16px;
  align-items: start;
}
.views {
  display: grid;
  grid-template-columns: minmax(0, 1fr) minmax(0, 380px);
  grid-template-rows: 1fr 1fr;
  gap: 10px;
  height: 470px;
}
figure {
  position: relative;
  min-height: 0;
  margin: 0;
  overflow: hidden;
  border: 1px solid var(--line);
  border-radius: 6px;
}
.wide {
  grid-column: 1;
}
.aim {
  grid-column: 2;
  grid-row: 1 / 3;
}
figcaption {
  position: absolute;
  right: 10px;
  top: 6px;
  color: var(--soft);
  font-size: 11.5px;
}
figure canvas {
  display: block;
  width: 100%;
  height: 100%;
}
.legend {
  gap: 2px 16px;
  margin: 8px 0 14px;
  color: var(--soft);
  font-size: 12px;
}
.key {
  display: inline-block;
  width: 12px;
  height: 12px;
  margin-right: 5px;
  vertical-align: -2px;
  border: 2px solid var(--ink);
  border-radius: 2px;
}
.key.scrubbed {
  border-color: var(--scrub);
  background: color-mix(in srgb, var(--scrub) 25%, transparent);
}
.key.seen {
  border: 2px dashed var(--seen);
}
.key.ray {
  height: 0;
  border: 0;
  border-top: 2px solid var(--ray);
  vertical-align: 4px;
}
.key.trail {
  width: 5px;
  height: 5px;
  border: 0;
  border-radius: 50%;
  background: var(--trail);
  vertical-align: 2px;
}
#readout {
  margin: 0;
  font-variant-numeric: tabular-nums;
}
.scrubber {
  margin-bottom: 14px;
}
#rewind {
  display: block;
  width: 100%;
  margin: 6px 0 4px;
  accent-color: var(--scrub);
}
#flips {
  position: relative;
  height: 14px;
  margin: 0 8px;
  border-radius: 3px;
}
.mark {
  position: absolute;
  top: -3px;
  width: 6px;
  height: 20px;
  margin-left: -3px;
  padding: 0;
  border: 1.5px solid var(--card);
  border-radius: 3px;
  cursor: pointer;
}
.verdicts td:last-child,
.verdicts th:last-child {
  width: 40%;
}
.verdicts tbody th {
  white-space: nowrap;
}
.verdicts td {
  font-variant-numeric: tabular-nums;
}
.verdicts td:first-child {
  width: 26px;
}
.jumps {
  cursor: pointer;
}
.jumps:hover {
  background: var(--hover);
}
.differs td:last-child {
  color: var(--wrong);
}
#reasons {
  margin: 12px 0 0;
  padding-left: 18px;
  font-size: 13px;
}

/* lib/rewind/page/style/narrow_screen.css */
@media (max-width: 1000px) {
  .columns,
  .stage {
    grid-template-columns: minmax(0, 1fr);
  }
  .list {
    position: static;
    max-height: 320px;
  }
  .views {
    grid-template-columns: minmax(0, 1fr);
    grid-template-rows: 200px 160px 300px;
    height: auto;
  }
  .aim {
    grid-column: 1;
    grid-row: 3;
  }
}

/* lib/rewind/page/style/main.css */
`;
