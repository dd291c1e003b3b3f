/// <reference lib="dom" />
import { HEIGHT, PILOT_RADIUS, VIEW_RADIUS, WIDTH } from "../shared/rules.ts";
import type { ShotAnswer, TruthMessage } from "../shared/messages.ts";
import type { Drawn } from "./playback.ts";

const SHOT_SHOWN_MS = 1200;
const OWN = "#6ee7b7";
const OUTLINE = "#f472b6";
const ROCKET = "#fbbf24";
const DIM = "#8b98b0";

/** All that is drawn at once. */
export interface Scene {
  readonly entities: readonly Drawn[];
  /** The client's own pilot. */
  readonly ownId: number;
  /** The truth, when it is asked for. */
  readonly truth: TruthMessage | undefined;
  readonly shots: readonly { readonly answer: ShotAnswer; readonly atMs: number }[];
  readonly nowMs: number;
  /** Height of texts, in units. */
  readonly textPx: number;
}

export function drawScene(context: CanvasRenderingContext2D, scene: Scene): void {
  const { entities, nowMs, ownId, shots, textPx, truth } = scene;
  context.clearRect(0, 0, WIDTH, HEIGHT);
  drawGrid(context);
  context.font = `${textPx}px system-ui, sans-serif`;
  for (const entity of entities) {
    if (entity.kind === "rocket") drawRocket(context, entity);
    else drawPilot(context, entity, entity.id === ownId);
    if (entity.id === ownId) drawView(context, entity);
  }
  if (truth !== undefined) drawTruth(context, truth);
  for (const { answer, atMs } of shots) {
    const fade = 1 - (nowMs - atMs) / SHOT_SHOWN_MS;
    if (fade > 0) drawShot(context, answer, fade);
  }
  context.globalAlpha = 1;
}

function drawGrid(context: CanvasRenderingContext2D): void {
  context.strokeStyle = "#141b29";
  context.lineWidth = 1;
  context.beginPath();
  for (let x = 100; x < WIDTH; x += 100) context.rect(x, 0, 0, HEIGHT);
  for (let y = 100; y < HEIGHT; y += 100) context.rect(0, y, WIDTH, 0);
  context.stroke();
}

function drawPilot(context: CanvasRenderingContext2D, pilot: Drawn, isOwn: boolean): void {
  const { dx, dy, hp, id, x, y } = pilot;
  context.fillStyle = isOwn ? OWN : `hsl(${210 + (id * 37) % 60} 55% ${35 + hp * 0.25}%)`;
  circle(context, x, y, PILOT_RADIUS);
  context.fill();
  const step = Math.hypot(dx, dy);
  if (step > 0) {
    context.strokeStyle = context.fillStyle;
    context.lineWidth = 5;
    const nose = (PILOT_RADIUS + 7) / step;
    line(context, [x, y], [x + dx * nose, y + dy * nose]);
  }
  context.fillStyle = DIM;
  context.textAlign = "center";
  context.fillText(isOwn ? "you" : String(id), x, y - PILOT_RADIUS - 8);
  context.fillStyle = hp > 35 ? OWN : ROCKET;
  context.fillRect(x - PILOT_RADIUS, y - PILOT_RADIUS - 5, PILOT_RADIUS * 2 * hp / 100, 2);
}

function drawRocket(context: CanvasRenderingContext2D, { dx, dy, x, y }: Drawn): void {
  const step = Math.hypot(dx, dy) || 1;
  context.strokeStyle = ROCKET;
  context.lineWidth = 3;
  line(context, [x, y], [x - dx / step * 10, y - dy / step * 10]);
}

/** How far the server shows what there is. */
function drawView(context: CanvasRenderingContext2D, { x, y }: Drawn): void {
  context.strokeStyle = "#263044";
  context.lineWidth = 2;
  circle(context, x, y, VIEW_RADIUS);
  context.stroke();
}

/** Where everything is now: what the client draws lags behind by its delay. */
function drawTruth(context: CanvasRenderingContext2D, { entities }: TruthMessage): void {
  context.strokeStyle = OUTLINE;
  context.lineWidth = 1.5;
  for (const { fields, kind } of entities) {
    circle(context, fields.x, fields.y, kind === "pilot" ? PILOT_RADIUS : 4);
    context.stroke();
  }
}

/** The ray as the server has it, and whom it hit, where he stood at the time that it went back to. */
function drawShot(context: CanvasRenderingContext2D, answer: ShotAnswer, fade: number): void {
  const { at, from, rewoundMs, to, victim } = answer;
  const color = victim === null ? DIM : OWN;
  context.globalAlpha = fade;
  context.strokeStyle = context.fillStyle = color;
  context.lineWidth = 2;
  line(context, from, to);
  if (at === null) return;
  circle(context, at[0], at[1], PILOT_RADIUS);
  context.stroke();
  const isLeft = at[0] < WIDTH / 2;
  context.textAlign = isLeft ? "left" : "right";
  const text = `hit ${victim} · rewound ${Math.round(rewoundMs)} ms`;
  context.fillText(text, at[0] + (isLeft ? 18 : -18), at[1] + 4);
}

function circle(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
}

type Point = readonly [x: number, y: number];

function line(context: CanvasRenderingContext2D, from: Point, to: Point): void {
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
}
